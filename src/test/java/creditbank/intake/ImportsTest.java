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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
                "COLLEGE", "210600", null).read(bank.claims()),
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
            assertThat(problem.refusal()).isEqualTo(new Refusal.ValueInvalid(
                    "kind", Rule.CHOICE_UNKNOWN, "CURSE"));
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
    void the_same_file_is_refused_while_it_is_on_its_way() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        imports.close();
        imports = new Imports(folder.resolve("imports"), new Intake(bank.commands(),
                bank.counter(), bank.ledger().reader(), bank.claims(), bank.clock(), p -> {
                    await(released);
                    return p.refusal().code();
                }), Oulad.CLOCK, this::id, 1 << 20);
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

    // ------------------------------------------------------------------ the fixture

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
