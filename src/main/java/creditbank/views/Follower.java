package creditbank.views;

import creditbank.api.Recorded;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.projections.Projection;
import creditbank.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the views up to the ledger: reads entries in order, in runs, and folds each run into every
 * projection. Live following and making anew drive the same folds in the same way.
 */
public final class Follower implements AutoCloseable {

    private static final int AT_ONCE = 10_000;
    /** Of those that are not prompt, so that the others wait for milliseconds only. */
    private static final int AT_ONCE_IN_BETWEEN = 500;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration BEFORE_FIRST_REPORT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final LedgerReader reader;
    private final ViewKeeper keeper;
    private final List<Projection> projections;
    private final List<Projection> prompt;
    private final List<Projection> patient;
    private final ReentrantLock folding = new ReentrantLock();
    /** Two rebuilds at once would fold into the same tables. */
    private final ReentrantLock rebuilding = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private @Nullable Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /** @throws IllegalStateException if the views have folded other entries than the ledger's */
    public Follower(Ledger ledger, ViewKeeper keeper, List<Projection> projections) {
        this.ledger = ledger;
        this.reader = ledger.reader();
        this.keeper = keeper;
        this.projections = projections;
        this.prompt = projections.stream().filter(Projection::isPrompt).toList();
        this.patient = projections.stream().filter(p -> !p.isPrompt()).toList();
        refuseViewsOfAnotherLedger();
    }

    /** What comes next in such a ledger would be passed over as if it were folded already. */
    private void refuseViewsOfAnotherLedger() {
        long most = projections.stream().mapToLong(keeper::reached).max().orElse(0);
        if (most > reader.size()) {
            throw new IllegalStateException("The views have folded " + most + " entries, but the"
                    + " ledger holds " + reader.size() + ": it was cut off or is another one. If"
                    + " a backup of the ledger was restored on purpose, delete views.db beside"
                    + " it; the bank makes it anew from the ledger.");
        }
        for (Projection projection : projections) {
            keeper.lastFolded(projection).ifPresent(
                    folded -> refuseUnlessIn(keeper.reached(projection) - 1, folded, projection));
        }
    }

    private void refuseUnlessIn(long position, String folded, Projection projection) {
        String found = entries(position, 1).getFirst().id();
        if (!found.equals(folded)) {
            throw new IllegalStateException("The views are of another ledger: the last entry that"
                    + " " + projection.name() + " has folded is " + folded + ", but at its"
                    + " position, " + position + ", this ledger holds " + found + ". Put the"
                    + " right ledger.db back. If this is the right one, delete views.db beside"
                    + " it; the bank makes it anew from the ledger.");
        }
    }

    public void start() {
        thread = Thread.ofPlatform().name("views-follower").daemon().start(this::run);
    }

    /** How many entries every {@linkplain Projection#isPrompt() prompt} projection has folded. */
    public long reached() {
        return reached(prompt);
    }

    /** How many entries every projection has folded. */
    public long reachedByAll() {
        return reached(projections);
    }

    private long reached(List<Projection> of) {
        return of.stream().mapToLong(keeper::reached).min().orElse(0);
    }

    /** Why the views stand still, if they do. */
    public @Nullable Throwable failure() {
        return failure;
    }

    private void run() {
        Instant report = Instant.now().plus(BEFORE_FIRST_REPORT);
        while (!closed) {
            try {
                if (Instant.now().isAfter(report)) {
                    report = Instant.now().plus(BETWEEN_REPORTS);
                    reportIfFarBehind();
                }
                if (!foldNext()) {
                    ledger.awaitEntryAt(reached(), LOOK_AGAIN);
                }
                failure = null;
            } catch (InterruptedException e) {
                // Only close() interrupts.
            } catch (RuntimeException | Error e) {
                if (closed) {
                    // A database may answer an interruption so.
                    return;
                }
                // An entry is never skipped: the views stand still and say so, and try again.
                tell(e);
                failure = e;
                wakeUp();
                pause();
            }
        }
    }

