package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.intake.ImportStatus.State;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * How each import stands: as is written down in its folder, or, where a full disk kept that from
 * being written, as is remembered here until it can be.
 */
final class ImportJobs {

    private static final System.Logger LOG = System.getLogger(ImportJobs.class.getName());

    private final ImportFolders folders;
    private final Clock clock;
    private final Duration kept;
    /** Imports that stand otherwise than is written down. */
    private final ConcurrentHashMap<String, ImportJob> unwritten = new ConcurrentHashMap<>();
    /** Those whose description cannot be read, as was said in the log. */
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    /** Held by whoever looks at how an import stands in order to change it. */
    private final ReentrantLock changing = new ReentrantLock();

    /** @param kept after how long an import that has ended is forgotten */
    ImportJobs(ImportFolders folders, Clock clock, Duration kept) {
        this.folders = folders;
        this.clock = clock;
        this.kept = kept;
    }

    Stream<ImportJob> all() {
        return folders.ids().stream().map(this::find).flatMap(Optional::stream);
    }

    Optional<ImportJob> find(String id) {
        ImportJob notWritten = unwritten.get(id);
        if (notWritten != null) {
            return Optional.of(notWritten);
        }
        try {
            return folders.read(id);
        } catch (IOException e) {
            if (unreadable.add(id)) {
                LOG.log(Level.ERROR, folders.description(id) + " cannot be read. That import does"
                        + " not go on; send its file again. Its folder is deleted when it is old",
                        e);
            }
            return Optional.of(ImportJob.unreadable(id, described(id)));
        }
    }

    private Instant described(String id) {
        try {
            return folders.described(id);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "When " + folders.description(id)
                    + " was written cannot be told", e);
            return clock.instant();
        }
    }

    /** @throws Refused if the same file of the same institution is on its way already */
    void add(ImportJob job) {
        changing.lock();
        try {
            all().filter(other -> other.isUnfinished() && other.sha256().equals(job.sha256())
                            && other.dryRun() == job.dryRun()
                            && Objects.equals(other.as(), job.as()))
                    .findAny().ifPresent(other -> {
                        throw new Refused(new Refusal.ImportRunning(other.id()));
                    });
            folders.save(job);
        } finally {
            changing.unlock();
        }
    }

    /** @throws Refused if that cannot be written down */
    void save(ImportJob job) {
        folders.save(job);
        unwritten.remove(job.id());
    }

    /** It stands so from now on, and is written down when there is reason to. */
    void remember(ImportJob job) {
        unwritten.put(job.id(), job);
    }

    /** Writes down how far an import has come; on a full disk it is remembered until its end. */
    void note(ImportJob job) {
        try {
            save(job);
        } catch (Refused e) {
            LOG.log(Level.DEBUG, "How far the import " + job.id()
                    + " has come cannot be written down yet", e);
            remember(job);
        }
    }

    /** Lets an import wait that stopped; answers whether it had. */
    boolean waitAgain(ImportJob seen) {
        changing.lock();
        try {
            Optional<ImportJob> stopped =
                    find(seen.id()).filter(job -> job.state() == State.STOPPED);
            stopped.ifPresent(job -> save(job.in(State.WAITING)));
            return stopped.isPresent();
        } finally {
            changing.unlock();
        }
    }

    /** Writes down how an import has ended, now or as soon as it can be. */
    void end(ImportJob job) {
        changing.lock();
        try {
            write(job);
        } finally {
            changing.unlock();
        }
    }

    /** What a full disk kept from being written down is tried again. */
    void writeUnwritten() {
        for (ImportJob job : List.copyOf(unwritten.values())) {
            changing.lock();
            try {
                if (job.equals(unwritten.get(job.id()))) {
                    write(job);
                }
            } finally {
                changing.unlock();
            }
        }
    }

    /** Until an end is written down its upload stays: a new start would run it again. */
    private void write(ImportJob job) {
        try {
            save(job);
        } catch (Refused e) {
            remember(job);
            LOG.log(Level.WARNING, "How the import " + job.id()
                    + " stands cannot be written down yet", e);
            return;
        }
        if (!job.isUnfinished()) {
            folders.deleteUpload(job.id());
        }
    }

    /** What the last end of the program left half-done. */
    void tidy() {
        forgetOld();
        // An upload that never became an import: nobody was told it was accepted.
        folders.ids().stream().filter(id -> find(id).isEmpty()).forEach(folders::delete);
        // The program may have ended between the end of an import and the deleting.
        all().filter(job -> !job.isUnfinished() && !unreadable.contains(job.id()))
                .forEach(job -> folders.deleteUpload(job.id()));
    }

    /** Nobody asks about an import, or corrects its rejected rows, for ever. */
    void forgetOld() {
        Instant oldest = clock.instant().minus(kept);
        all().filter(job -> job.submittedAt().isBefore(oldest) && job.endedAt() != null
                        && Objects.requireNonNull(job.endedAt()).isBefore(oldest))
                .forEach(job -> {
                    unwritten.remove(job.id());
                    folders.delete(job.id());
                });
    }
}
