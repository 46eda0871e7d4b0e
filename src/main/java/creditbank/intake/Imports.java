package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.intake.ImportStatus.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Imports that go on in the background, one at a time, and after the program has ended go on at its
 * next start.
 *
 * <p>Uploads and rejected rows hold personal data in clear, as they came. An upload is deleted as
 * soon as its import has ended, the rest of its folder after {@link #KEPT}.
 */
public final class Imports implements AutoCloseable {

    /** How long a rejected row can be fetched, and an import be asked about. */
    public static final Duration KEPT = Duration.ofDays(30);

    /** More than these waiting are refused. */
    static final int MOST_WAITING = 100;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int LONGEST_NAME = 120;

    private final ImportFolders folders;
    private final ImportJobs jobs;
    private final ImportQueue queue;
    private final Clock clock;
    private final Supplier<String> ids;

    /**
     * @param folder    where the imports' folders lie
     * @param ids       random ids for imports, of letters, digits and dashes
     * @param mostBytes larger files are refused
     */
    public Imports(Path folder, Intake intake, Clock clock, Supplier<String> ids,
            long mostBytes) {
        this.folders = new ImportFolders(folder, mostBytes);
        this.jobs = new ImportJobs(folders, clock, KEPT);
        this.queue = new ImportQueue(folders, jobs, intake, clock);
        this.clock = clock;
        this.ids = ids;
    }

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
        Refused.refuseIf(queue.waiting() >= MOST_WAITING, () -> new Refusal.FileNotStored(
                queue.waiting() + " imports are waiting. Try again when some have ended."));
        jobs.forgetOld();
        String id = ids.get();
        try {
            folders.create(id);
            return submit(id, content, fileName, profile, options);
        } catch (IOException e) {
            throw new Refused(new Refusal.FileNotStored(
                    e.getClass().getSimpleName() + ": " + e.getMessage()));
        }
    }

    private ImportStatus submit(String id, InputStream content, String fileName, Profile profile,
            Options options) throws IOException {
        boolean kept = false;
        try {
            String sha256 = folders.store(id, content);
            ImportJob job = new ImportJob(id, shortened(fileName), profile.name(),
                    profile.yaml(), options.dryRun(), options.as(),
                    options.registerInstitution(), options.actor(), sha256, State.WAITING,
                    clock.instant(), null, null, null, null);
            jobs.add(job);
            kept = true;
            queue.add(id);
            return job.status(Progress.waiting(), false);
        } finally {
            if (!kept) {
                folders.delete(id);
            }
        }
    }

    /** Only the last part of a path, and nothing that does not print; never empty. */
    private static String shortened(String fileName) {
        String last = fileName.substring(
                Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("\\p{C}", "?").strip();
        if (clean.isEmpty()) {
            return "file";
        }
        return clean.length() <= LONGEST_NAME
                ? clean : clean.substring(clean.length() - LONGEST_NAME);
    }

    /** @throws Refused with {@link Refusal.ImportUnknown} */
    public ImportStatus status(String id) {
        return status(job(id));
    }

    private ImportStatus status(ImportJob job) {
        Progress now = queue.progress(job.id()).orElseGet(() -> job.outcome() == null
                ? Progress.waiting() : Progress.ended(job.outcome()));
        return job.status(now, Files.exists(folders.rejected(job.id())));
    }

    /** Those of an institution, or all for {@code null}; the newest first. */
    public List<ImportStatus> list(@Nullable InstitutionId as) {
        return jobs.all().filter(job -> as == null || as.equals(job.as()))
                .sorted(Comparator.comparing(ImportJob::submittedAt).reversed())
                .map(this::status).toList();
    }

    /** The rejected rows of an import, in the form its file had; they hold personal data. */
    public Optional<Path> rejected(String id) {
        return Optional.of(folders.rejected(job(id).id())).filter(Files::exists);
    }

    private ImportJob job(String id) {
        if (!ID.matcher(id).matches()) {
            throw new Refused(new Refusal.ImportUnknown(""));
        }
        return jobs.find(id).orElseThrow(() -> new Refused(new Refusal.ImportUnknown(id)));
    }

    /** Goes on with what the last end of the program cut short; called once, at the start. */
    public void resumeUnfinished() {
        jobs.tidy();
        jobs.all().filter(ImportJob::isUnfinished)
                .sorted(Comparator.comparing(ImportJob::submittedAt))
                .forEach(queue::takeUp);
    }

    /** Goes on with an import that stopped, such as when there is room on the disk again. */
    public ImportStatus resume(String id) {
        if (jobs.waitAgain(job(id))) {
            queue.add(id);
        }
        return status(id);
    }

    /** Stops at the next row; what is under way goes on at the next start. */
    @Override
    public void close() {
        queue.close();
    }
}