    /** Who starts a bank whose views are made anew would else wait in silence. */
    private void reportIfFarBehind() {
        long reached = reachedByAll();
        long size = reader.size();
        if (size - reached > AT_ONCE) {
            System.getLogger(Follower.class.getName()).log(System.Logger.Level.INFO,
                    "The views follow the ledger: {0} of {1} entries", reached, size);
        }
    }

    /** A failing store fails again and again, and its message says what to do: told once. */
    private void tell(Throwable e) {
        System.Logger log = System.getLogger(Follower.class.getName());
        Throwable before = failure;
        String what = "The views stand still behind position " + (reached() - 1);
        if (!(e instanceof StoreFailure)) {
            log.log(System.Logger.Level.ERROR, what, e);
        } else if (before == null
                || !Objects.equals(before.getMessage(), e.getMessage())) {
            log.log(System.Logger.Level.ERROR, what + ": " + e.getMessage());
        }
    }

    private void wakeUp() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException e) {
            // Only close() interrupts.
        }
    }

    /** Folds one run; answers whether there was anything to fold. */
    private boolean foldNext() {
        return foldNext(prompt, AT_ONCE) || foldNext(patient, AT_ONCE_IN_BETWEEN);
    }

    private boolean foldNext(List<Projection> into, int most) {
        folding.lock();
        try {
            List<Recorded> entries = into.isEmpty() ? List.of() : entries(reached(into), most);
            if (entries.isEmpty()) {
                return false;
            }
            keeper.fold(into, entries);
        } finally {
            folding.unlock();
        }
        wakeUp();
        return true;
    }

    private List<Recorded> entries(long from) {
        return entries(from, AT_ONCE);
    }

    private List<Recorded> entries(long from, int most) {
        List<Entry> entries = reader.read(from, most);
        return entries.stream().map(EntryFormat::read).toList();
    }

    /**
     * Returns when the prompt views have folded the entry at {@code position}.
     *
     * @throws Refused      if they do not get there in time
     * @throws StoreFailure if they cannot be written; there is nothing to wait for then
     */
    public void await(long position, Duration most) {
        await(position, most, prompt);
    }

    /** The same for all views, and not only the prompt ones. */
    public void awaitAll(long position, Duration most) {
        await(position, most, projections);
    }

    private void await(long position, Duration most, List<Projection> of) {
        long nanos = most.toNanos();
        lock.lock();
        try {
            while (reached(of) <= position) {
                if (nanos <= 0 || position >= reader.size()) {
                    throw behind(position, of);
                }
                refuseIfStandingStill();
                nanos = moved.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw behind(position, of);
        } finally {
            lock.unlock();
        }
    }

    private Refused behind(long position, List<Projection> of) {
        return new Refused(new Refusal.ViewsBehind(position, reached(of) - 1));
    }

    private void refuseIfStandingStill() {
        if (failure instanceof StoreFailure stuck) {
            throw stuck;
        }
    }

    /** Folds what is left, on this thread; for a bank without a running follower. */
    public void catchUp(LongConsumer progress) {
        while (foldNext()) {
            progress.accept(reachedByAll());
        }
    }

    /**
     * Makes one projection anew while the old one goes on answering.
     *
     * @param progress told how many entries are folded
     */
    public void rebuild(Projection projection, LongConsumer progress) {
        rebuilding.lock();
        try {
            rebuildAlone(projection, progress);
        } finally {
            rebuilding.unlock();
        }
    }

    private void rebuildAlone(Projection projection, LongConsumer progress) {
        ViewKeeper.Rebuild anew = keeper.rebuild(projection);
        while (anew.reached() + AT_ONCE < reader.size()) {
            anew.fold(entries(anew.reached()));
            progress.accept(anew.reached());
        }
        folding.lock();
        try {
            long end = Math.max(reader.size(), keeper.reached(projection));
            while (anew.reached() < end) {
                anew.fold(entries(anew.reached()));
            }
            anew.replace();
            progress.accept(anew.reached());
        } finally {
            folding.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
