package creditbank.ledger;

import creditbank.store.Cursor;
import java.util.OptionalLong;

/**
 * A ledger as a store keeps it at one moment, row by row and not judged: for whoever checks it.
 * Unlike {@link LedgerReader} it also hands out what should not be there.
 */
public interface LedgerRows extends AutoCloseable {

    /**
     * An entry.
     *
     * @param asWritten whether the bytes agree with the checksum beside them
     */
    record Row(Entry entry, boolean asWritten) {
    }

    /** A row of an index: a command or a claim, and the position it points to. */
    record Pointer(String key, long position) {
    }

    /** One more than the highest position. */
    long size();

    /** In the order of their positions, whether or not there are holes. */
    Cursor<Row> entries();

    /** Stream after stream, in the order of their sequences. */
    Cursor<Row> entriesByStream();

    OptionalLong positionOfCommand(String commandId);

    /** In no order that matters. */
    Cursor<Pointer> commands();

    /** In the order of the claims' UTF-8 bytes. */
    Cursor<Pointer> claims();

    /** Whether what was read may not be of one moment after all. */
    boolean isDisturbed();

    @Override
    void close();
}
