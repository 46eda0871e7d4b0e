package creditbank.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which bank a command works on. */
final class FolderOptions {

    @Option(names = "--data", paramLabel = "FOLDER", defaultValue = "data",
            description = {"The data folder (default: ${DEFAULT-VALUE}).", "数据目录。"})
    Path data = Path.of("data");

    @Option(names = "--keys", paramLabel = "FOLDER",
            description = {"The keys folder (default: keys in the data folder).", "密钥目录。"})
    @Nullable Path keys;

    @Option(names = "--zone", paramLabel = "ZONE", defaultValue = "Asia/Shanghai",
            description = {"Whose midnight begins a business day (default: ${DEFAULT-VALUE}).",
                "时区。"})
    ZoneId zone = ZoneId.of("Asia/Shanghai");

    Clock clock() {
        return Clock.system(zone);
    }

    Path keys() {
        return keys == null ? data.resolve("keys") : keys;
    }

    boolean holdABank() {
        return Files.exists(data.resolve("ledger.db"));
    }

    /** A command that reads a bank does not make one. */
    void mustHoldABank() {
        if (!holdABank()) {
            throw new IllegalStateException("There is no bank in " + data.toAbsolutePath()
                    + ": it holds no ledger.db. Name the right folder with --data. 该目录中没有学分银行。");
        }
    }
}
