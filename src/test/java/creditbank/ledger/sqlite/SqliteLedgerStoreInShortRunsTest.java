package creditbank.ledger.sqlite;

import creditbank.ledger.LedgerStore;
import creditbank.ledger.LedgerStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The same store while most of its index is in the file, where it otherwise is in memory. */
class SqliteLedgerStoreInShortRunsTest extends LedgerStoreContract {

    @TempDir
    Path folder;

    @Override
    protected LedgerStore open() {
        return new SqliteLedgerStore(
                folder.resolve("ledger.db"), folder.resolve("index.db"), 1);
    }
}
