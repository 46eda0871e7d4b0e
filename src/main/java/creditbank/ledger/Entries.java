package creditbank.ledger;

import java.util.List;

/** Entries in their order, and nothing else: what a replay of all of them needs. */
public interface Entries {

    /** How many entries stand; the next one gets this position. */
    long size();

    /** At most {@code limit} entries from a position on, in order. */
    List<Entry> read(long from, int limit);
}
