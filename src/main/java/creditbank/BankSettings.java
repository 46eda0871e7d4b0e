package creditbank;

import java.nio.file.Path;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param data        folder of the ledger, the views and {@code users.yaml}
 * @param keys        folder of the keys of personal data
 * @param zone        whose midnight begins a business day
 * @param sample      whether an empty data folder is filled with a small sample bank, and its users
 *                    are made
 * @param largestBody how large the JSON of one request may be
 * @param log         the public log of the ledger
 */
@ConfigurationProperties("creditbank")
public record BankSettings(Path data, Path keys, ZoneId zone, boolean sample,
        DataSize largestBody, Log log) {

    /**
     * @param origin the log's address without scheme and without a slash at its end; fixed by the
     *               first start
     */
    public record Log(String origin) {
    }
}
