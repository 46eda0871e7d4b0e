package creditbank.ledger;

import creditbank.store.Cursor;
import creditbank.store.SqliteFailure;
import java.util.List;
import java.util.Optional;

/**
 * A ledger as a store keeps it at one moment, row by row and not judged: for whoever checks it.
 * Unlike {@link LedgerReader} it also hands out what should not be there.
 */
public interface LedgerRows extends Entries, AutoCloseable {

    /**
     * An entry.
     *
     * @param asWritten whether the bytes agree with the checksum beside them
     */
    record Row(Entry entry, boolean asWritten) {
    }

    /**
     * How far an index goes.
     *
     * @param entries how many entries from the first on
     * @param last    the id of the last of them; empty where there are none
     */
    record Indexed(long entries, String last) {
    }

    /** A row of an index: what it is of, and the position it points to. */
    record Pointer(String key, long position) {
    }

    /** One more than the highest position. */
    @Override
    long size();

    /**
     * {@inheritDoc}
     *
     * @throws LedgerFailure if one of them is missing or not as it was written
     */
    @Override
    List<Entry> read(long from, int limit);

    /** In the order of their positions, whether or not there are holes. */
    Cursor<Row> entries();

    Optional<Row> entry(long position);

    /**
     * How far the index beside the entries goes; empty where there is none.
     *
     * @throws SqliteFailure if there is one and it cannot be read
     */
    Optional<Indexed> indexed();

    /** Stream, a space and the sequence in 12 digits, in their UTF-8 bytes' order. */
    Cursor<Pointer> streams();

    /** Commands in the index, in their UTF-8 bytes' order. */
    Cursor<Pointer> commands();

    /** Claims in the index, in their UTF-8 bytes' order. */
    Cursor<Pointer> claims();

    /** Whether what was read may not be of one moment after all. */
    boolean isDisturbed();

    @Override
    void close();
}
