package creditbank.http;

import static creditbank.http.BankOverHttp.course;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import java.nio.file.Path;
import java.util.List;
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
import tools.jackson.databind.JsonNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class HttpTest {

    @TempDir
    static Path folder;

    private final AtomicInteger passports = new AtomicInteger();
    private BankOverHttp bank;

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"), List.of("suspended-school"));
        bank.registerInstitutions();
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private String newLearner() {
        return bank.open("E" + passports.incrementAndGet());
    }

    private Answer record(String learner, String body) {
        return bank.as("college").post("/api/learners/" + learner + "/outcomes", body);
    }

    // ------------------------------------------------------------------ recording and reading

    @Test
    void a_write_answers_with_id_and_position_and_a_read_after_it_sees_it() {
        String learner = newLearner();
        Answer written = record(learner, course("W-1", "4.50", "2024-06-30"));
        assertThat(written.status()).isEqualTo(201);
        assertThat(written.header("Location"))
                .isEqualTo("/api/achievements/" + learner + "-1");
        String position = written.header("Ledger-Position");
        assertThat(written.text("/position")).isEqualTo(position);
        Answer balance = bank.as("registrar")
                .get("/api/learners/" + learner + "/balance?after=" + position);
        assertThat(balance.text("/pools/0/available")).isEqualTo("4.50");
        assertThat(balance.text("/pools/0/sector")).isEqualTo("VOCATIONAL");
    }

    @Test
    void a_balance_is_as_of_the_business_day_asked_for() {
        String learner = newLearner();
        String after = record(learner, """
                {"kind":"TRAINING","recordKey":"D-1","title":"安全培训","happenedOn":"2023-05-01",
                 "credits":{"amount":"2.00","unit":"CN"},"validUntil":"2024-04-30"}""")
                .header("Ledger-Position");
        String address = "/api/learners/" + learner + "/balance?after=" + after + "&on=";
        assertThat(bank.as("registrar").get(address + "2023-04-30").json().at("/pools"))
                .isEmpty();
        assertThat(bank.as("registrar").get(address + "2024-04-30").text("/pools/0/available"))
                .isEqualTo("2.00");
        assertThat(bank.as("registrar").get(address + "2024-04-30").text("/nextExpiry"))
                .isEqualTo("2024-05-01");
        assertThat(bank.as("registrar").get(address + "2024-05-01").text("/pools/0/expired"))
                .isEqualTo("2.00");
    }

    @Test
    void a_correction_and_a_revocation_stand_in_the_statement_with_reason_and_both_times() {
        String learner = newLearner();
        record(learner, course("S-1", "4.00", "2024-06-30"));
        Answer corrected = bank.as("college").post(
                "/api/achievements/" + learner + "-1/correction",
                "{\"achievement\":" + course("S-1", "3.50", "2024-06-28")
                        + ",\"reason\":\"学分写错\"}");
        assertThat(corrected.status()).isEqualTo(201);
        Answer revoked = bank.as("college").post(
                "/api/achievements/" + learner + "-1/revocation",
                "{\"reason\":\"成绩无效\",\"effectiveOn\":\"2025-01-01\"}");
        assertThat(revoked.status()).isEqualTo(201);
        Answer statement = bank.as("registrar").get("/api/learners/" + learner
                + "/statement?after=" + revoked.header("Ledger-Position"));
        assertThat(statement.json().at("/movements").valueStream()
                .map(m -> m.at("/movement").asString() + " " + m.at("/amount").asString()))
                .containsExactly("DEPOSITED 4.00", "CORRECTED_OUT -4.00", "CORRECTED_IN 3.50",
                        "REVOKED -3.50");
        assertThat(statement.text("/movements/3/reason")).isEqualTo("成绩无效");
        assertThat(statement.text("/movements/3/happenedOn")).isEqualTo("2025-01-01");
        assertThat(statement.text("/movements/3/recordedAt")).startsWith("20");
        String balance = "/api/learners/" + learner + "/balance?on=";
        assertThat(bank.as("registrar").get(balance + "2024-12-31")
                .text("/pools/0/available")).isEqualTo("3.50");
        assertThat(bank.as("registrar").get(balance + "2025-01-01")
                .text("/pools/0/revoked")).isEqualTo("3.50");
    }

    @Test
    void revoked_evidence_can_be_recorded_anew() {
        String learner = newLearner();
        record(learner, course("A-1", "4.00", "2024-06-30"));
        assertThat(record(learner, course("A-1", "4.00", "2024-06-30")).text("/code"))
                .isEqualTo("achievement-already-recorded");
        bank.as("college").post("/api/achievements/" + learner + "-1/revocation",
                "{\"reason\":\"记错人\"}");
        assertThat(record(learner, course("A-1", "4.00", "2024-06-30")).status())
                .isEqualTo(201);
    }

    @Test
    void an_institutions_records_come_newest_first_by_period_and_by_kind() {
        bank.register("records-school", "记录学校", "GENERAL", "SCHOOL");
        String learner = newLearner();
        String after = "";
        for (int year = 2020; year < 2025; year++) {
            after = bank.as("registrar").post("/api/learners/" + learner + "/outcomes", """
                    {"issuer":"records-school","kind":"%s","recordKey":"R-%d","title":"课 %d",
                     "credits":{"amount":"1","unit":"CN"},"happenedOn":"%d-06-30"}""".formatted(
                    year % 2 == 0 ? "COURSE" : "EXAM", year, year, year))
                    .header("Ledger-Position");
        }
        String address = "/api/institutions/records-school/records?after=" + after;
        assertThat(titles(address)).containsExactly("课 2024", "课 2023", "课 2022", "课 2021",
                "课 2020");
        assertThat(titles(address + "&kind=EXAM")).containsExactly("课 2023", "课 2021");
        assertThat(titles(address + "&from=2021-06-30&to=2022-06-30"))
                .containsExactly("课 2022", "课 2021");
        Answer first = bank.as("registrar").get(address + "&limit=2");
        assertThat(titles(address + "&limit=2&behind="
                + first.text("/next").replace("|", "%7C"))).containsExactly("课 2022", "课 2021");
    }

    @Test
    void a_cursor_from_outside_the_range_shows_nothing_of_others() {
        record(newLearner(), course("CUR-1", "1", "2024-06-30"));
        bank.register("aaa-school", "甲校", "GENERAL", "SCHOOL");
        bank.register("zzz-school", "乙校", "GENERAL", "SCHOOL");
        for (String cursor : List.of("zzzz", "zzz-school%7C", "~", "%EF%BF%BF")) {
            assertThat(bank.as("registrar").get("/api/institutions/aaa-school/records?behind="
                    + cursor).json().at("/records")).as(cursor).isEmpty();
        }
    }

    private List<String> titles(String address) {
        return bank.as("registrar").get(address).json().at("/records").valueStream()
                .map(r -> r.at("/title").asString()).toList();
    }

    @Test
    void anyone_can_ask_whether_a_certificate_stands_and_learns_nothing_of_the_person() {
        String learner = newLearner();
        String certificate = """
                {"recordKey":"C-%1$s","title":"数控车铣加工","level":"INTERMEDIATE",
                 "credits":{"amount":"6.00","unit":"CN"},"happenedOn":"2021-05-20",
                 "number":"CERT-%1$s"%2$s}""";
        String address = "/api/learners/" + learner + "/certificates";
        bank.as("evaluator").post(address, certificate.formatted("1", ""));
        bank.as("evaluator").post(address,
                certificate.formatted("2", ",\"validUntil\":\"2022-01-01\""));
        bank.as("evaluator").post(address, certificate.formatted("3", ""));
        String after = bank.as("evaluator").post(
                "/api/achievements/" + learner + "-3/revocation",
                "{\"reason\":\"替考\",\"effectiveOn\":\"2023-01-01\"}").header("Ledger-Position");
        String ask = "/api/certificates/evaluator/CERT-";
        Answer valid = bank.asAnyone().get(ask + "1?after=" + after);
        assertThat(valid.text("/status")).isEqualTo("VALID");
        assertThat(valid.text("/level")).isEqualTo("INTERMEDIATE");
        assertThat(valid.body()).doesNotContain("王小明").doesNotContain(learner)
                .doesNotContain("C-1");
        assertThat(valid.header("Cache-Control")).contains("no-store");
        assertThat(bank.asAnyone().get(ask + "2").text("/status")).isEqualTo("EXPIRED");
        Answer revoked = bank.asAnyone().get(ask + "3");
        assertThat(revoked.text("/status")).isEqualTo("REVOKED");
        assertThat(revoked.text("/revokedOn")).isEqualTo("2023-01-01");
        assertThat(revoked.body()).doesNotContain("替考");
        assertThat(bank.asAnyone().get(ask + "4").text("/status")).isEqualTo("UNKNOWN");
        assertThat(bank.asAnyone().get("/api/certificates/college/CERT-1").text("/status"))
                .isEqualTo("UNKNOWN");
    }

    @Test
    void a_certificate_typed_otherwise_is_the_same_certificate() {
        String learner = newLearner();
        String certificate = """
                {"recordKey":"TY-%s","title":"数控车铣加工","level":"INTERMEDIATE",
                 "happenedOn":"2021-05-20","number":"%s"}""";
        String address = "/api/learners/" + learner + "/certificates";
        assertThat(bank.as("evaluator").post(address, certificate.formatted("1", "Y/1234"))
                .status()).isEqualTo(201);
        int n = 2;
        for (String same : List.of("y/1234", "Ｙ／１２３４", "Y/1234\\u00a0", "Y/ 1234")) {
            assertThat(bank.as("evaluator").post(address, certificate.formatted(n++, same))
                    .text("/code")).as(same).isEqualTo("achievement-already-recorded");
        }
        assertThat(bank.as("evaluator").post(address, certificate.formatted("9", "Y/1234\\ufe0f"))
                .text("/code")).isEqualTo("text-has-control-characters");
        assertThat(bank.asAnyone().get("/api/certificates/evaluator?number=y/1234&after="
                + (bank.as("auditor").get("/api/ledger/entries").json().at("/size").asLong() - 1))
                .text("/status")).isEqualTo("VALID");
    }

    @Test
    void a_diploma_number_is_taken_apart_and_stands_once_in_the_country() {
        String learner = newLearner();
        String diploma = """
                {"recordKey":"%s","title":"毕业证书","happenedOn":"2021-07-01",
                 "number":"100011202105000001"}""";
        String address = "/api/learners/" + learner + "/diplomas";
        String after = bank.as("college").post(address, diploma.formatted("DP-1"))
                .header("Ledger-Position");
        Answer one = bank.as("college").get(
                "/api/achievements/" + learner + "-1?after=" + after);
        assertThat(one.text("/level")).isEqualTo("BACHELOR");
        assertThat(one.text("/studyForm")).isEqualTo("REGULAR");
        Answer again = bank.as("evaluator").post(address, diploma.formatted("DP-2"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/code")).isEqualTo("achievement-already-recorded");
        assertThat(again.text("/position")).isEqualTo(after);
        assertThat(again.text("/institution")).isEqualTo("college");
        assertThat(bank.as("college").post(address, diploma.formatted("DP-3")
                .replace("100011202105000001", "100019202105000001")).text("/code"))
                .isEqualTo("diploma-study-form-unknown");
    }

    @Test
    void what_else_the_issuer_states_is_read_with_its_types() {
        String learner = newLearner();
        Answer written = record(learner, """
                {"kind":"COMPETITION_AWARD","recordKey":"AT-1","title":"技能大赛",
                 "happenedOn":"2025-06-30","attributes":{"prize":"third","team-size":3,
                 "final-on":{"day":"2025-06-29"}}}""");
        JsonNode attributes = bank.as("college").get("/api/achievements/" + learner + "-1?after="
                + written.header("Ledger-Position")).json().at("/attributes");
        assertThat(attributes).hasToString("{\"prize\":{\"text\":\"third\"},"
                + "\"team-size\":{\"number\":\"3.00\"},"
                + "\"final-on\":{\"day\":\"2025-06-29\"}}");
        String plain = newLearner();
        written = record(plain, course("AT-2", "1", "2024-06-30"));
        assertThat(bank.as("college").get("/api/achievements/" + plain + "-1?after="
                + written.header("Ledger-Position")).body()).doesNotContain("attributes");
    }

    @Test
    void an_apprenticeship_names_school_and_employer_in_one_record() {
        String learner = newLearner();
        Answer written = record(learner, """
                {"kind":"APPRENTICESHIP","recordKey":"AP-1","title":"现代学徒制","hours":"480",
                 "coIssuer":"evaluator","happenedOn":"2025-06-30",
                 "credits":{"amount":"12","unit":"CN"}}""");
        assertThat(bank.as("college").get("/api/achievements/" + learner + "-1?after="
                + written.header("Ledger-Position")).text("/coIssuer")).isEqualTo("evaluator");
    }

    // ------------------------------------------------------------------ the same command again

    @Test
    void the_same_idempotency_key_with_the_same_content_has_one_effect_and_one_answer() {
        String learner = newLearner();
        String body = course("I-1", "2.00", "2024-06-30");
        String address = "/api/learners/" + learner + "/outcomes";
        Answer first = bank.as("college").header("Idempotency-Key", "k").post(address, body);
        Answer second = bank.as("college").header("Idempotency-Key", "k").post(address, body);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Ledger-Position"))
                .isEqualTo(first.header("Ledger-Position"));
        Answer other = bank.as("college").header("Idempotency-Key", "k")
                .post(address, course("I-2", "2.00", "2024-06-30"));
        assertThat(other.text("/id")).isEqualTo(learner + "-2");
    }

    @Test
    void opening_the_same_account_twice_with_one_key_opens_one() {
        String body = "{\"documentKind\":\"PASSPORT\",\"documentNumber\":\"SAME1\"}";
        Answer first = bank.as("college").header("Idempotency-Key", "o")
                .post("/api/learners", body);
        assertThat(bank.as("college").header("Idempotency-Key", "o")
                .post("/api/learners", body).body()).isEqualTo(first.body());
        Answer another = bank.as("evaluator").post("/api/learners", body);
        assertThat(another.status()).isEqualTo(409);
        assertThat(another.text("/code")).isEqualTo("person-already-has-account");
        assertThat(another.text("/position")).isEqualTo(first.text("/position"));
        assertThat(another.body()).doesNotContain("SAME1");
    }

    @Test
    void a_change_to_an_account_that_has_moved_on_is_refused_with_412() {
        String learner = newLearner();
        record(learner, course("E-1", "1", "2024-06-30"));
        String etag = bank.as("registrar").get("/api/learners/" + learner).header("ETag");
        assertThat(etag).isEqualTo("\"1\"");
        String address = "/api/learners/" + learner + "/outcomes";
        assertThat(bank.as("college").header("If-Match", etag)
                .post(address, course("E-2", "1", "2024-06-30")).header("ETag"))
                .isEqualTo("\"2\"");
        Answer stale = bank.as("college").header("If-Match", etag)
                .post(address, course("E-3", "1", "2024-06-30"));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.text("/code")).isEqualTo("version-mismatch");
        assertThat(bank.as("college").header("If-Match", "weird")
                .post(address, course("E-3", "1", "2024-06-30")).status()).isEqualTo(422);
    }

    // ------------------------------------------------------------------ who may

    @ParameterizedTest
    @ValueSource(strings = {"/api/institutions", "/api/institutions/college/suspension",
        "/api/institutions/college/reinstatement", "/api/learners",
        "/api/learners/0000000000000000/outcomes", "/api/learners/0000000000000000/diplomas",
        "/api/learners/0000000000000000/certificates", "/api/learners/0000000000000000/identity",
        "/api/learners/0000000000000000/restriction", "/api/learners/0000000000000000/erasure",
        "/api/learners/0000000000000000/restriction/lifting", "/api/views/achievements/rebuild",
        "/api/rulebooks", "/api/rulebooks/x/1/approval", "/api/rulebooks/x/1/supersession",
        "/api/rulebooks/x/1/withdrawal", "/api/programmes", "/api/programmes/x/revision",
        "/api/programmes/x/closure", "/api/learners/0000000000000000/enrolments",
        "/api/learners/0000000000000000/recognitions",
        "/api/learners/0000000000000000/redemptions", "/api/enrolments/x/move",
        "/api/enrolments/x/withdrawal", "/api/enrolments/x/graduation",
        "/api/recognitions/x/withdrawal", "/api/redemptions/x/reversal",
        "/api/agreements", "/api/agreements/x/acceptance", "/api/agreements/x/end",
        "/api/achievements/0000000000000000-1/correction", "/api/imports",
        "/api/achievements/0000000000000000-1/revocation"})
    void auditors_and_learners_write_nothing_and_strangers_are_asked_who_they_are(String address) {
        for (String user : List.of("auditor", "stranger")) {
            Answer answer = bank.as(user).post(address, "{}");
            assertThat(answer.status()).as(user).isEqualTo(403);
            assertThat(answer.text("/code")).isEqualTo("not-for-your-role");
        }
        Answer anyone = bank.asAnyone().post(address, "{}");
        assertThat(anyone.status()).isEqualTo(401);
        assertThat(anyone.text("/code")).isEqualTo("not-signed-in");
    }

    @Test
    void an_institution_writes_only_as_itself_and_mends_only_what_it_recorded() {
        String learner = newLearner();
        Answer asAnother = bank.as("evaluator").post("/api/learners/" + learner + "/outcomes",
                course("N-1", "1", "2024-06-30").replace("{\"kind\"",
                        "{\"issuer\":\"college\",\"kind\""));
        assertThat(asAnother.status()).isEqualTo(403);
        assertThat(asAnother.text("/code")).isEqualTo("not-your-institution");
        record(learner, course("N-2", "1", "2024-06-30"));
        assertThat(bank.as("evaluator").post("/api/achievements/" + learner + "-1/revocation",
                "{\"reason\":\"不喜欢\"}").text("/code")).isEqualTo("not-your-institution");
        assertThat(bank.as("evaluator").get("/api/institutions/college/records").status())
                .isEqualTo(403);
        assertThat(bank.as("college").get("/api/learners/" + learner + "/balance").status())
                .isEqualTo(403);
    }

    @Test
    void a_learner_reads_only_their_own_account() {
        String learner = newLearner();
        for (String part : List.of("", "/balance", "/statement")) {
            Answer answer = bank.as("stranger").get("/api/learners/" + learner + part);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text("/code")).isEqualTo("not-your-account");
        }
        assertThat(bank.as("stranger").get("/api/achievements/" + learner + "-1").status())
                .isEqualTo(403);
    }

    @Test
    void a_suspended_institution_records_nothing_until_it_is_reinstated() {
        String learner = newLearner();
        bank.register("suspended-school", "暂停学校", "GENERAL", "SCHOOL");
        String reason = "{\"reason\":\"检查未通过\"}";
        String body = course("X-1", "1", "2024-06-30")
                .replace("{\"kind\"", "{\"issuer\":\"suspended-school\",\"kind\"");
        String address = "/api/learners/" + learner + "/outcomes";
        assertThat(bank.as("registrar").post("/api/institutions/suspended-school/suspension",
                reason).status()).isEqualTo(201);
        assertThat(bank.as("registrar").post(address, body).text("/code"))
                .isEqualTo("institution-suspended");
        bank.as("suspended-school").post("/api/learners", """
                {"documentKind":"PASSPORT","documentNumber":"SUSPENDED1"}""")
                .assertRefused(409, "institution-suspended");
        bank.as("registrar").post("/api/institutions/suspended-school/reinstatement", reason);
        assertThat(bank.as("registrar").post(address, body).status()).isEqualTo(201);
    }

    // ------------------------------------------------------------------ personal data

    @Test
    void a_restricted_account_shows_nothing_personal_and_takes_nothing_until_it_is_lifted() {
        String learner = newLearner();
        String account = "/api/learners/" + learner;
        bank.as("evaluator").post(account + "/certificates", """
                {"recordKey":"RS-KEY","title":"老年照护","level":"ELEMENTARY","number":"RS-CERT",
                 "happenedOn":"2021-05-20"}""");
        assertThat(bank.as("registrar").get(account).text("/name")).isEqualTo("王小明");
        assertThat(bank.as("evaluator").get("/api/achievements/" + learner + "-1").body())
                .contains("RS-KEY", "RS-CERT");
        String after = bank.as("registrar").post(account + "/restriction",
                "{\"reason\":\"本人要求\"}").header("Ledger-Position");
        Answer restricted = bank.as("registrar").get(account + "?after=" + after);
        assertThat(restricted.text("/status")).isEqualTo("RESTRICTED");
        assertThat(restricted.body()).doesNotContain("王小明");
        assertThat(bank.as("evaluator").get("/api/achievements/" + learner + "-1").body())
                .contains("老年照护").doesNotContain("RS-KEY").doesNotContain("RS-CERT");
        assertThat(bank.asAnyone().get("/api/certificates/evaluator/RS-CERT").text("/status"))
                .isEqualTo("RESTRICTED");
        assertThat(record(learner, course("Z-1", "1", "2024-06-30")).text("/code"))
                .isEqualTo("account-restricted");
        bank.as("registrar").post(account + "/restriction/lifting", "{\"reason\":\"本人同意\"}");
        assertThat(record(learner, course("Z-1", "1", "2024-06-30")).status()).isEqualTo(201);
    }

    @Test
    void an_identity_is_corrected_and_the_old_document_is_free_again() {
        String learner = bank.open("WRONG1");
        Answer corrected = bank.as("registrar").post("/api/learners/" + learner + "/identity", """
                {"identity":{"name":"王晓明","documentKind":"RESIDENT_ID",
                 "documentNumber":"11010519491231002X"},"reason":"护照号登记错误"}""");
        assertThat(corrected.status()).isEqualTo(201);
        Answer account = bank.as("registrar").get("/api/learners/" + learner + "?after="
                + corrected.header("Ledger-Position"));
        assertThat(account.text("/name")).isEqualTo("王晓明");
        assertThat(account.text("/documentNumber")).isEqualTo("11010519491231002X");
        assertThat(bank.open("WRONG1")).isNotEqualTo(learner).isNotEmpty();
    }

    @Test
    void erasing_destroys_what_is_personal_and_frees_the_person_but_keeps_the_facts() {
        String learner = bank.open("ERASE1");
        bank.as("evaluator").post("/api/learners/" + learner + "/certificates", """
                {"recordKey":"ER-1","title":"老年照护","level":"ELEMENTARY","number":"ER-CERT",
                 "credits":{"amount":"6.00","unit":"CN"},"happenedOn":"2021-05-20"}""");
        Answer erased = bank.as("registrar").post("/api/learners/" + learner + "/erasure",
                "{\"reason\":\"本人要求清除\"}");
        assertThat(erased.status()).isEqualTo(201);
        String after = "?after=" + erased.header("Ledger-Position");
        Answer account = bank.as("registrar").get("/api/learners/" + learner + after);
        assertThat(account.text("/status")).isEqualTo("ERASED");
        assertThat(account.body()).doesNotContain("王小明").doesNotContain("ERASE1");
        assertThat(bank.as("registrar").get("/api/learners/" + learner + "/balance")
                .text("/pools/0/available")).isEqualTo("6.00");
        assertThat(bank.asAnyone().get("/api/certificates/evaluator/ER-CERT").text("/status"))
                .isEqualTo("ERASED");
        assertThat(bank.as("evaluator").get("/api/achievements/" + learner + "-1").body())
                .doesNotContain("ER-1").doesNotContain("ER-CERT");
        assertThat(bank.as("evaluator").post("/api/learners/" + learner + "/certificates", """
                {"recordKey":"ER-2","title":"老年照护","level":"ELEMENTARY","number":"ER-C2",
                 "happenedOn":"2021-05-20"}""").text("/code")).isEqualTo("account-erased");
        assertThat(bank.open("ERASE1")).isNotEqualTo(learner).isNotEmpty();
    }

    // ------------------------------------------------------------------ auditors

    @Test
    void auditors_read_entries_as_they_are_stored_and_the_books_balance() {
        Answer page = bank.as("auditor").get("/api/ledger/entries?from=1&limit=1");
        assertThat(page.text("/entries/0/position")).isEqualTo("1");
        assertThat(page.text("/entries/0/entry/type")).isEqualTo("institution.registered");
        assertThat(page.text("/next")).isEqualTo("2");
        bank.as("auditor").get("/api/books").json().at("/institutions").forEach(line ->
                assertThat(line.at("/recorded").asDecimal()).isEqualByComparingTo(
                        line.at("/available").asDecimal().add(line.at("/expired").asDecimal())
                                .add(line.at("/revoked").asDecimal())));
        assertThat(bank.as("college").get("/api/books").status()).isEqualTo(403);
    }

    @Test
    void books_of_a_day_count_what_a_balance_of_that_day_counts() {
        String after = record(newLearner(), course("BD-1", "2.00", "1990-06-30"))
                .header("Ledger-Position");
        String books = "/api/books?after=" + after + "&on=";
        assertThat(bank.as("auditor").get(books + "1990-06-29").json().at("/institutions"))
                .isEmpty();
        Answer on = bank.as("auditor").get(books + "1990-06-30");
        assertThat(on.text("/institutions/0/recorded")).isEqualTo("2.00");
        assertThat(on.text("/total/0/available")).isEqualTo("2.00");
        assertThat(on.text("/total/0/achievements")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"institutions", "rulebooks", "programmes", "accounts", "achievements"})
    void a_projection_made_anew_in_the_open_bank_answers_the_same(String projection) {
        long last = bank.as("auditor").get("/api/ledger/entries").json().at("/size").asLong() - 1;
        String before = bank.as("auditor").get("/api/books?after=" + last).json().at("/total")
                .toString();
        Answer rebuilt =
                bank.as("registrar").post("/api/views/" + projection + "/rebuild", "");
        assertThat(rebuilt.status()).isEqualTo(200);
        assertThat(bank.as("auditor").get("/api/books").json().at("/total").toString()).isEqualTo(before);
        assertThat(record(newLearner(), course("RB-" + projection, "1", "2024-06-30")).status())
                .isEqualTo(201);
    }

    // ------------------------------------------------------------------ bad input

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "`{\"kind\":\"COURSE\"`;400;body-malformed",
        "`[]`;400;body-malformed",
        "`{\"colour\":\"red\"}`;400;field-unknown",
        "`{\"kind\":\"COURSE\",\"kind\":\"EXAM\"}`;400;body-malformed",
        "`{}`;422;required",
        "`{\"kind\":\"HOBBY\"}`;422;choice-unknown"})
    void a_body_that_cannot_be_read_is_refused_with_what_was_expected(
            String body, int status, String code) {
        Answer answer = record(newLearner(), body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.text("/detail")).isNotEmpty();
        assertThat(answer.text("/remedy")).isNotEmpty();
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "-1,CN,2024-06-30,amount-negative,credits.amount",
        "0.001,CN,2024-06-30,amount-too-many-decimals,credits.amount",
        "1000000.01,CN,2024-06-30,amount-too-large,credits.amount",
        "1e3,CN,2024-06-30,number-malformed,credits.amount",
        "four,CN,2024-06-30,number-malformed,credits.amount",
        "1,XYZ,2024-06-30,credit-unit-unknown,credits.unit",
        "1,CN,2999-01-01,date-in-future,happenedOn",
        "1,CN,1899-12-31,date-too-early,happenedOn",
        "1,CN,30.6.2024,date-malformed,happenedOn"})
    void a_value_that_cannot_be_is_refused_with_its_field(
            String amount, String unit, String on, String code, String field) {
        Answer answer = record(newLearner(), course("V-1", amount, on)
                .replace("\"CN\"", "\"" + unit + "\""));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.text("/field")).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/indicators/public/training?regoin=210600,regoin",
        "/api/institutions?limit=5&From=2024-01-01,From",
        "/api/me?x,x"})
    void what_an_address_does_not_ask_for_is_refused_as_an_unknown_field_is(
            String address, String field) {
        Answer answer = bank.as("college").get(address);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo("field-unknown");
        assertThat(answer.text("/field")).isEqualTo(field);
        assertThat(answer.text("/detail")).contains(field);
    }

    @Test
    void what_libraries_serve_may_be_asked_for_with_anything() {
        assertThat(bank.as("college").get("/v3/api-docs?x=1").status()).isEqualTo(200);
        assertThat(bank.as("college").get("/swagger-ui/index.html?x=1").status()).isEqualTo(200);
    }

    @Test
    void a_correction_without_what_is_to_be_corrected_is_refused_with_its_field() {
        String learner = newLearner();
        record(learner, course("NC-1", "1", "2024-06-30"));
        Answer correction = bank.as("college").post("/api/achievements/" + learner
                + "-1/correction", "{\"reason\":\"无\"}");
        assertThat(correction.status()).isEqualTo(422);
        assertThat(correction.text("/field")).isEqualTo("achievement");
        Answer identity = bank.as("registrar").post("/api/learners/" + learner + "/identity",
                "{\"reason\":\"无\"}");
        assertThat(identity.text("/field")).isEqualTo("identity");
    }

    @Test
    void what_http_itself_refuses_has_words_and_a_remedy_too() {
        Answer date = bank.as("registrar").header("Accept-Language", "zh")
                .get("/api/learners/" + newLearner() + "/balance?on=yesterday");
        assertThat(date.status()).isEqualTo(422);
        assertThat(date.text("/code")).isEqualTo("date-malformed");
        assertThat(date.text("/field")).isEqualTo("on");
        assertThat(date.text("/title")).isEqualTo("内容不合要求");
        assertThat(date.text("/remedy")).isNotEmpty();
        assertThat(bank.as("registrar").post("/api/views/nothing/rebuild", "").text("/code"))
                .isEqualTo("projection-unknown");
        assertThat(bank.asAnyone().header("Authorization", "Basic eDp5").get("/api/me")
                .text("/detail")).contains("wrong");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/books?on=abc,date-malformed,on",
        "/api/books?on=%2B12024-01-01,date-malformed,on",
        "/api/books?after=last,whole-number-malformed,after",
        "/api/ledger/entries?from=-1,whole-number-malformed,from",
        "/api/institutions?limit=many,whole-number-malformed,limit",
        "/api/institutions/test-college/records?kind=HOBBY,choice-unknown,kind"})
    void a_parameter_that_cannot_be_read_is_named(String address, String code, String field) {
        Answer answer = bank.as("registrar").get(address);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.text("/field")).isEqualTo(field);
        assertThat(answer.text("/detail")).startsWith(field + ": expected");
    }

    @Test
    void a_body_that_is_not_json_is_refused_with_its_place() {
        Answer answer = record(newLearner(), "{\"kind\":\"COURSE\",\n \"title\" 机械制图}");
        assertThat(answer.text("/code")).isEqualTo("body-malformed");
        assertThat(answer.text("/line")).isEqualTo("2");
        assertThat(answer.text("/column")).isNotEmpty();
        assertThat(answer.text("/detail")).contains("line 2, column ");
    }

    @Test
    void a_word_that_is_not_there_is_refused_with_those_there_are() {
        Answer answer = record(newLearner(), "{\"kind\":\"HOBBY\"}");
        assertThat(answer.text("/known")).startsWith("COURSE, ");
        assertThat(answer.text("/detail")).contains("one of COURSE, ");
        assertThat(answer.json().has("rule")).isFalse();
    }

    @Test
    void an_id_that_is_no_id_is_refused_with_the_form_that_ids_have() {
        Answer answer = bank.as("registrar").post("/api/institutions", """
                {"id":"My College","name":"我的学院","sector":"ADULT","kind":"COLLEGE"}""");
        assertThat(answer.text("/code")).isEqualTo("institution-id-malformed");
        assertThat(answer.text("/detail")).contains("lower-case letters and digits");
    }

    @Test
    void where_the_same_evidence_stands_is_a_number_and_the_key_is_named_in_words() {
        String learner = newLearner();
        record(learner, course("TW-1", "1", "2024-06-30"));
        Answer answer = bank.as("college").header("Accept-Language", "zh").post("/api/learners/"
                + learner + "/outcomes", course("TW-1", "2", "2024-06-30"));
        assertThat(answer.json().at("/position").isNumber()).isTrue();
        assertThat(answer.text("/detail")).contains("记录编号").doesNotContain("record");
    }

    @Test
    void texts_that_are_too_long_or_hide_characters_are_refused() {
        String learner = newLearner();
        assertThat(record(learner, course("L-1", "1", "2024-06-30")
                .replace("机械制图", "长".repeat(201))).text("/code")).isEqualTo("text-too-long");
        assertThat(record(learner, course("L-1", "1", "2024-06-30")
                .replace("机械制图", "a\\u202eb")).text("/code"))
                .isEqualTo("text-has-control-characters");
    }

    @Test
    void unknown_learners_institutions_and_achievements_are_named() {
        assertThat(record("7K3M9Q2HX4T8W1ZC", course("U-1", "1", "2024-06-30")).text("/code"))
                .isEqualTo("learner-unknown");
        assertThat(record("nobody", course("U-1", "1", "2024-06-30")).text("/code"))
                .isEqualTo("id-malformed");
        assertThat(bank.as("registrar").post("/api/learners/" + newLearner() + "/outcomes",
                course("U-1", "1", "2024-06-30").replace("{\"kind\"",
                        "{\"issuer\":\"nowhere\",\"kind\"")).text("/code"))
                .isEqualTo("institution-unknown");
        assertThat(bank.as("registrar").get("/api/institutions/nowhere").status())
                .isEqualTo(404);
        assertThat(bank.as("college").post("/api/achievements/" + newLearner()
                + "-7/revocation", "{\"reason\":\"无\"}").text("/code"))
                .isEqualTo("achievement-unknown");
    }

    @Test
    void a_read_beyond_the_end_of_the_ledger_says_so_at_once() {
        Answer answer = bank.as("auditor").get("/api/books?after=999999");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("/code")).isEqualTo("views-behind");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(bank.as("auditor").get("/api/ledger/entries?limit=0").text("/code"))
                .isEqualTo("limit-out-of-range");
        assertThat(bank.as("auditor").get("/api/ledger/entries?from=-1").status())
                .isEqualTo(422);
    }

    @Test
    void a_refusal_speaks_chinese_to_who_asks_in_chinese() {
        Answer answer = bank.as("college").header("Accept-Language", "zh-CN,en;q=0.5")
                .post("/api/learners", "{\"documentKind\":\"RESIDENT_ID\","
                        + "\"documentNumber\":\"110105194912310021\"}");
        assertThat(answer.text("/detail")).contains("校验码");
        assertThat(answer.body()).doesNotContain("110105194912310021");
    }

    @Test
    void an_institution_is_registered_once_and_its_organisation_code_checked() {
        String institution = """
                {"id":"%s","name":"代码学院","sector":"ADULT","kind":"COLLEGE",
                 "organisationCode":"%s"}""";
        assertThat(bank.as("registrar").post("/api/institutions",
                institution.formatted("coded", "91350100M000100Y4Z")).text("/code"))
                .isEqualTo("organisation-code-malformed");
        assertThat(bank.as("registrar").post("/api/institutions",
                institution.formatted("coded", "91350100M000100Y44")).text("/code"))
                .isEqualTo("organisation-code-check-character");
        assertThat(bank.as("registrar").post("/api/institutions",
                institution.formatted("coded", "91350100M000100Y43")).status()).isEqualTo(201);
        assertThat(bank.as("registrar").post("/api/institutions",
                institution.formatted("coded", "91350100M000100Y43")).text("/code"))
                .isEqualTo("institution-already-registered");
        assertThat(bank.as("registrar").post("/api/institutions",
                institution.formatted("coded-2", "91350100M000100Y43")).text("/code"))
                .isEqualTo("organisation-code-already-registered");
    }
}
