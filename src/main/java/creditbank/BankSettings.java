package creditbank;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param data        folder of the ledger, the views and {@code users.yaml}
 * @param keys        folder of the keys of personal data
 * @param zone        whose midnight begins a business day
 * @param sample      whether an empty data folder is filled with a small sample bank, and its users
 *                    are made
 * @param largestBody how large the JSON of one request may be
 * @param log         the public log of the ledger
 * @param store       where the ledger is
 * @param mongodb     connection string of the database, where it is in MongoDB
 */
@ConfigurationProperties("creditbank")
public record BankSettings(Path data, Path keys, ZoneId zone, boolean sample,
        DataSize largestBody, Log log, Store store, @Nullable String mongodb) {

    /**
     * @param origin    the log's address without scheme and without a slash at its end, fixed by
     *                  the first start; empty for a name of its own
     * @param witnesses who are asked to cosign checkpoints, each {@code verifier-key URL}; with
     *                  none, nobody is contacted
     */
    public record Log(String origin, @DefaultValue List<String> witnesses) {
        public Log {
            witnesses = List.copyOf(witnesses);
        }
    }

    public enum Store {
        /** In the data folder; one process. */
        SQLITE,
        /** In a MongoDB replica set. */
        MONGODB
    }

    public BankSettings {
        if (store == Store.MONGODB && (mongodb == null || mongodb.isBlank())) {
            throw new IllegalStateException("creditbank.store=mongodb needs a connection"
                    + " string: --creditbank.mongodb="
                    + "mongodb://HOST,HOST,HOST/creditbank?replicaSet=NAME");
        }
        if (store == Store.SQLITE && mongodb != null && !mongodb.isBlank()) {
            throw new IllegalStateException("creditbank.mongodb is set, but the ledger is in"
                    + " the data folder. Set creditbank.store=mongodb too, or leave it away.");
        }
    }
}
