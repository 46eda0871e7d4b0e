package creditbank.ledger.index;

import creditbank.api.Recorded;
import creditbank.ledger.index.IndexFile.Covered;
import creditbank.store.SqliteFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The index of the ledger: what the newest entries add to it stands in memory, and goes into
 * {@code index.db} in large runs, beside the way of the commands. What memory held when a process
 * ended is made again from the entries behind those that the file covers.
 */
public final class LedgerIndex implements AutoCloseable {

    /** How long runs are where the heap allows: longer ones take no fewer writes an entry. */
    private static final int LONGEST_RUN = 131_072;
    private static final int SHORTEST_RUN = 8_192;
    /**
     * When the file does not keep up, or cannot be written, so many runs grow in memory behind
     * those that are on their way, which can be as many.
     */
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
    private record Arriving(Recent run, CompletableFuture<Void> there) {
    }

    /** The length of a run by the memory there is: an entry of a run takes about half a KiB. */
    public static int runLength() {
        return (int) Math.clamp(
                Runtime.getRuntime().maxMemory() >> 14, SHORTEST_RUN, LONGEST_RUN);
    }

    /**
     * @param runLength in entries
     * @param idAt      the id of the entry at a position
     */
    public LedgerIndex(Path path, int runLength, LongFunction<String> idAt) {
        this.file = new IndexFile(path);
        this.runLength = runLength;
        this.idAt = idAt;
        try {
            Covered covered = file.covered();
            this.growing = new Recent(covered == null ? 0 : covered.entries());
            this.recents = List.of(growing);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Holds the file against the ledger it is said to be of.
     *
     * @param size how many entries the ledger holds
     * @throws IllegalStateException if it is of another ledger, or of one that was longer
     */
    public void refuseAnotherLedger(long size) {
        Covered covered = file.covered();
        if (covered != null && (covered.entries() > size
                || !idAt.apply(covered.entries() - 1).equals(covered.last()))) {
            throw new IllegalStateException(file.path() + " was made from " + covered.entries()
                    + " entries that are not those of the ledger, which holds " + size
                    + ": it was cut off or is another one. If a backup of the ledger was restored"
                    + " on purpose, delete index.db and views.db beside it, with those named like"
                    + " them (-wal, -shm); the bank makes them anew from the ledger.");
        }
    }

    /** Asks any number of questions of the whole index. */
    public <T> T ask(Function<Layers, T> asking) {
        // In this order: what leaves memory is then in the file.
        List<Recent> inMemory = recents;
        return file.ask(inFile -> asking.apply(new Layers(inMemory, inFile)));
    }

    /** The position of the first entry that is not in the index. */
    public long next() {
        return growing.to();
    }

    /** Takes in entries that stand already, from {@link #next} on. */
    public void follow(List<Recorded> entries) {
        makeRoom();
        Recent run = new Recent(next());
        for (Recorded entry : entries) {
            run.add(entry.stream(), entry.sequence(), entry.commandId(),
                    entry.event().releases(), entry.event().claims());
        }
        add(run);
    }

    /** Takes in what was just written. Asks nothing of any file, so that none can fail it. */
    public void add(Recent run) {
        growing.add(run);
    }

    /**
     * Before anything is written: sends a run that is long enough on its way into the file, and
     * waits while the file does not keep up.
     *
     * @throws SqliteFailure if it cannot be written and memory holds all that it may
     */
    public void makeRoom() {
        if (growing.size() < runLength) {
            return;
        }
        boolean full = growing.size() >= MOST_RUNS * runLength;
        if (arriving != null && (full || arriving.there().isDone())) {
            awaitArrival(arriving, full);
        }
        if (arriving == null) {
            Recent run = growing;
            growing = new Recent(run.to());
            recents = List.of(growing, run);
            arriving = send(run);
        }
    }

    private Arriving send(Recent run) {
        return new Arriving(run, CompletableFuture.runAsync(
                () -> file.takeIn(run, idAt.apply(run.to() - 1)), worker));
    }

    private void awaitArrival(Arriving run, boolean full) {
        try {
            run.there().join();
            arriving = null;
            recents = List.of(growing);
        } catch (CompletionException e) {
            arriving = send(run.run());
            RuntimeException failure = e.getCause() instanceof RuntimeException cause ? cause : e;
            if (full) {
                throw failure;
            }
            System.getLogger(LedgerIndex.class.getName()).log(System.Logger.Level.WARNING,
                    "The index stays in memory until it can be written: "
                            + failure.getMessage());
        }
    }

    /** Leaves nothing in memory, so the next opening has nothing to make again. */
    @Override
    public void close() {
        // A run on its way arrives or fails; none is sent again.
        worker.close();
        try {
            if (arriving != null) {
                arriving.there().join();
            }
            if (growing.size() > 0) {
                file.takeIn(growing, idAt.apply(growing.to() - 1));
            }
        } catch (RuntimeException e) {
            System.getLogger(LedgerIndex.class.getName()).log(System.Logger.Level.WARNING,
                    "The newest part of the index is made again at the next start: "
                            + e.getMessage());
        } finally {
            growing = new Recent(growing.to());
            file.close();
        }
    }
}
