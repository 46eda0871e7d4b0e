package creditbank.ledger;

import java.util.List;
import java.util.OptionalLong;

/** Reads the ledger. A reader never sees a hole: the next entry after n is n+1. */
public interface LedgerReader {

    /** How many entries stand; the next one gets this position. */
    long size();

    /** At most {@code limit} entries from a position on, in order. */
    List<Entry> read(long from, int limit);

    /** At most {@code limit} entries of a stream from a sequence on, in order. */
    List<Entry> readStream(String stream, long fromSequence, int limit);

    /** The sequence of the stream's last entry, or -1. */
    long lastSequence(String stream);

    /** The first entry of a command, if it was carried out. */
    OptionalLong positionOfCommand(String commandId);

    /** The entry that holds a claim now, if any does. */
    OptionalLong positionOfClaim(String claim);
}
