package creditbank.http;

import static creditbank.http.BankOverHttp.course;
import static creditbank.http.BankOverHttp.part;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.http.BankOverHttp.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What fails in the bank itself is told to who asks as such: 503, with what to do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@ExtendWith(OutputCaptureExtension.class)
class BadDaysOverHttpTest {

    private static final int PAGE = 4_096;
    private static final int ACCOUNTS = 700;

    @TempDir
    Path folder;

    // ------------------------------------------------------------------ damaged files

    @ParameterizedTest
    @ValueSource(strings = {"views.db", "index.db"})
    void a_damage_that_no_start_notices_is_told_with_503_and_logged_in_a_line(
            String name, CapturedOutput output) throws IOException {
        Path data = folder.resolve("data");
        List<String> accounts = new ArrayList<>();
        try (BankOverHttp bank = new BankOverHttp(data)) {
            bank.registerInstitutions();
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts.add(bank.open("D" + i));
            }
        }
        damage(data.resolve(name));
        try (BankOverHttp bank = new BankOverHttp(data)) {
            List<Answer> answers = new ArrayList<>();
            answers.add(bank.as("registrar").get("/api/institutions/college/records"));
            for (int i = 0; i < 20; i++) {
                String account = "/api/learners/" + accounts.get(i * ACCOUNTS / 20);
                answers.add(bank.as("registrar").get(account));
                answers.add(bank.as("registrar").get(account + "/balance"));
                answers.add(bank.as("registrar").get(account + "/statement"));
                answers.add(bank.as("college").post(account + "/outcomes",
                        course("D-" + i, "1", "2024-06-30")));
                answers.add(bank.as("college").post("/api/learners", """
                        {"documentKind":"PASSPORT","documentNumber":"D%d"}""".formatted(i)));
            }
            assertThat(answers).extracting(Answer::status).isSubsetOf(200, 201, 409, 503)
                    .contains(503);
            assertThat(answers).filteredOn(a -> a.status() == 503).allSatisfy(a -> {
                assertThat(a.text("/code")).isIn("store-failed", "ledger-not-writable");
                assertThat(a.text("/detail")).contains(name).contains("damaged");
                assertThat(a.text("/remedy")).isNotEmpty();
            });
            assertThat(output.getAll()).doesNotContain("nobody foresaw")
                    .doesNotContain("\tat creditbank");
            assertThat(output.getAll().lines().filter(l -> l.contains("A request failed")))
                    .hasSizeBetween(0, 3);
        }
    }

    /** All but the first pages, which a start reads. */
    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes.length).isGreaterThan(10 * PAGE);
        Arrays.fill(bytes, bytes.length / PAGE / 2 * PAGE, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
    }

    // ------------------------------------------------------------------ a bank that ends

    @Test
    void a_request_that_outlives_the_stopping_of_the_bank_is_told_with_503(
            CapturedOutput output) {
        try (BankOverHttp bank = new BankOverHttp(folder.resolve("data"))) {
            bank.registerInstitutions();
            String learner = bank.open("E1");
            String account = "/api/learners/" + learner;
            bank.part(Bank.class).close();
            List<Answer> answers = List.of(
                    bank.as("registrar").get(account),
                    bank.as("registrar").get(account + "/balance"),
                    bank.as("registrar").get("/api/institutions/college/records"),
                    bank.as("registrar").get("/api/books"),
                    bank.as("auditor").get("/api/ledger/entries"),
                    bank.as("college").post(account + "/outcomes",
                            course("E-1", "1", "2024-06-30")),
                    bank.as("college").post("/api/learners", """
                            {"documentKind":"PASSPORT","documentNumber":"E2"}"""),
                    bank.as("registrar").post(account + "/erasure", """
                            {"reason":"本人申请"}"""),
                    bank.as("registrar").post("/api/institutions", """
                            {"id":"late","name":"迟到学院","sector":"VOCATIONAL","kind":"COLLEGE",
                            "region":"210600"}"""),
                    bank.as("registrar").post("/api/views/achievements/rebuild", ""));
            assertThat(answers).allSatisfy(a -> {
                assertThat(a.status()).as(a.response().uri() + a.body()).isEqualTo(503);
                assertThat(a.text("/code")).isIn("store-failed", "ledger-not-writable");
                assertThat(a.text("/detail")).containsIgnoringCase("the bank is being stopped");
                assertThat(a.header("Retry-After")).isNotEmpty();
            });
            assertThat(output.getAll()).doesNotContain("nobody foresaw")
                    .doesNotContain("\tat creditbank");
        }
    }

    // ------------------------------------------------------------------ a full disk

    @Test
    void on_a_full_disk_uploads_and_rebuilds_are_refused_with_503(CapturedOutput output)
            throws Exception {
        Path disk = Files.createDirectory(folder.resolve("data"));
        if (run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()) != 0) {
            System.out.println("BadDaysOverHttpTest: left out the full disk, since this user may"
                    + " not mount a small one");
            Assumptions.abort("no small disk to fill");
        }
        try (BankOverHttp bank = new BankOverHttp(disk)) {
            bank.registerInstitutions();
            String learner = bank.open("F1");
            bank.as("college").post("/api/learners/" + learner + "/outcomes",
                    course("F-1", "1", "2024-06-30"));
            fill(disk.resolve("filler"));
            Answer upload = bank.as("college").uploadParts(
                    "/api/imports", part("file", "a.csv", "a,b\n".repeat(100_000)));
            assertThat(upload.status()).as(upload.body()).isEqualTo(503);
            assertThat(upload.text("/code")).isEqualTo("file-not-stored");
            assertThat(upload.text("/detail")).contains("No space left");
            Answer rebuilt = bank.as("registrar").post("/api/views/achievements/rebuild", "");
            assertThat(rebuilt.status()).as(rebuilt.body()).isEqualTo(503);
            assertThat(rebuilt.text("/code")).isEqualTo("store-failed");
            assertThat(rebuilt.text("/detail")).contains("No space is left", "views.db");
            Answer balance = bank.as("registrar").get("/api/learners/" + learner + "/balance");
            assertThat(balance.status()).as(balance.body()).isIn(200, 503);
            assertThat(output.getAll()).doesNotContain("nobody foresaw")
                    .doesNotContain("\tat creditbank");
            Files.delete(disk.resolve("filler"));
            assertThat(bank.as("registrar").post("/api/views/achievements/rebuild", "").status())
                    .isEqualTo(200);
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[PAGE];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            System.out.println("BadDaysOverHttpTest: " + e.getMessage());
            return -1;
        }
    }
}
