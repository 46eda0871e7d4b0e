package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Rule;
import creditbank.intake.ImportStatus.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Imports that go on in the background, one at a time, and after the program has ended go on at its
 * next start. Each has a folder of its own: {@code job.json}, the {@code upload} and the
 * {@code rejected} rows.
 *
 * <p>Uploads and rejected rows hold personal data in clear, as they came. Only the user who runs
 * the bank can read their folder (on file systems that know permissions). An upload is deleted as
 * soon as its import has ended, the rest of the folder after {@link #KEPT}.
 */
public final class Imports implements AutoCloseable {

    /** How long a rejected row can be fetched, and an import be asked about. */
    public static final Duration KEPT = Duration.ofDays(30);

    /** More than these waiting are refused. */
    static final int MOST_WAITING = 100;

    private static final System.Logger LOG = System.getLogger(Imports.class.getName());
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int LONGEST_NAME = 120;
    private static final String JOB = "job.json";
    private static final String UPLOAD = "upload";
    private static final String REJECTED = "rejected";

    private final Path folder;
    private final Intake intake;
    private final Clock clock;
    private final Supplier<String> ids;
    private final long mostBytes;
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final ConcurrentHashMap<String, Progress> progress = new ConcurrentHashMap<>();
    /** Those that wait or run. */
    private final Set<String> queued = ConcurrentHashMap.newKeySet();
    /** Imports that stand otherwise than is written down, as on a full disk. */
    private final ConcurrentHashMap<String, ImportJob> unwritten = new ConcurrentHashMap<>();
    /** Those whose description cannot be read, as was said in the log. */
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final ReentrantLock submitting = new ReentrantLock();
    private final Thread worker;
    private volatile boolean closed;

    /**
     * @param folder    where the imports' folders lie
     * @param ids       random ids for imports, of letters, digits and dashes
     * @param mostBytes larger files are refused
     */
    public Imports(Path folder, Intake intake, Clock clock, Supplier<String> ids,
            long mostBytes) {
        this.folder = folder;
        this.intake = intake;
        this.clock = clock;
        this.ids = ids;
        this.mostBytes = mostBytes;
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder, ownersOnly(folder.toAbsolutePath()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of imports " + folder
                    + " cannot be made; give the user who runs the bank the right to.", e);
        }
        this.worker = Thread.ofPlatform().name("imports").daemon().start(this::work);
    }

    private static FileAttribute<?>[] ownersOnly(Path at) {
        return at.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rwx------"))}
                : new FileAttribute<?>[0];
    }

    // ------------------------------------------------------------------ submitting

    /**
     * Stores a file durably and returns; it is imported in the background.
     *
     * @param fileName as the user calls it
     * @param options  where the rejected rows go is decided here
     * @throws Refused if the same file of the same institution is on its way already, if it is too
     *                 large, or if it cannot be stored
     */
    public ImportStatus submit(
            InputStream content, String fileName, Profile profile, Options options) {
        Refused.refuseIf(queue.size() >= MOST_WAITING, () -> new Refusal.FileNotStored(
                queue.size() + " imports are waiting. Try again when some have ended."));
        forgetOld();
        String id = ids.get();
        Path own = folder.resolve(id);
        boolean kept = false;
        try {
            Files.createDirectory(own, ownersOnly(folder));
            String sha256 = store(content, own.resolve(UPLOAD));
            ImportJob job = new ImportJob(id, shortened(fileName), profile.name(),
                    profile.yaml(), options.dryRun(), options.as(),
                    options.registerInstitution(), options.actor(), sha256, State.WAITING,
                    clock.instant(), null, null, null);
            submitting.lock();
            try {
                refuseIfUnderWay(job);
                save(job);
            } finally {
                submitting.unlock();
            }
            kept = true;
            enqueue(id);
            return job.status(Progress.waiting(), false);
        } catch (IOException e) {
            throw new Refused(new Refusal.FileNotStored(
                    e.getClass().getSimpleName() + ": " + e.getMessage()));
        } finally {
            if (!kept) {
                delete(own);
            }
        }
    }

    private void refuseIfUnderWay(ImportJob job) {
        jobs().filter(other -> other.isUnfinished() && other.sha256().equals(job.sha256())
                        && other.dryRun() == job.dryRun()
                        && Objects.equals(other.as(), job.as()))
                .findAny().ifPresent(other -> {
                    throw new Refused(new Refusal.ImportRunning(other.id()));
                });
    }

    /** Only the last part of a path, and nothing that does not print. */
    private static String shortened(String fileName) {
        String last = fileName.substring(
                Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("\\p{C}", "?").strip();
        return clean.length() <= LONGEST_NAME
                ? clean : clean.substring(clean.length() - LONGEST_NAME);
    }

    /** Answers the SHA-256 of what was stored. */
    private String store(InputStream content, Path upload) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel to = FileChannel.open(upload, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
                if (bytes > mostBytes) {
                    throw Rule.FILE_TOO_LARGE.brokenBy("> " + mostBytes);
                }
                digest.update(buffer, 0, read);
                ByteBuffer part = ByteBuffer.wrap(buffer, 0, read);
                while (part.hasRemaining()) {
                    to.write(part);
                }
            }
            to.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    // ------------------------------------------------------------------ asking

    /** @throws Refused with {@link Refusal.ImportUnknown} */
    public ImportStatus status(String id) {
        return status(job(id));
    }

    private ImportStatus status(ImportJob job) {
        Progress now = progress.get(job.id());
        Outcome outcome = job.outcome();
        if (now == null) {
            now = outcome == null ? Progress.waiting() : new Progress(Progress.Step.ENDED,
                    outcome.reading().bytes(), outcome.reading().bytes(), outcome.rows(),
                    outcome.recorded(), outcome.alreadyThere(), outcome.passedOverInAll(),
                    outcome.rejectedInAll(), outcome.accountsOpened());
        }
        return job.status(now, Files.exists(rejectedOf(job)));
    }

    /** Those of an institution, or all for {@code null}; the newest first. */
    public List<ImportStatus> list(@Nullable InstitutionId as) {
        return jobs().filter(job -> as == null || as.equals(job.as()))
                .sorted(Comparator.comparing(ImportJob::submittedAt).reversed())
                .map(this::status).toList();
    }

    /** The rejected rows of an import, in the form its file had; they hold personal data. */
    public Optional<Path> rejected(String id) {
        Path path = rejectedOf(job(id));
        return Files.exists(path) ? Optional.of(path) : Optional.empty();
    }

    private Path rejectedOf(ImportJob job) {
        return folder.resolve(job.id()).resolve(REJECTED);
    }

    private ImportJob job(String id) {
        if (!ID.matcher(id).matches()) {
            throw new Refused(new Refusal.ImportUnknown(""));
        }
        return read(folder.resolve(id)).orElseThrow(
                () -> new Refused(new Refusal.ImportUnknown(id)));
    }

    // ------------------------------------------------------------------ working

    /** Goes on with what the last end of the program cut short; called once, at the start. */
    public void resumeUnfinished() {
        forgetOld();
        for (Path own : folders()) {
            if (read(own).isEmpty()) {
                // An upload that never became an import: nobody was told it was accepted.
                delete(own);
            }
        }
        // The program may have ended between the end of an import and the deleting.
        jobs().filter(job -> !job.isUnfinished() && !unreadable.contains(job.id()))
                .forEach(job -> deleteFile(folder.resolve(job.id()).resolve(UPLOAD)));
        jobs().filter(ImportJob::isUnfinished)
                .sorted(Comparator.comparing(ImportJob::submittedAt))
                .filter(job -> queued.add(job.id()))
                .forEach(job -> {
                    unwritten.put(job.id(), job.in(State.WAITING));
                    queue.add(job.id());
                });
    }

    /** An import waits or runs once, however often it is asked for. */
    private void enqueue(String id) {
        if (queued.add(id)) {
            queue.add(id);
        }
    }

    /** Goes on with an import that stopped, such as when there is room on the disk again. */
    public ImportStatus resume(String id) {
        submitting.lock();
        try {
            ImportJob job = job(id);
            if (job.state() == State.STOPPED && !queued.contains(id)) {
                save(job.in(State.WAITING));
                unwritten.remove(id);
                enqueue(id);
            }
        } finally {
            submitting.unlock();
        }
        return status(id);
    }

    private void work() {
        while (!closed) {
            try {
                String id = queue.poll(1, TimeUnit.HOURS);
                writeUnwritten();
                if (id == null) {
                    forgetOld();
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
        Optional<ImportJob> job = read(folder.resolve(id)).filter(ImportJob::isUnfinished);
        if (job.isPresent()) {
            run(job.get());
        } else {
            queued.remove(id);
        }
    }

    private void run(ImportJob job) {
        ImportJob ended;
        try {
            save(job.in(State.RUNNING));
            unwritten.remove(job.id());
            ended = imported(job);
        } catch (Refused e) {
            ended = job.with(e.refusal() instanceof Refusal.Unavailable
                    ? State.STOPPED : State.REFUSED, clock.instant(), null, e.refusal());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The import " + job.id() + " failed", e);
            ended = job.with(State.FAILED, clock.instant(), null, null);
        }
        if (ended.state() == State.RUNNING) {
            // Asked to stop: it stays running on the disk, and goes on at the next start.
            return;
        }
        submitting.lock();
        try {
            // Who asks for it to go on waits for the lock, and is not overwritten.
            queued.remove(job.id());
            write(ended);
        } finally {
            submitting.unlock();
            progress.remove(job.id());
        }
    }

    /** As it has ended, or still running if it was asked to stop. */
    private ImportJob imported(ImportJob job) {
        Path own = folder.resolve(job.id());
        Outcome outcome = intake.run(own.resolve(UPLOAD), job.fileName(),
                Profiles.of(job.profile(), job.profileYaml()),
                job.options().rejectedTo(own.resolve(REJECTED)),
                now -> progress.put(job.id(), now), () -> closed);
        if (!outcome.finished() && outcome.stoppedBy() == null) {
            return job.in(State.RUNNING);
        }
        return job.with(outcome.finished() ? State.DONE : State.STOPPED, clock.instant(),
                outcome, outcome.stoppedBy());
    }

    /** What a full disk kept from being written down is tried again. */
    private void writeUnwritten() {
        for (ImportJob job : List.copyOf(unwritten.values())) {
            submitting.lock();
            try {
                if (job.equals(unwritten.get(job.id()))) {
                    write(job);
                }
            } finally {
                submitting.unlock();
            }
        }
    }

    /** Until an end is written down its upload stays: a new start would run it again. */
    private void write(ImportJob job) {
        try {
            save(job);
        } catch (Refused e) {
            unwritten.put(job.id(), job);
            LOG.log(Level.WARNING, "How the import " + job.id()
                    + " stands cannot be written down yet", e);
            return;
        }
        unwritten.remove(job.id());
        if (!job.isUnfinished()) {
            deleteFile(folder.resolve(job.id()).resolve(UPLOAD));
        }
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

    // ------------------------------------------------------------------ the folders

    private List<Path> folders() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of imports cannot be read", e);
        }
    }

    private Stream<ImportJob> jobs() {
        return folders().stream().map(this::read).flatMap(Optional::stream);
    }

    private Optional<ImportJob> read(Path own) {
        Path json = own.resolve(JOB);
        String id = String.valueOf(own.getFileName());
        ImportJob notWritten = unwritten.get(id);
        if (notWritten != null) {
            return Optional.of(notWritten);
        }
        try {
            return Files.exists(json)
                    ? Optional.of(ImportJob.read(id, Files.readAllBytes(json)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            // Forgotten just now.
            return Optional.empty();
        } catch (IOException e) {
            if (unreadable.add(id)) {
                LOG.log(Level.ERROR, json + " cannot be read. That import does not go on; send"
                        + " its file again. Its folder is deleted when it is old", e);
            }
            return Optional.of(ImportJob.unreadable(id, written(json)));
        }
    }

    private Instant written(Path json) {
        try {
            return Files.getLastModifiedTime(json).toInstant();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "When " + json + " was written cannot be told", e);
            return clock.instant();
        }
    }

    /** Replaces the old description as a whole: a reader sees the one or the other. */
    private void save(ImportJob job) {
        Path json = folder.resolve(job.id()).resolve(JOB);
        Path fresh = json.resolveSibling(JOB + ".new");
        try {
            try (FileChannel to = FileChannel.open(fresh, StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(job.write());
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                to.force(true);
            }
            Files.move(fresh, json, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Refused(new Refusal.FileNotStored(json + ": " + e.getMessage()));
        }
    }

    /** Nobody asks about an import, or corrects its rejected rows, for ever. */
    private void forgetOld() {
        Instant oldest = clock.instant().minus(KEPT);
        jobs().filter(job -> job.submittedAt().isBefore(oldest) && job.endedAt() != null
                        && Objects.requireNonNull(job.endedAt()).isBefore(oldest))
                .forEach(job -> {
                    unwritten.remove(job.id());
                    delete(folder.resolve(job.id()));
                });
    }

    private static void delete(Path own) {
        List<Path> inside = new ArrayList<>();
        if (Files.exists(own)) {
            try (Stream<Path> all = Files.list(own)) {
                all.forEach(inside::add);
            } catch (IOException e) {
                throw new UncheckedIOException(own + " cannot be deleted", e);
            }
            inside.add(own);
        }
        inside.forEach(Imports::deleteFile);
    }

    private static void deleteFile(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " holds personal data and cannot be deleted;"
                    + " delete it by hand", e);
        }
    }
}
