package creditbank.ledger.sqlite;

import creditbank.api.Recorded;
import creditbank.ledger.sqlite.IndexFile.Covered;
import creditbank.store.SqliteFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The index of the ledger: what the newest entries add to it stands in memory, and goes into
 * {@code index.db} in large runs, beside the way of the commands. What memory held when a process
 * ended is made again from the entries behind those that the file covers.
 */
final class LedgerIndex implements AutoCloseable {

    /** How long runs are where the heap allows: longer ones take no fewer writes an entry. */
    private static final int LONGEST_RUN = 131_072;
    private static final int SHORTEST_RUN = 8_192;
    /** How many runs memory holds when the file does not keep up, or cannot be written. */
    private static final int MOST_RUNS = 4;

    private final IndexFile file;
    /** Runs this long go into the file: the longer, the more rows share a touched page. */
    private final int runLength;
    private final LongFunction<String> idAt;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("ledger-index").daemon().factory());
    /** Runs that are not in the file for certain, the newest first. */
    private volatile List<Recent> recents;
    /** The run that grows; only the one writer of the ledger touches it and what follows. */
    private Recent growing;
    private @Nullable Arriving arriving;

    /** A run on its way into the file. */
    private record Arriving(Recent run, Future<?> there) {
    }

    /** The length of a run by the memory there is: an entry of a run takes about 1 KiB. */
    static int runLength() {
        return (int) Math.clamp(
                Runtime.getRuntime().maxMemory() >> 14, SHORTEST_RUN, LONGEST_RUN);
    }

    /**
     * @param runLength in entries
     * @param idAt      the id of the entry at a position
     */
    LedgerIndex(Path path, int runLength, LongFunction<String> idAt) {
        this.file = new IndexFile(path);
        this.runLength = runLength;
        this.idAt = idAt;
        Covered covered = file.covered();
        this.growing = new Recent(covered == null ? 0 : covered.entries());
        this.recents = List.of(growing);
    }

    /**
     * Holds the file against the ledger it is said to be of.
     *
     * @param size how many entries the ledger holds
     * @throws IllegalStateException if it is of another ledger, or of one that was longer
     */
    void refuseAnotherLedger(long size) {
        Covered covered = file.covered();
        if (covered != null && (covered.entries() > size
                || !idAt.apply(covered.entries() - 1).equals(covered.last()))) {
            throw new IllegalStateException(file.path() + " was made from " + covered.entries()
                    + " entries that are not those of the ledger, which holds " + size
                    + ": it was cut off or is another one. If a backup of the ledger was restored"
                    + " on purpose, delete index.db and views.db beside it; the bank makes them"
                    + " anew from the ledger.");
        }
    }

    /** Asks any number of questions of the whole index. */
    <T> T ask(Function<Layers, T> asking) {
        // In this order: what leaves memory is then in the file.
        List<Recent> inMemory = recents;
        return file.ask(inFile -> asking.apply(new Layers(inMemory, inFile)));
    }

    /** The position of the first entry that is not in the index. */
    long next() {
        return growing.to();
    }

    /** Takes in entries that stand already, from {@link #next} on. */
    void follow(List<Recorded> entries) {
        awaitRoom();
        Recent run = new Recent(next());
        for (Recorded entry : entries) {
            run.add(entry.stream(), entry.sequence(), entry.commandId(),
                    entry.event().releases(), entry.event().claims());
        }
        add(run);
    }

    /** Takes in what was just written. */
    void add(Recent run) {
        growing.add(run);
        if (growing.size() >= runLength && hasArrived()) {
            Recent full = growing;
            growing = new Recent(full.to());
            recents = List.of(growing, full);
            arriving = send(full);
        }
    }

    private Arriving send(Recent run) {
        return new Arriving(run,
                worker.submit(() -> file.takeIn(run, idAt.apply(run.to() - 1))));
    }

    /** Whether the file has all of the earlier run; one that failed to get there is sent again. */
    private boolean hasArrived() {
        if (arriving != null && arriving.there().isDone()) {
            try {
                awaitArrival(arriving);
            } catch (SqliteFailure e) {
                System.getLogger(LedgerIndex.class.getName()).log(System.Logger.Level.WARNING,
                        "The index stays in memory until it can be written: " + e.getMessage());
            }
        }
        return arriving == null;
    }

    private void awaitArrival(Arriving run) {
        try {
            run.there().get();
            arriving = null;
            recents = List.of(growing);
        } catch (ExecutionException e) {
            arriving = send(run.run());
            if (e.getCause() instanceof SqliteFailure failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + file.path(), e);
        }
    }

    /**
     * Waits while the file does not keep up.
     *
     * @throws SqliteFailure if it cannot be written and memory holds all that it may
     */
    void awaitRoom() {
        if (arriving != null && growing.size() >= MOST_RUNS * runLength) {
            awaitArrival(arriving);
        }
    }

    /** Leaves nothing in memory, so the next opening has nothing to make again. */
    @Override
    public void close() {
        try {
            worker.close();
            if (hasArrived() && growing.size() > 0) {
                file.takeIn(growing, idAt.apply(growing.to() - 1));
            }
        } catch (SqliteFailure e) {
            System.getLogger(LedgerIndex.class.getName()).log(System.Logger.Level.WARNING,
                    "The newest part of the index is made again at the next start: "
                            + e.getMessage());
        } finally {
            growing = new Recent(growing.to());
            file.close();
        }
    }
}
