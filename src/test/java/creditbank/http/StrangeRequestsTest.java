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
        bank.as("college").header("Accept", accept).post(outcomes(), "{}")
                .assertRefused(422, "required");
        bank.as("college").header("Accept", accept).post(outcomes(), "{")
                .assertRefused(400, "body-malformed");
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
        bank.as("college").header("Accept", accept).get("/api/institutions/nowhere")
                .assertRefused(404, "institution-unknown");
        bank.as("college").header("Accept", accept).get("/api/imports/none/rejected")
                .assertRefused(404, "import-unknown");
        bank.asAnyone().header("Accept", accept).get("/api/me").assertRefused(401, "not-signed-in");
        bank.as("college").header("Accept", accept).get("/api/books")
                .assertRefused(403, "not-for-your-role");
    }

    // ------------------------------------------------------------------ Content-Type and bodies

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "application/*+json", "text/html",
        "application/xml", "application/x-www-form-urlencoded"})
    void a_content_type_that_is_not_json_is_refused(String type) {
        String address = outcomes();
        long before = size();
        bank.as("college").post(address, type, some()).assertRefused(415, "http-415");
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
        bank.as("college").post("/api/imports", "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
                        + "a,b").assertRefused(400, "http-400");
    }

    @Test
    void a_body_larger_than_one_megabyte_is_refused_before_it_is_read() {
        String address = outcomes();
        Answer answer = bank.as("college").post(address, " ".repeat(MEGABYTE) + some());
        answer.assertRefused(413, "body-too-large");
        bank.as("college").postInPieces(address, " ".repeat(MEGABYTE) + some())
                .assertRefused(413, "body-too-large");
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
        period.assertRefused(422, "period-reversed");
        assertThat(period.text("/field")).isEqualTo("to");
        assertThat(bank.as("college").get(
                "/api/institutions/college/records?from=2024-02-01&to=2024-02-01").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"records", "enrolments", "applications", "redemptions", "transfers"})
    void nothing_is_listed_of_an_institution_that_nobody_registered(String what) {
        bank.as("registrar").get("/api/institutions/nope/" + what)
                .assertRefused(404, "institution-unknown");
        assertThat(bank.as("registrar").get("/api/institutions/college/" + what).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"balance,1899-12-31,date-too-early", "progress,1899-12-31,date-too-early",
        "entitlements,0001-01-01,date-too-early", "balance,'',date-malformed",
        "progress,'',date-malformed", "entitlements,' ',date-malformed"})
    void no_day_is_asked_for_that_cannot_be_recorded_on_or_that_is_empty(
            String what, String day, String code) {
        Answer answer = bank.as("registrar").get("/api/learners/" + bank.open(
                "S" + passports.incrementAndGet()) + "/" + what + "?on="
                + day.replace(" ", "%20"));
        answer.assertRefused(422, code);
        assertThat(answer.text("/field")).isEqualTo("on");
    }

    @Test
    void an_empty_number_is_none() {
        Answer answer = bank.as("registrar").get("/api/institutions?limit=");
        answer.assertRefused(422, "whole-number-malformed");
        assertThat(answer.text("/field")).isEqualTo("limit");
    }

    // ------------------------------------------------------------------ values of another kind

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "enrolments; {'programme':{'id':'p','version':1.5}}; programme.version",
        "enrolments; {'programme':{'id':'p','version':'1'}}; programme.version",
        "enrolments; {'programme':{'id':'p','version':true}}; programme.version",
        "enrolments; {'programme':{'id':true,'version':1}}; programme.id",
        "enrolments; {'programme':{'id':17,'version':1}}; programme.id",
        "enrolments; {'on':0}; on",
        "enrolments; {'on':2.5}; on",
        "entitlements; {'on':0}; on",
        "entitlements; {'on':''}; on",
        "entitlements; {'jurisdictions':[false]}; jurisdictions.0",
        "redemptions; {'credits':{'amount':4.5,'unit':'CN'}}; credits.amount"})
    void a_value_of_another_kind_than_is_described_is_not_made_into_one(
            String what, String body, String field) {
        Answer answer = bank.as("registrar").post("/api/learners/" + bank.open(
                "S" + passports.incrementAndGet()) + "/" + what, body.replace('\'', '"'));
        answer.assertRefused(400, "body-malformed");
        assertThat(answer.text("/field")).isEqualTo(field);
        assertThat(answer.json().at("/column").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "learners/%s/outcomes; validUntil; {'kind':'COURSE','recordKey':'E','title':'a',"
                + "'happenedOn':'2024-06-30','credits':{'amount':'1','unit':'CN'},"
                + "'validUntil':''}",
        "learners/%s/enrolments; on; {'programme':{'id':'some-programme','version':1},"
                + "'on':' '}",
        "achievements/%s-1/revocation; effectiveOn; {'effectiveOn':'','reason':'a'}",
        "programmes/some-programme/closure; until; {'until':'','reason':'a'}",
        "agreements/some-agreement/end; until; {'until':'','reason':'a'}"})
    void an_empty_day_is_not_taken_for_one_that_was_left_out(
            String address, String field, String body) {
        Answer answer = bank.as("college").post("/api/" + address.formatted(
                bank.open("S" + passports.incrementAndGet())), body.replace('\'', '"'));
        answer.assertRefused(422, "date-malformed");
        assertThat(answer.text("/field")).isEqualTo(field);
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
        answer.assertRefused(422, "given-twice");
        assertThat(answer.text("/field")).isEqualTo(header);
        assertThat(size()).isEqualTo(before);
    }

    // ------------------------------------------------------------------ files

    @Test
    void a_second_file_in_one_upload_is_refused() {
        for (String field : new String[] {"file", "other"}) {
            bank.as("college").uploadParts("/api/imports",
                    part("file", "a.csv", "a,b\n1,2\n"), part(field, "b.csv", "a,b\n3,4\n"))
                    .assertRefused(422, "one-file-at-a-time");
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
