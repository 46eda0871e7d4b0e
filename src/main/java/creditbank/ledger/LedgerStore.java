package creditbank.ledger;

import java.time.Instant;
import java.util.List;

/**
 * The port to a place where entries are kept. The conformance kit in the tests states its contract
 * as sentences; every store passes it.
 */
public interface LedgerStore extends LedgerReader, AutoCloseable {

    /**
     * Appends the commits in their order, durably, each whole. A commit at odds with what
     * stands (or with an earlier one of this batch) fails alone. A draft follows the last entry of
     * its stream: a sequence that is taken, and one that would leave a hole, are
     * {@link Outcome.StreamMoved}. When this returns, what is
     * {@link Outcome.Appended} survives the loss of power.
     *
     * @param at the time to write into the entries; the store moves it forward where an earlier
     *           entry has a later one
     * @return one outcome for each commit, in their order
     * @throws LedgerFailure if nothing of the batch may be taken as written
     */
    List<Outcome> append(List<Commit> batch, Instant at);

    /**
     * Has somebody told when entries stand that others have written: where nobody else can, nobody
     * is ever told.
     */
    default void whenGrown(Runnable told) {
    }

    @Override
    void close();
}
