package creditbank.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Bank;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Rule;
import creditbank.institution.InstitutionForm;
import creditbank.intake.ImportStatus.State;
import creditbank.ledger.Sender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportsTest {

    private static final InstitutionId COLLEGE = new InstitutionId("test-college");
    private static final Options COMMIT = new Options(false, COLLEGE, false, "user/test", null);
    private static final String HEADER = "documentKind,documentIssuer,documentNumber,kind,"
            + "recordKey,title,credits.amount,credits.unit,happenedOn\n";

    private static final String SMALL = """
            title: a small profile
            institution: {id: small-college, name: 小学院, sector: VOCATIONAL, kind: COLLEGE}
            learner:
              documentKind: {value: PASSPORT}
              documentNumber: {column: number}
            achievement:
              kind: {value: COURSE}
              issuer: {value: small-college}
              recordKey: {template: "K-{number}"}
              title: {value: 焊接}
              credits:
                amount: {column: credits}
                unit: {value: CN}
              happenedOn: {value: "2024-06-30"}
            """;

    @TempDir
    Path folder;

    private final AtomicInteger ids = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private Bank bank;

    @SuppressWarnings("NullAway.Init")
    private Imports imports;

    @BeforeEach
    void open() {
        bank = Oulad.open(folder);
        bank.commands().send(new InstitutionForm("test-college", "试验学院", "VOCATIONAL",
                "COLLEGE", "210600", null, null).read(bank.claims()),
                new Sender("user/test", null, "register", null));
        imports = imports(Oulad.CLOCK);
    }

    @AfterEach
    void close() {
        imports.close();
        bank.close();
    }

    @Test
    void a_submitted_file_is_imported_in_the_background_and_its_upload_deleted()
            throws Exception {
        ImportStatus first = submit(HEADER + row("1") + row("2").replace("COURSE", "CURSE"));
        assertThat(first.state()).isEqualTo(State.WAITING);
        ImportStatus status = ended(first.id());
        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(status.progress().percent()).isEqualTo(100);
        assertThat(status.progress().recorded()).isEqualTo(1);
        Outcome outcome = Objects.requireNonNull(status.outcome());
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.row()).isEqualTo(3);
            assertThat(problem.refusal()).isInstanceOfSatisfying(
                    Refusal.ValueInvalid.class, wrong -> {
                        assertThat(wrong.field()).isEqualTo("kind");
                        assertThat(wrong.rule()).isEqualTo(Rule.CHOICE_UNKNOWN);
                        assertThat(wrong.found()).isEqualTo("CURSE");
                        assertThat(wrong.known()).contains("COURSE");
                    });
        });
        Path rejected = imports.rejected(first.id()).orElseThrow();
        assertThat(Files.readString(rejected)).contains("said: choice-unknown", "K-2");
        imports.close();
        assertThat(rejected.resolveSibling("upload")).doesNotExist();
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                    rejected.toAbsolutePath().getParent()))).isEqualTo("rwx------");
        }
    }

    @Test
    void a_file_that_cannot_be_used_says_why() {
        ImportStatus status = ended(submit("what,ever\n1,2\n").id());
        assertThat(status.state()).isEqualTo(State.REFUSED);
        assertThat(status.refusal()).isInstanceOfSatisfying(Refusal.ValueInvalid.class,
                v -> assertThat(v.rule()).isEqualTo(Rule.COLUMN_MISSING));
    }

    @Test
    void an_unknown_import_is_refused_also_with_a_strange_id() {
        for (String id : new String[] {"nobody", "../data", "", "a/b"}) {
            assertThatThrownBy(() -> imports.status(id)).isInstanceOfSatisfying(Refused.class,
                    r -> assertThat(r.refusal()).isInstanceOf(Refusal.ImportUnknown.class));
        }
    }

    @Test
    void a_file_that_is_too_large_leaves_nothing_behind() throws IOException {
        assertThatThrownBy(() -> submit("x".repeat(2_000_000)))
                .isInstanceOfSatisfying(Refused.class,
                        r -> assertThat(r.refusal().code()).isEqualTo("file-too-large"));
        try (Stream<Path> left = Files.list(folder.resolve("imports"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void an_id_that_an_import_has_already_is_refused_and_that_import_stays() throws Exception {
        String rows = HEADER + row("1");
        ImportStatus first = ended(submit(rows).id());
        ids.decrementAndGet();
        assertThatThrownBy(() -> submit(HEADER + row("2")))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.refusal())
                        .isInstanceOf(Refusal.FileNotStored.class));
        assertThat(imports.status(first.id())).isEqualTo(first);
    }

    @Test
    void the_same_file_is_refused_while_it_is_on_its_way() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        imports.close();
        imports = imports(Oulad.CLOCK, problem -> {
            await(released);
            return problem.refusal().code();
        });
        String rows = HEADER + row("1").replace("COURSE", "CURSE");
        ImportStatus first = submit(rows);
        assertThatThrownBy(() -> submit(rows)).isInstanceOfSatisfying(Refused.class,
                r -> assertThat(r.refusal()).isEqualTo(new Refusal.ImportRunning(first.id())));
        released.countDown();
        ended(first.id());
        assertThat(ended(submit(rows).id()).state()).isEqualTo(State.DONE);
    }

    @Test
    void what_was_cut_short_goes_on_at_the_next_start() throws Exception {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 500; i++) {
            rows.append(row("n" + i));
        }
        imports.close();
        // Closed at once: whatever the import had reached by then, it is not lost.
        Imports earlier = imports(Oulad.CLOCK);
        String id = earlier.submit(stream(rows.toString()), "rows.csv",
                Profiles.named(Profiles.NATIVE), COMMIT).id();
        earlier.close();
        Files.createDirectory(folder.resolve("imports/half-an-upload"));
        imports = imports(Oulad.CLOCK);
        imports.resumeUnfinished();
        assertThat(ended(id).state()).isEqualTo(State.DONE);
        assertThat(Ledgers.titles(bank)).hasSize(500);
        assertThat(folder.resolve("imports/half-an-upload")).doesNotExist();
    }

    @Test
    void what_was_told_of_an_import_is_not_taken_back_when_it_goes_on() throws Exception {
        imports.close();
        CountDownLatch released = new CountDownLatch(1);
        Imports earlier = imports(Oulad.CLOCK, problem -> {
            await(released);
            return problem.refusal().code();
        });
        // Nearly all of the file is its first row; the two that follow are of one person, so that
        // the last waits behind the one that is rejected.
        String rows = "number,credits,note\nP1,1.00," + "x".repeat(20_000)
                + "\nP2,nine,\nP2,ten,\n";
        String id = earlier.submit(stream(rows), "rows.csv", Profiles.of("small", SMALL),
                new Options(false, null, true, "user/test", null)).id();
        int told = earlier.status(id).progress().percent();
        while (told < 50) {
            told = earlier.status(id).progress().percent();
        }
        Thread closing = Thread.ofPlatform().start(earlier::close);
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        released.countDown();
        closing.join();

        imports = imports(Oulad.CLOCK);
        assertThat(imports.status(id).state()).isEqualTo(State.RUNNING);
        imports.resumeUnfinished();
        ImportStatus status = imports.status(id);
        while (status.endedAt() == null) {
            assertThat(status.progress().percent()).isGreaterThanOrEqualTo(told);
            told = status.progress().percent();
            status = imports.status(id);
        }
        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(status.progress().percent()).isEqualTo(100);
        assertThat(status.progress().alreadyThere()).isEqualTo(1);
        assertThat(Objects.requireNonNull(status.outcome()).institutionRegistered()).isTrue();
    }

    @Test
    void an_upload_whose_deleting_was_cut_short_is_deleted_at_the_next_start()
            throws IOException {
        String id = submit(HEADER + row("1")).id();
        ended(id);
        imports.close();
        Path upload = Files.writeString(folder.resolve("imports/" + id + "/upload"), "left");
        imports = imports(Oulad.CLOCK);
        imports.resumeUnfinished();
        assertThat(upload).doesNotExist();
        assertThat(imports.status(id).state()).isEqualTo(State.DONE);
    }

    @Test
    void after_thirty_days_rejected_rows_are_deleted() {
        String id = submit(HEADER + row("1").replace("COURSE", "CURSE")).id();
        ended(id);
        Path rejected = imports.rejected(id).orElseThrow();
        imports.close();
        imports = imports(Clock.offset(Oulad.CLOCK, Duration.ofDays(29)));
        imports.resumeUnfinished();
        assertThat(rejected).exists();
        imports.close();
        imports = imports(Clock.offset(Oulad.CLOCK, Duration.ofDays(31)));
        imports.resumeUnfinished();
        assertThat(rejected).doesNotExist();
        assertThat(imports.list(COLLEGE)).isEmpty();
    }

    // ------------------------------------------------------------------ bad days

    @Test
    void an_unreadable_description_keeps_nothing_else_from_going_on() throws IOException {
        String good = submit(HEADER + row("1")).id();
        ended(good);
        imports.close();
        for (String text : List.of("", "null", "{}", "{\"id\":", "[1]")) {
            Path own = Files.createDirectory(folder.resolve("imports/bad-" + text.length()));
            Files.writeString(own.resolve("job.json"), text);
            Files.setLastModifiedTime(own.resolve("job.json"),
                    FileTime.from(Oulad.CLOCK.instant()));
            Files.writeString(own.resolve("upload"), "somebody's");
        }
        Path copied = Files.createDirectory(folder.resolve("imports/copied"));
        Files.copy(folder.resolve("imports/" + good + "/job.json"), copied.resolve("job.json"));
        imports = imports(Oulad.CLOCK);
        imports.resumeUnfinished();
        assertThat(imports.status(good).state()).isEqualTo(State.DONE);
        assertThat(imports.status("copied").state()).isEqualTo(State.FAILED);
        assertThat(imports.status("bad-0").state()).isEqualTo(State.FAILED);
        assertThat(imports.list(null)).hasSize(7);
        assertThat(imports.list(COLLEGE)).hasSize(1);
        assertThat(imports.resume("bad-0").state()).isEqualTo(State.FAILED);
        assertThat(folder.resolve("imports/bad-0/upload")).exists();

        imports.close();
        imports = imports(Clock.offset(Oulad.CLOCK, Duration.ofDays(31)));
        imports.resumeUnfinished();
        assertThat(folder.resolve("imports/bad-0")).doesNotExist();
    }

    @Test
    void what_is_kept_of_a_refusal_names_it_by_its_code() throws IOException {
        String id = submit("what,ever\n1,2\n").id();
        ended(id);
        assertThat(Files.readString(folder.resolve("imports/" + id + "/job.json")))
                .contains("\"code\":\"value-invalid\"", "\"rule\":\"column-missing\"")
                .doesNotContain("ValueInvalid", "COLUMN_MISSING");
    }

    @Test
    void an_import_asked_to_go_on_twice_goes_on_once() throws Exception {
        Stopping upload = new Stopping(HEADER + row("1"));
        String stopped = imports.submit(upload, "rows.csv",
                Profiles.named(Profiles.NATIVE), COMMIT).id();
        assertThat(ended(stopped).state()).isEqualTo(State.STOPPED);
        imports.close();
        upload.clear();

        CountDownLatch released = new CountDownLatch(1);
        imports = imports(Oulad.CLOCK, problem -> {
            await(released);
            return "";
        });
        String busy = submit(HEADER + row("2").replace("COURSE", "CURSE")).id();
        imports.resumeUnfinished();
        assertThat(imports.resume(stopped).state()).isEqualTo(State.WAITING);
        imports.resume(stopped);
        released.countDown();
        // Each waits its turn: once this has ended, so have all before it.
        ended(submit(HEADER + row("3")).id());
        assertThat(imports.status(stopped).state()).isEqualTo(State.DONE);
        assertThat(imports.status(busy).state()).isEqualTo(State.DONE);
    }

    @Test
    void an_import_whose_stop_could_not_be_written_down_can_go_on() throws Exception {
        imports.close();
        AtomicReference<@Nullable Path> blocked = new AtomicReference<>();
        // The worker asks the time just before it writes down how an import ended.
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return Oulad.CLOCK.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                Path path = blocked.get();
                if (path != null && Thread.currentThread().getName().equals("imports")) {
                    path.resolve("in the way").toFile().mkdirs();
                }
                return Oulad.CLOCK.instant();
            }
        };
        imports = imports(clock);
        blocked.set(folder.resolve("imports/import-1/job.json.new"));
        Stopping upload = new Stopping(HEADER + row("1"));
        String id = imports.submit(upload, "rows.csv",
                Profiles.named(Profiles.NATIVE), COMMIT).id();
        ImportStatus status = ended(id);
        assertThat(status.state()).isEqualTo(State.STOPPED);
        assertThat(status.refusal()).isInstanceOf(Refusal.FileNotStored.class);
        assertThatThrownBy(() -> imports.resume(id)).isInstanceOf(Refused.class);
        assertThat(imports.status(id).state()).isEqualTo(State.STOPPED);

        Path path = Objects.requireNonNull(blocked.getAndSet(null));
        Files.delete(path.resolve("in the way"));
        Files.delete(path);
        upload.clear();
        imports.resume(id);
        assertThat(ended(id).state()).isEqualTo(State.DONE);
    }

    @Test
    void a_failing_store_stops_an_import_before_its_first_row_and_it_goes_on_later()
            throws Exception {
        bank.close();
        Profile oulad = Profiles.named("oulad");
        String id = imports.submit(stream(oulad.template()), "rows.csv", oulad,
                new Options(false, null, true, "user/test", null)).id();
        ImportStatus status = ended(id);
        assertThat(status.state()).isEqualTo(State.STOPPED);
        assertThat(status.refusal()).isInstanceOfSatisfying(Refusal.StoreFailed.class,
                failed -> assertThat(failed.cause()).contains("index.db is closed"));
        assertThat(folder.resolve("imports/" + id + "/upload")).exists();

        imports.close();
        bank = Oulad.open(folder);
        imports = imports(Oulad.CLOCK);
        assertThat(imports.status(id).refusal()).isEqualTo(status.refusal());
        imports.resumeUnfinished();
        assertThat(ended(id).state()).isEqualTo(State.DONE);
    }

    @Test
    void a_fault_of_the_program_ends_one_import_and_not_the_next() {
        imports.close();
        imports = imports(Oulad.CLOCK, problem -> {
            throw new StackOverflowError("on purpose");
        });
        assertThat(ended(submit(HEADER + row("1").replace("COURSE", "CURSE")).id()).state())
                .isEqualTo(State.FAILED);
        assertThat(ended(submit(HEADER + row("2")).id()).state()).isEqualTo(State.DONE);
    }

    /** A file whose rejected rows cannot be written, which stops its import. */
    private final class Stopping extends ByteArrayInputStream {

        private @Nullable Path rejected;

        Stopping(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read(byte[] into) throws IOException {
            if (rejected == null) {
                try (Stream<Path> all = Files.list(folder.resolve("imports"))) {
                    rejected = Files.createDirectory(all.filter(own ->
                            !Files.exists(own.resolve("job.json"))).findAny().orElseThrow()
                            .resolve("rejected"));
                    Files.createFile(rejected.resolve("in the way"));
                }
            }
            return super.read(into);
        }

        void clear() throws IOException {
            Files.delete(Objects.requireNonNull(rejected).resolve("in the way"));
        }
    }

    // ------------------------------------------------------------------ the fixture

    private Imports imports(Clock clock, Function<RowProblem, String> words) {
        return new Imports(folder.resolve("imports"), new Intake(bank.commands(),
                bank.counter(), bank.ledger().reader(), bank.claims(), bank.clock(), words),
                clock, this::id, 1 << 20);
    }

    private Imports imports(Clock clock) {
        return new Imports(folder.resolve("imports"), Oulad.intake(bank), clock, this::id,
                1 << 20);
    }

    private String id() {
        return "import-" + ids.incrementAndGet();
    }

    private ImportStatus submit(String text) {
        return imports.submit(stream(text), "/some/where/rows.csv",
                Profiles.named(Profiles.NATIVE), COMMIT);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks until it has ended; a test that hangs is ended by its build. */
    private ImportStatus ended(String id) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < end) {
            ImportStatus status = imports.status(id);
            assertThat(status.fileName()).isEqualTo("rows.csv");
            if (status.endedAt() != null) {
                return status;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("not ended: " + imports.status(id));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String row(String number) {
        return "STUDENT_NUMBER,test-college," + number + ",COURSE,K-" + number
                + ",机械制图,4.5,CN,2024-06-30\n";
    }
}
