package creditbank.ledger.mongodb;

import creditbank.ledger.LedgerStore;
import creditbank.ledger.LedgerStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class MongoLedgerStoreTest extends LedgerStoreContract {

    @TempDir
    Path folder;

    private final MongoServers server = new MongoServers();

    @Override
    protected LedgerStore open() {
        return new MongoLedgerStore(server.database(), "bank-of-tests", folder.resolve("index.db"));
    }

    @AfterEach
    void leaveNothing() {
        server.close();
    }
}
