package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.intake.ImportStatus.State;
import creditbank.ledger.LedgerFailure;
import creditbank.store.StoreFailure;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Where imports wait for their turn, and the one thread that runs them. */
final class ImportQueue implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ImportQueue.class.getName());

    private final ImportFolders folders;
    private final ImportJobs jobs;
    private final Intake intake;
    private final Clock clock;
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    /** Those that wait or run. */
    private final Set<String> queued = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, Progress> progress = new ConcurrentHashMap<>();
    private final Thread worker;
    private volatile boolean closed;

    ImportQueue(ImportFolders folders, ImportJobs jobs, Intake intake, Clock clock) {
        this.folders = folders;
        this.jobs = jobs;
        this.intake = intake;
        this.clock = clock;
        this.worker = Thread.ofPlatform().name("imports").daemon().start(this::work);
    }

    int waiting() {
        return queue.size();
    }

    /** Of an import that runs. */
    Optional<Progress> progress(String id) {
        return Optional.ofNullable(progress.get(id));
    }

    /** An import waits or runs once, however often it is asked for. */
    void add(String id) {
        if (queued.add(id)) {
            queue.add(id);
        }
    }

    /** Lets an import that the last end of the program cut short wait for its turn again. */
    void takeUp(ImportJob job) {
        if (queued.add(job.id())) {
            jobs.remember(job.in(State.WAITING));
            queue.add(job.id());
        }
    }

    private void work() {
        while (!closed) {
            try {
                String id = queue.poll(1, TimeUnit.HOURS);
                jobs.writeUnwritten();
                if (id == null) {
                    jobs.forgetOld();
                } else if (!closed) {
                    runOnce(id);
                }
            } catch (InterruptedException e) {
                // Nobody holds this thread but close(), which ends it by the flag.
                LOG.log(Level.WARNING, "The worker of imports was interrupted; it goes on", e);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "An import could not be worked on", e);
            }
        }
    }

    private void runOnce(String id) {
        // What has ended has no upload any more; run again, it would seem to have failed.
        Optional<ImportJob> job = jobs.find(id).filter(ImportJob::isUnfinished);
        if (job.isPresent()) {
            run(job.get());
        } else {
            queued.remove(id);
        }
    }

    private void run(ImportJob job) {
        AtomicReference<ImportJob> running = new AtomicReference<>(job.in(State.RUNNING));
        ImportJob ended;
        try {
            jobs.save(running.get());
            ended = imported(running);
        } catch (Refused e) {
            ended = running.get().with(e.refusal() instanceof Refusal.Unavailable
                    ? State.STOPPED : State.REFUSED, clock.instant(), null, e.refusal());
        } catch (StoreFailure | LedgerFailure e) {
            // Its message says what to do; the import goes on after that.
            String cause = String.valueOf(e.getMessage());
            LOG.log(Level.ERROR, "The import " + job.id() + " stopped: " + cause);
            ended = running.get().with(State.STOPPED, clock.instant(), null,
                    new Refusal.StoreFailed(cause));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The import " + job.id() + " failed", e);
            ended = running.get().with(State.FAILED, clock.instant(), null, null);
        }
        if (ended.state() == State.RUNNING) {
            // Asked to stop: it stays running on the disk, and goes on at the next start.
            return;
        }
        try {
            // First, so that whoever sees that it has stopped can add it again.
            queued.remove(job.id());
            jobs.end(ended);
        } finally {
            progress.remove(job.id());
        }
    }

    /** As it has ended, or still running if it was asked to stop. */
    private ImportJob imported(AtomicReference<ImportJob> running) {
        ImportJob job = running.get();
        Outcome outcome = intake.run(folders.upload(job.id()), job.fileName(),
                Profiles.of(job.profile(), job.profileYaml()),
                job.options().rejectedTo(folders.rejected(job.id())),
                now -> tell(running, now), () -> closed);
        if (!outcome.finished() && outcome.stoppedBy() == null) {
            return running.get();
        }
        return running.get().with(outcome.finished() ? State.DONE : State.STOPPED,
                clock.instant(), running.get().soFar().institutionRegistered()
                        ? outcome.withInstitutionRegistered() : outcome, outcome.stoppedBy());
    }

    /** What is told is written down first: told once, it still holds after whatever end. */
    private void tell(AtomicReference<ImportJob> running, Progress now) {
        ImportJob job = running.get();
        ImportJob.Reached further = job.soFar().and(now);
        if (!further.equals(job.soFar())) {
            running.set(job.reaching(further));
            jobs.note(running.get());
        }
        progress.put(job.id(), now);
    }

    /** Stops at the next row; what is under way goes on at the next start. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                // Wakes a worker that waits for work; it looks at the flag first.
                queue.add("");
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
