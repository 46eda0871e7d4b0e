package creditbank.ledger;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.store.GroupCommit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ledger as the rest of the bank sees it: commits in, one at a time for the caller and many at
 * a time for the store; entries out, in order.
 */
public final class Ledger implements AutoCloseable {

    /** More commits than this waiting means the disk is not keeping up. */
    public static final int MOST_WAITING = 16_384;
    private static final int MOST_TOGETHER = 2_048;

    private final LedgerStore store;
    private final GroupCommit<Commit, Outcome> commits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();

    public Ledger(LedgerStore store, InstantSource clock) {
        this.store = store;
        this.commits = new GroupCommit<>("ledger-writer", MOST_WAITING, MOST_TOGETHER, batch -> {
            List<Outcome> outcomes = store.append(batch, clock.instant());
            signalGrown();
            return outcomes;
        });
        store.whenGrown(this::signalGrown);
    }

    /**
     * Returns when the commit stands durably, or when it is clear that it does not.
     *
     * @throws GroupCommit.Full   if too many are waiting
     * @throws GroupCommit.Closed if the ledger was closed before
     * @throws LedgerFailure      if the store cannot write
     */
    public Outcome append(Commit commit) {
        return commits.submit(commit);
    }

    /**
     * The same, where whatever keeps the ledger from writing is told to whoever asked.
     *
     * @throws Refused if nothing was written, or nobody can say whether it was
     */
    public Outcome appendOrRefuse(Commit commit) {
        try {
            return append(commit);
        } catch (GroupCommit.Full e) {
            throw new Refused(new Refusal.LedgerBusy(e.waiting()));
        } catch (GroupCommit.Closed e) {
            throw new Refused(new Refusal.LedgerNotWritable(String.valueOf(e.getMessage())));
        } catch (LedgerFailure e) {
            String cause = String.valueOf(e.getMessage());
            throw new Refused(e.isOutcomeKnown()
                    ? new Refusal.LedgerNotWritable(cause) : new Refusal.OutcomeUnknown(cause));
        }
    }

    public LedgerReader reader() {
        return store;
    }

    /** Waits until an entry stands at {@code position}, or for as long as is given. */
    public boolean awaitEntryAt(long position, Duration most) throws InterruptedException {
        long nanos = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (store.size() <= position) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = grown.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void signalGrown() {
        lock.lock();
        try {
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        commits.close();
        store.close();
    }
}
