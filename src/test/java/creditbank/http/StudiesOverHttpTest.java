package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.http.BankOverHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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

/**
 * Every test has a learner of its own, with an intermediate certificate of the evaluator (evidence
 * 1), an elementary one (2) and the college's own course ME102 (3). The college's programme takes
 * ME101 and ME102, four credits each.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class StudiesOverHttpTest {

    private static final String RULES = """
            rulebook: college-certificates
            version: 1
            jurisdiction: {institution: college}
            title: {zh: 证书学分认定, en: Credits for certificates}
            source: {title: Rules of a college, mark: P}
            in-force: {from: 2020-01-01}
            unit: CN
            scales: {level: [ELEMENTARY, INTERMEDIATE, ADVANCED]}
            clauses:
              - id: intermediate
                summary: {zh: 中级以上证书可替代课程, en: An intermediate certificate replaces a course}
                selects: {evidence: {kind: SKILL_CERTIFICATE, level: {at-least: INTERMEDIATE}}, target: {kind: course}}
                awards: {credits: target}
            """;
    private static final String PLAN = """
            {"title":{"zh":"机电一体化技术","en":"Mechatronics"},"institution":"college",
             "sector":"VOCATIONAL","level":"ASSOCIATE","unit":"CN","credits":"8.00",
             "courses":[{"code":"ME101","title":"机械制图","credits":"4.00"},
                        {"code":"ME102","title":"电工基础","credits":"4.00"}]}""";
    private static final String REASON = "{\"reason\":\"核查后更正\"}";

    @TempDir
    static Path folder;

    private final AtomicInteger number = new AtomicInteger();
    private BankOverHttp bank;
    /** The account of the user {@code student}. */
    private String student = "";

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.registerInstitutions();
        bank.as("registrar").post("/api/rulebooks", "application/yaml",
                RULES.getBytes(StandardCharsets.UTF_8));
        bank.as("approver").post("/api/rulebooks/college-certificates/1/approval", "");
        bank.as("college").post("/api/programmes",
                "{\"id\":\"mechatronics\",\"plan\":" + PLAN + "}").made();
        student = learner();
        bank.addLearner("student", student);
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private String learner() {
        int n = number.incrementAndGet();
        String learner = bank.open("STUDIES" + n);
        String certificate = """
                {"recordKey":"X-%1$s","title":"数控车铣加工","level":"%2$s","number":"X-%1$s",
                 "credits":{"amount":"6.00","unit":"CN"},"happenedOn":"2023-05-20"}""";
        String certificates = "/api/learners/" + learner + "/certificates";
        bank.as("evaluator").post(certificates,
                certificate.formatted(n + "-1", "INTERMEDIATE")).made();
        bank.as("evaluator").post(certificates,
                certificate.formatted(n + "-2", "ELEMENTARY")).made();
        bank.as("college").post("/api/learners/" + learner + "/outcomes", """
                {"kind":"COURSE","recordKey":"C-%d","title":"电工基础","subject":"ME102",
                 "credits":{"amount":"4.00","unit":"CN"},"happenedOn":"2024-01-15"}"""
                .formatted(n)).made();
        return learner;
    }

    private static String enrolment(String more) {
        return """
                {"programme":{"id":"mechatronics","version":1},"on":"2023-09-01"%s}"""
                .formatted(more);
    }

    private String enrolled(String learner) {
        Answer enrolled = bank.as("college").post(
                "/api/learners/" + learner + "/enrolments", enrolment("")).made();
        // Views may be read once they have it.
        return read("college", "/api/enrolments/" + enrolled.text("/id"), enrolled).text("/id");
    }

    /** Certificate 1 towards ME101, and certificate 2 towards ME102. */
    private static String application(String enrolment) {
        String learner = enrolment.substring(0, 16);
        return """
                {"enrolment":"%1$s","rulebook":{"id":"college-certificates","version":1},
                 "on":"2024-03-01",
                 "asked":[{"evidence":"%2$s-1","targets":["course/ME101"]},
                          {"evidence":"%2$s-2","targets":["course/ME102"]}]}"""
                .formatted(enrolment, learner);
    }

    private Answer recognised(String enrolment) {
        return bank.as("college").post("/api/learners/" + enrolment.substring(0, 16)
                + "/recognitions", application(enrolment)).made();
    }

    private Answer read(String user, String address, @Nullable Answer after) {
        Answer answer = bank.as(user).get(address + (after == null ? ""
                : (address.contains("?") ? "&" : "?") + "after="
                        + after.header("Ledger-Position")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** Available, reserved, redeemed and revoked in the vocational pool. */
    private String balance(String learner, Answer after) {
        Answer balance = read("registrar", "/api/learners/" + learner + "/balance", after);
        return String.join(" ", balance.text("/pools/0/available"),
                balance.text("/pools/0/reserved"), balance.text("/pools/0/redeemed"),
                balance.text("/pools/0/revoked"));
    }

    // ------------------------------------------------------------------ the way of studies

    @Test
    void a_learner_is_enrolled_by_the_school_and_stays_on_the_version_of_that_day() {
        String learner = learner();
        Answer written = bank.as("college").post("/api/learners/" + learner + "/enrolments",
                enrolment(",\"employer\":\"evaluator\"")).made();
        assertThat(written.header("Location")).isEqualTo("/api/enrolments/" + written.text("/id"));
        Answer one = read("college", "/api/enrolments/" + written.text("/id"), written);
        assertThat(one.text("/programme/id")).isEqualTo("mechatronics");
        assertThat(one.text("/programme/version")).isEqualTo("1");
        assertThat(one.text("/school")).isEqualTo("college");
        assertThat(one.text("/employer")).isEqualTo("evaluator");
        assertThat(one.text("/begunOn")).isEqualTo("2023-09-01");
        assertThat(one.text("/status")).isEqualTo("ACTIVE");
        assertThat(read("registrar", "/api/learners/" + learner + "/enrolments", null)
                .text("/enrolments/0/id")).isEqualTo(written.text("/id"));
        assertThat(read("college", "/api/institutions/college/enrolments", null).body())
                .contains(written.text("/id"));
        bank.as("college").post("/api/learners/" + learner + "/enrolments",
                enrolment("")).assertRefused(409, "already-enrolled");
    }

    @Test
    void a_decision_tells_every_yes_and_every_no_in_both_languages() {
        Answer written = recognised(enrolled(learner()));
        String address = "/api/recognitions/" + written.text("/id");
        assertThat(written.header("Location")).isEqualTo(address);
        Answer english = read("college", address, written);
        assertThat(english.text("/recognition/granted")).isEqualTo("1");
        assertThat(english.text("/recognition/refused")).isEqualTo("1");
        assertThat(english.text("/decision/rulebook/id")).isEqualTo("college-certificates");
        assertThat(english.text("/decision/on")).isEqualTo("2024-03-01");
        assertThat(english.text("/decision/granted/0/target")).isEqualTo("course/ME101");
        assertThat(english.text("/decision/granted/0/credits/amount")).as(english.body())
                .isEqualTo("4.00");
        assertThat(english.text("/decision/granted/0/clause/id")).isEqualTo("intermediate");
        assertThat(english.text("/decision/granted/0/clause/says"))
                .isEqualTo("An intermediate certificate replaces a course");
        assertThat(english.text("/decision/refused/0/code")).isEqualTo("NOT_AWARDED");
        assertThat(english.text("/decision/refused/0/why")).isNotBlank();
        assertThat(english.text("/decision/refused/0/remedy")).contains("level", "INTERMEDIATE");
        Answer chinese = bank.as("college").header("Accept-Language", "zh").get(address);
        assertThat(chinese.text("/decision/granted/0/clause/says"))
                .isEqualTo("中级以上证书可替代课程");
        assertThat(chinese.text("/decision/refused/0/why")).matches(".*\\p{IsHan}.*")
                .isNotEqualTo(english.text("/decision/refused/0/why"));
        assertThat(chinese.text("/decision/refused/0/remedy")).contains("INTERMEDIATE");
    }

    @Test
    void progress_is_two_figures_and_what_is_missing() {
        String learner = learner();
        String enrolment = enrolled(learner);
        String address = "/api/enrolments/" + enrolment + "/progress";
        Answer before = read("college", address, null);
        assertThat(before.text("/credits/found")).as(before.body()).isEqualTo("4.00");
        assertThat(before.text("/credits/needed")).isEqualTo("8.00");
        assertThat(before.text("/requirementsMet")).isEqualTo("1");
        assertThat(before.text("/requirements")).isEqualTo("2");
        assertThat(before.text("/complete")).isEqualTo("false");
        assertThat(before.text("/missing/0/target")).isEqualTo("course/ME101");
        bank.as("college").post("/api/enrolments/" + enrolment + "/graduation",
                "{}").assertRefused(409, "programme-not-complete");
        Answer after = read("college", address, recognised(enrolment));
        assertThat(after.text("/credits/found")).isEqualTo("8.00");
        assertThat(after.text("/requirementsMet")).isEqualTo("2");
        assertThat(after.text("/complete")).isEqualTo("true");
        assertThat(after.json().at("/missing")).isEmpty();
        assertThat(read("registrar", "/api/learners/" + learner + "/progress", null)
                .text("/progress/0/enrolment")).isEqualTo(enrolment);
    }

    @Test
    void credits_go_from_available_to_reserved_to_redeemed_and_back() {
        String learner = learner();
        String enrolment = enrolled(learner);
        Answer recognised = recognised(enrolment);
        assertThat(balance(learner, recognised)).isEqualTo("10.00 6.00 0.00 0.00");
        Answer graduated = bank.as("college").post(
                "/api/enrolments/" + enrolment + "/graduation", "{}").made();
        String redemption = "/api/redemptions/" + graduated.text("/id");
        assertThat(graduated.header("Location")).isEqualTo(redemption);
        assertThat(balance(learner, graduated)).isEqualTo("6.00 0.00 10.00 0.00");
        assertThat(read("college", "/api/enrolments/" + enrolment, graduated).text("/status"))
                .isEqualTo("GRADUATED");
        assertThat(read("college", redemption, null).text("/redemption/status")).isEqualTo("STANDING");
        Answer reversed = bank.as("college").post(redemption + "/reversal", REASON).made();
        assertThat(balance(learner, reversed)).isEqualTo("10.00 6.00 0.00 0.00");
        assertThat(read("college", redemption, reversed).text("/redemption/status"))
                .isEqualTo("REVERSED");
        assertThat(read("college", "/api/enrolments/" + enrolment, null).text("/status"))
                .isEqualTo("ACTIVE");
        bank.as("college").post(redemption + "/reversal", REASON)
                .assertRefused(409, "redemption-reversed");
    }

    @Test
    void a_diploma_says_why_it_was_granted_and_nothing_that_was_said_of_the_learner() {
        String learner = learner();
        String enrolment = enrolled(learner);
        Answer recognised = recognised(enrolment);
        Answer graduated = bank.as("college").post(
                "/api/enrolments/" + enrolment + "/graduation", """
                {"request":{"application":"2026-31"},"learner":{"learner-group":"veteran"}}""")
                .made();
        String redemption = "/api/redemptions/" + graduated.text("/id");
        Answer one = read("registrar", redemption, graduated);
        assertThat(one.text("/diploma/enrolment")).as(one.body()).isEqualTo(enrolment);
        assertThat(one.text("/diploma/programme/version")).isEqualTo("1");
        assertThat(one.text("/diploma/counted/0/recognition"))
                .isEqualTo(recognised.text("/id"));
        assertThat(one.text("/diploma/counted/0/clause/says")).isNotBlank();
        assertThat(one.text("/diploma/counted/0/rulebook/id"))
                .isEqualTo(one.text("/diploma/judgements/0/rulebook/id"));
        assertThat(one.text("/diploma/judgements/0/engine")).isEqualTo("1");
        assertThat(one.text("/diploma/request/application/text")).isEqualTo("2026-31");
        assertThat(one.body()).doesNotContain("veteran", "ofLearner", "sealed");
        assertThat(read("registrar", "/api/learners/" + learner + "/redemptions", null).body())
                .contains("\"diploma\"").doesNotContain("veteran", "sealed");
        bank.as("college").post("/api/enrolments/" + enrolment + "/graduation", """
                {"learner":{"enrolled-on":"2020-01-01"}}""")
                .assertRefused(422, "attribute-name-reserved");
    }

    @Test
    void a_revoked_certificate_takes_back_what_it_was_recognised_for() {
        String learner = learner();
        String enrolment = enrolled(learner);
        Answer recognised = recognised(enrolment);
        Answer revoked = bank.as("evaluator").post(
                "/api/achievements/" + learner + "-1/revocation", REASON).made();
        Answer read = read("college", "/api/recognitions/" + recognised.text("/id"), revoked);
        assertThat(read.text("/recognition/withdrawn/0/achievement")).isEqualTo(learner + "-1");
        assertThat(read.text("/recognition/withdrawn/0/cause")).isEqualTo("REVOKED");
        assertThat(balance(learner, revoked)).isEqualTo("10.00 0.00 0.00 6.00");
        assertThat(read("college", "/api/enrolments/" + enrolment + "/progress", null)
                .text("/credits/found")).isEqualTo("4.00");
    }

    @Test
    void a_revoked_certificate_puts_the_diploma_that_rests_on_it_in_question() {
        String learner = learner();
        String enrolment = enrolled(learner);
        recognised(enrolment);
        Answer graduated = bank.as("college").post(
                "/api/enrolments/" + enrolment + "/graduation", "{}").made();
        Answer revoked = bank.as("evaluator").post(
                "/api/achievements/" + learner + "-1/revocation", REASON).made();
        Answer one = read("college", "/api/redemptions/" + graduated.text("/id"), revoked);
        assertThat(one.text("/redemption/status")).isEqualTo("STANDING");
        assertThat(one.text("/redemption/questioned/0/achievement")).isEqualTo(learner + "-1");
        assertThat(one.text("/redemption/questioned/0/cause")).isEqualTo("REVOKED");
        assertThat(read("auditor", "/api/redemptions", null).body())
                .contains(graduated.text("/id"));
        assertThat(bank.as("college").get("/api/redemptions").status()).isEqualTo(403);
    }

    @Test
    void a_revoked_certificate_that_opened_the_door_is_told_with_the_enrolments() {
        String learner = learner();
        String enrolments = "/api/learners/" + learner + "/enrolments";
        Answer enrolled = bank.as("college").post(enrolments,
                enrolment(",\"admission\":\"" + learner + "-1\"")).made();
        assertThat(read("registrar", enrolments, enrolled).json().at("/admissionsRevoked"))
                .isEmpty();
        Answer revoked = bank.as("evaluator").post(
                "/api/achievements/" + learner + "-1/revocation", REASON).made();
        Answer read = read("registrar", enrolments, revoked);
        assertThat(read.text("/admissionsRevoked/0")).isEqualTo(enrolled.text("/id"));
        assertThat(read.text("/enrolments/0/status")).isEqualTo("ACTIVE");
    }

    @Test
    void what_was_recognised_by_mistake_is_taken_back_with_a_reason() {
        String learner = learner();
        Answer recognised = recognised(enrolled(learner));
        String address = "/api/recognitions/" + recognised.text("/id") + "/withdrawal";
        String form = "{\"achievement\":\"" + learner + "-1\",\"reason\":\"认定有误\"}";
        Answer withdrawn = bank.as("college").post(address, form).made();
        assertThat(balance(learner, withdrawn)).isEqualTo("16.00 0.00 0.00 0.00");
        bank.as("college").post(address, form).assertRefused(409, "nothing-recognised");
    }

    @Test
    void a_learner_is_moved_to_another_version_and_leaves() {
        bank.as("college").post("/api/programmes",
                "{\"id\":\"moving\",\"plan\":" + PLAN + "}").made();
        bank.as("college").post("/api/programmes/moving/revision",
                "{\"replaces\":1,\"reason\":\"方案修订\",\"plan\":" + PLAN.replace(
                        "\"ME101\"", "\"ME201\"") + "}").made();
        String learner = learner();
        String enrolment = bank.as("college").post("/api/learners/" + learner
                + "/enrolments", enrolment("").replace("mechatronics", "moving")).made().text("/id");
        recognised(enrolment);
        Answer moved = bank.as("college").post("/api/enrolments/" + enrolment + "/move",
                "{\"programme\":{\"id\":\"moving\",\"version\":2},\"reason\":\"转入新方案\"}").made();
        assertThat(read("college", "/api/enrolments/" + enrolment, moved)
                .text("/programme/version")).isEqualTo("2");
        assertThat(balance(learner, moved)).isEqualTo("16.00 0.00 0.00 0.00");
        Answer left = bank.as("college").post(
                "/api/enrolments/" + enrolment + "/withdrawal", REASON).made();
        assertThat(read("college", "/api/enrolments/" + enrolment, left).text("/status"))
                .isEqualTo("WITHDRAWN");
        bank.as("college").post("/api/enrolments/" + enrolment + "/withdrawal",
                REASON).assertRefused(409, "enrolment-ended");
    }

    @Test
    void credits_are_used_for_a_certificate_and_no_more_than_there_are() {
        String learner = learner();
        String address = "/api/learners/" + learner + "/redemptions";
        String form = """
                {"purpose":{"certificate":"高级工"},"credits":{"amount":"%s","unit":"CN"}}""";
        Answer redeemed = bank.as("college").post(address, form.formatted("10.00")).made();
        assertThat(balance(learner, redeemed)).isEqualTo("6.00 0.00 10.00 0.00");
        assertThat(read("registrar", address, null).text("/redemptions/0/by"))
                .isEqualTo("college");
        bank.as("college").post(address, form.formatted("6.01"))
                .assertRefused(409, "credits-not-available");
    }

    // ------------------------------------------------------------------ what would be

    @Test
    void a_question_sees_at_once_that_a_rulebook_was_ended() {
        String rules = RULES.replace("rulebook: college-certificates", "rulebook: short-lived");
        bank.as("registrar").post("/api/rulebooks", "application/yaml",
                rules.getBytes(StandardCharsets.UTF_8));
        bank.as("approver").post("/api/rulebooks/short-lived/1/approval", "").made();
        String learner = learner();
        LocalDate today = LocalDate.now(bank.part(Bank.class).clock());
        String asked = """
                {"enrolment":"%s","rulebook":{"id":"short-lived","version":1},"on":"%s"}"""
                .formatted(enrolled(learner), today.plusDays(30));
        String address = "/api/learners/" + learner + "/what-if";
        assertThat(bank.as("college").post(address, asked).status()).isEqualTo(200);
        bank.as("registrar").post("/api/rulebooks/short-lived/1/withdrawal",
                "{\"until\":\"" + today + "\",\"reason\":\"停用\"}").made();
        bank.as("college").post(address, asked).assertRefused(409, "rulebook-not-in-force");
    }

    @Test
    void what_if_decides_for_any_day_and_writes_nothing() {
        String learner = learner();
        String enrolment = enrolled(learner);
        String size = read("auditor", "/api/ledger/entries", null).text("/size");
        String address = "/api/learners/" + learner + "/what-if";
        Answer later = bank.as("college").post(address, application(enrolment)
                .replace("2024-03-01", LocalDate.now().plusYears(3).toString()));
        assertThat(later.status()).as(later.body()).isEqualTo(200);
        assertThat(later.text("/granted/0/target")).isEqualTo("course/ME101");
        assertThat(later.text("/refused/0/why")).isNotBlank();
        Answer elsewhere = bank.as("registrar").post(address, """
                {"programme":{"id":"mechatronics","version":1},
                 "rulebook":{"id":"college-certificates","version":1}}""");
        assertThat(elsewhere.text("/granted/0/evidence")).as(elsewhere.body())
                .isEqualTo(learner + "-1");
        assertThat(read("auditor", "/api/ledger/entries", null).text("/size")).isEqualTo(size);
    }

    // ------------------------------------------------------------------ who may

    @Test
    void a_learner_reads_their_own_studies_and_writes_nothing() {
        String enrolment = enrolled(student);
        Answer recognised = recognised(enrolment);
        String own = "/api/learners/" + student;
        for (String address : List.of(own + "/enrolments", own + "/recognitions",
                own + "/redemptions", own + "/progress", "/api/enrolments/" + enrolment,
                "/api/enrolments/" + enrolment + "/progress",
                "/api/recognitions/" + recognised.text("/id"))) {
            read("student", address, recognised);
            bank.as("stranger").get(address).assertRefused(403, "not-your-account");
        }
        assertThat(bank.as("student").post(own + "/what-if", application(enrolment)).status())
                .isEqualTo(200);
        bank.as("stranger").post(own + "/what-if", application(enrolment))
                .assertRefused(403, "not-your-account");
        bank.as("student").post(own + "/recognitions", application(enrolment))
                .assertRefused(403, "not-for-your-role");
    }

    @Test
    void a_school_reads_and_decides_its_own_alone() {
        String learner = learner();
        String enrolment = enrolled(learner);
        Answer recognised = recognised(enrolment);
        read("college", "/api/enrolments/" + enrolment, recognised);
        for (String address : List.of("/api/enrolments/" + enrolment,
                "/api/enrolments/" + enrolment + "/progress",
                "/api/recognitions/" + recognised.text("/id"),
                "/api/institutions/college/enrolments",
                "/api/institutions/college/redemptions")) {
            bank.as("evaluator").get(address).assertRefused(403, "not-your-institution");
        }
        String account = "/api/learners/" + learner;
        bank.as("evaluator").post(account + "/enrolments", enrolment(""))
                .assertRefused(403, "not-your-institution");
        bank.as("evaluator").post(account + "/enrolments",
                enrolment(",\"school\":\"college\"")).assertRefused(403, "not-your-institution");
        bank.as("evaluator").post(account + "/recognitions",
                application(enrolment)).assertRefused(403, "not-your-institution");
        bank.as("evaluator").post(account + "/what-if", application(enrolment))
                .assertRefused(403, "not-your-institution");
        for (String step : List.of("/withdrawal", "/graduation")) {
            bank.as("evaluator").post("/api/enrolments/" + enrolment + step,
                    step.equals("/graduation") ? "{}" : REASON)
                    .assertRefused(403, "not-your-institution");
        }
        Answer graduated = bank.as("registrar").post("/api/enrolments/" + enrolment
                + "/graduation", "{\"school\":\"college\"}").made();
        read("college", "/api/redemptions/" + graduated.text("/id"), graduated);
        bank.as("evaluator").get("/api/redemptions/" + graduated.text("/id"))
                .assertRefused(403, "not-your-institution");
        bank.as("evaluator").post("/api/redemptions/" + graduated.text("/id")
                + "/reversal", REASON).assertRefused(403, "not-your-institution");
    }

    // ------------------------------------------------------------------ sent twice

    @Test
    void a_command_sent_twice_has_one_effect_and_the_first_answer() {
        String enrolment = enrolled(learner());
        String address = "/api/learners/" + enrolment.substring(0, 16) + "/recognitions";
        Answer first = bank.as("college").header("Idempotency-Key", "r")
                .post(address, application(enrolment)).made();
        Answer second = bank.as("college").header("Idempotency-Key", "r")
                .post(address, application(enrolment));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(read("registrar", address, second).json().at("/recognitions")).hasSize(1);
    }

    @Test
    void an_account_that_has_moved_on_is_refused_with_412() {
        String learner = learner();
        String etag = bank.as("registrar").get("/api/learners/" + learner).header("ETag");
        String enrolment = enrolled(learner);
        bank.as("college").header("If-Match", etag).post("/api/learners/" + learner
                + "/recognitions", application(enrolment)).assertRefused(412, "version-mismatch");
        assertThat(recognised(enrolment).header("ETag")).isEqualTo("\"5\"");
    }

    // ------------------------------------------------------------------ bad input

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "`\"enrolment\":\"ENROLMENT\",`;``;enrolment;required",
        "`\"ENROLMENT\"`;`\"x\"`;enrolment;id-malformed",
        "`\"version\":1`;`\"version\":0`;rulebook.version;id-malformed",
        "`,\"version\":1`;``;rulebook.version;required",
        "college-certificates;College;rulebook.id;id-malformed",
        "`\"course/ME102\"`;`\"module/ME102\"`;asked.1.targets.0;id-malformed",
        "`[\"course/ME102\"]`;`[]`;asked.1.targets;required",
        "2024-03-01;2999-01-01;on;date-in-future",
        "2024-03-01;1.3.2024;on;date-malformed",
        "`\"on\"`;`\"request\":{\"Kind\":1},\"on\"`;request;attribute-name-malformed",
        "`\"on\"`;`\"learner\":{\"kind\":null},\"on\"`;learner.kind;required"})
    void an_application_that_cannot_be_read_is_refused_with_its_field(
            String was, String is, String field, String code) {
        String enrolment = enrolled(learner());
        String form = application(enrolment);
        String bad = form.replace(was.replace("ENROLMENT", enrolment), is);
        assertThat(bad).isNotEqualTo(form);
        Answer refused = bank.as("college").post("/api/learners/" + enrolment.substring(0, 16)
                + "/recognitions", bad);
        refused.assertRefused(422, code);
        assertThat(refused.text("/field")).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({"enrolments, -e9, enrolment-unknown", "recognitions, -r9, recognition-unknown",
        "redemptions, -d9, redemption-unknown"})
    void what_is_not_there_is_named(String address, String number, String code) {
        Answer refused = bank.as("registrar").get("/api/" + address + "/" + student + number);
        refused.assertRefused(404, code);
        assertThat(refused.text("/detail")).contains(student + number);
    }
}
