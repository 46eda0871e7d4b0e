package creditbank.http;

import static creditbank.http.BankOverHttp.course;
import static creditbank.http.BankOverHttp.part;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are well-formed HTTP and still not what the bank expects. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class StrangeRequestsTest {

    private static final int MEGABYTE = 1 << 20;

    @TempDir
    static Path folder;

    private final AtomicInteger passports = new AtomicInteger();
    private BankOverHttp bank;

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.registerInstitutions();
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private String outcomes() {
        return "/api/learners/" + bank.open("S" + passports.incrementAndGet()) + "/outcomes";
    }

    private static String some() {
        return course("ANY", "1", "2024-06-30");
    }

    private long size() {
        return bank.as("auditor").get("/api/ledger/entries?limit=1").json().at("/size").asLong();
    }

    private static void isRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.text("/detail")).isNotEmpty();
        assertThat(answer.text("/remedy")).isNotEmpty();
    }

    // ------------------------------------------------------------------ Accept

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/*", "zzz", ";;;", "application/xml;q=0.1",
        "application/json;q=0", "text/html,application/xhtml+xml,*/*;q=0.8", "", "*"})
    void what_a_command_did_is_answered_in_json_whatever_is_accepted(String accept) {
        String key = "AC-" + passports.get();
        Answer written = bank.as("college").header("Accept", accept)
                .post(outcomes(), course(key, "1", "2024-06-30"));
        assertThat(written.status()).isEqualTo(201);
        assertThat(written.header("Content-Type")).startsWith("application/json");
        assertThat(written.text("/position")).isEqualTo(written.header("Ledger-Position"));
        isRefused(bank.as("college").header("Accept", accept).post(outcomes(), "{}"),
                422, "required");
        isRefused(bank.as("college").header("Accept", accept).post(outcomes(), "{"),
                400, "body-malformed");
        Answer registered = bank.as("registrar").header("Accept", accept).post(
                "/api/institutions", """
                {"id":"accepts-%s","name":"某校","sector":"GENERAL","kind":"SCHOOL"}"""
                        .formatted(passports.get()));
        assertThat(registered.status()).as(registered.body()).isEqualTo(201);
        Answer sent = bank.as("college").header("Accept", accept)
                .upload("/api/imports?dryRun=true", "rows.csv", "a" + key);
        assertThat(sent.status()).isEqualTo(202);
        assertThat(sent.text("/id")).isNotEmpty();
        assertThat(bank.as("registrar").header("Accept", accept)
                .post("/api/views/achievements/rebuild", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/*", "zzz", ";;;", "application/json;q=0"})
    void what_is_read_is_answered_in_the_one_form_it_has(String accept) {
        for (String address : new String[] {"/api/me", "/api/institutions", "/api/imports",
            "/api/institutions/college/records", "/v3/api-docs"}) {
            Answer answer = bank.as("college").header("Accept", accept).get(address);
            assertThat(answer.status()).as(address).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("application/json");
        }
        Answer template =
                bank.asAnyone().header("Accept", accept).get("/api/imports/template");
        assertThat(template.status()).isEqualTo(200);
        assertThat(template.header("Content-Type")).startsWith("text/csv");
        Answer page = bank.asAnyone().header("Accept", accept).get("/swagger-ui/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        isRefused(bank.as("college").header("Accept", accept).get("/api/institutions/nowhere"),
                404, "institution-unknown");
        isRefused(bank.as("college").header("Accept", accept).get("/api/imports/none/rejected"),
                404, "import-unknown");
        isRefused(bank.asAnyone().header("Accept", accept).get("/api/me"), 401, "not-signed-in");
        isRefused(bank.as("college").header("Accept", accept).get("/api/books"),
                403, "not-for-your-role");
    }

    // ------------------------------------------------------------------ Content-Type and bodies

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "application/*+json", "text/html",
        "application/xml", "application/x-www-form-urlencoded"})
    void a_content_type_that_is_not_json_is_refused(String type) {
        String address = outcomes();
        long before = size();
        isRefused(bank.as("college").post(address, type, some()), 415, "http-415");
        assertThat(size()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "multipart/*", "application/json"})
    void an_upload_that_is_not_multipart_is_refused(String type) {
        Answer answer = bank.as("college").post("/api/imports", type, "a,b\n1,2\n");
        assertThat(answer.status()).as(answer.body()).isIn(400, 415);
        assertThat(answer.text("/code")).isIn("http-400", "http-415");
    }

    @Test
    void an_upload_that_ends_too_early_is_the_fault_of_who_sends_it() {
        isRefused(bank.as("college").post("/api/imports", "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
                        + "a,b"), 400, "http-400");
    }

    @Test
    void a_body_larger_than_one_megabyte_is_refused_before_it_is_read() {
        String address = outcomes();
        Answer answer = bank.as("college").post(address, " ".repeat(MEGABYTE) + some());
        isRefused(answer, 413, "body-too-large");
        isRefused(bank.as("college").postInPieces(address, " ".repeat(MEGABYTE) + some()),
                413, "body-too-large");
        assertThat(bank.as("college").postInPieces(address, "{}").text("/code"))
                .isEqualTo("required");
        assertThat(answer.text("/found")).contains("1048576");
        assertThat(bank.as("college").post(address,
                " ".repeat(MEGABYTE - some().length() - 100) + some()).status()).isEqualTo(201);
    }

    // ------------------------------------------------------------------ parameters

    @Test
    void positions_before_the_first_and_periods_that_end_before_they_begin_are_refused() {
        Answer before = bank.as("auditor").get("/api/books?after=-1");
        assertThat(before.status()).as(before.body()).isEqualTo(422);
        assertThat(before.text("/field")).isEqualTo("after");
        Answer period = bank.as("college").get(
                "/api/institutions/college/records?from=2024-02-01&to=2024-01-31");
        isRefused(period, 422, "period-reversed");
        assertThat(period.text("/field")).isEqualTo("to");
        assertThat(bank.as("college").get(
                "/api/institutions/college/records?from=2024-02-01&to=2024-02-01").status())
                .isEqualTo(200);
    }

    // ------------------------------------------------------------------ headers given twice

    @ParameterizedTest
    @CsvSource({"If-Match,\"0\",\"7\"", "If-Match,\"0\",\"0\"", "Idempotency-Key,one,two"})
    void a_header_that_says_which_command_this_is_counts_only_once(
            String header, String first, String second) {
        String address = outcomes();
        long before = size();
        Answer answer = bank.as("college").header(header, first).header(header, second)
                .post(address, some());
        isRefused(answer, 422, "given-twice");
        assertThat(answer.text("/field")).isEqualTo(header);
        assertThat(size()).isEqualTo(before);
    }

    // ------------------------------------------------------------------ files

    @Test
    void a_second_file_in_one_upload_is_refused() {
        for (String field : new String[] {"file", "other"}) {
            isRefused(bank.as("college").uploadParts("/api/imports",
                    part("file", "a.csv", "a,b\n1,2\n"), part(field, "b.csv", "a,b\n3,4\n")),
                    422, "one-file-at-a-time");
        }
        assertThat(bank.as("evaluator").get("/api/imports").json()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "folder/", "\u0085"})
    void a_file_without_a_name_is_called_file(String name) {
        Answer sent = bank.as("college").upload(
                "/api/imports?dryRun=true", name, "a,b\n" + passports.incrementAndGet());
        assertThat(sent.status()).as(sent.body()).isEqualTo(202);
        assertThat(sent.text("/fileName")).isNotBlank();
    }
}
