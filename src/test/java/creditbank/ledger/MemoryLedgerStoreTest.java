package creditbank.ledger;

class MemoryLedgerStoreTest extends LedgerStoreContract {

    private final MemoryLedgerStore.Disk disk = new MemoryLedgerStore.Disk();

    @Override
    protected LedgerStore open() {
        return new MemoryLedgerStore(disk);
    }
}
