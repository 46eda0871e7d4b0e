package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import java.nio.charset.StandardCharsets;
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

/**
 * The college's rulebook asks its college, its office of academic affairs, the issuer and the bank.
 * Every learner has an intermediate certificate of the evaluator (evidence 1) and an elementary one
 * (2), which is worth nothing.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class ApplicationsOverHttpTest {

    private static final String RULES = """
            rulebook: college-steps
            version: 1
            jurisdiction: {institution: college}
            title: {zh: 证书学分认定, en: Credits for certificates}
            source: {title: Rules of a college, mark: P}
            in-force: {from: 2020-01-01}
            unit: CN
            scales: {level: [ELEMENTARY, INTERMEDIATE, ADVANCED]}
            steps:
              - {id: college, by: school, summary: {zh: 学院审核, en: The college}, within: P10D}
              - {id: academic-affairs, by: school, summary: {zh: 教务处审核, en: Academic affairs}}
              - {id: issuer, by: issuer, summary: {zh: 颁发机构确认, en: The issuer}}
              - {id: bank, by: bank, summary: {zh: 学分银行审核, en: The bank}}
            appeal: {within: P15D}
            clauses:
              - id: intermediate
                summary: {zh: 中级以上证书可替代课程, en: An intermediate certificate replaces a course}
                selects: {evidence: {kind: SKILL_CERTIFICATE, level: {at-least: INTERMEDIATE}}, target: {kind: course}}
                awards: {credits: target}
            """;
    private static final String REASON = "{\"reason\":\"材料不全\"}";

    @TempDir
    static Path folder;

    private final AtomicInteger number = new AtomicInteger();
    private BankOverHttp bank;
    /** The account of the user {@code student}. */
    private String student = "";
    private String enrolment = "";

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.addColleague("colleague", "college");
        bank.registerInstitutions();
        bank.as("registrar").post("/api/rulebooks", "application/yaml",
                RULES.getBytes(StandardCharsets.UTF_8));
        bank.as("approver").post("/api/rulebooks/college-steps/1/approval", "").made();
        bank.as("college").post("/api/programmes", """
                {"id":"mechatronics","plan":{"title":{"zh":"机电一体化技术","en":"Mechatronics"},
                 "sector":"VOCATIONAL","unit":"CN","credits":"8.00",
                 "courses":[{"code":"ME101","title":"机械制图","credits":"4.00"},
                            {"code":"ME102","title":"电工基础","credits":"4.00"}]}}""").made();
        enrolment = enrolled();
        student = enrolment.substring(0, 16);
        bank.addLearner("student", student);
    }

    @AfterAll
    void close() {
        bank.close();
    }

    /** A new learner's studies. */
    private String enrolled() {
        int n = number.incrementAndGet();
        String learner = bank.open("APPLY" + n);
        for (String level : new String[] {"INTERMEDIATE", "ELEMENTARY"}) {
            bank.as("evaluator").post("/api/learners/" + learner + "/certificates", """
                    {"recordKey":"A-%1$d-%2$s","title":"数控车铣加工","level":"%2$s",
                     "number":"A-%1$d-%2$s","credits":{"amount":"6.00","unit":"CN"},
                     "happenedOn":"2023-05-20"}""".formatted(n, level)).made();
        }
        return bank.as("college").post("/api/learners/" + learner + "/enrolments", """
                {"programme":{"id":"mechatronics","version":1},"on":"2023-09-01"}""").made()
                .text("/id");
    }

    /** Certificate 1 towards ME101, and certificate 2, which is worth nothing, towards ME102. */
    private static String form(String enrolment) {
        return """
                {"enrolment":"%1$s","rulebook":{"id":"college-steps","version":1},
                 "asked":[{"evidence":"%2$s-1","targets":["course/ME101"]},
                          {"evidence":"%2$s-2","targets":["course/ME102"]}],
                 "learner":{"learner-group":"veteran"}}"""
                .formatted(enrolment, enrolment.substring(0, 16));
    }

    private Answer submitted(String user, String enrolment) {
        return bank.as(user).post("/api/learners/" + enrolment.substring(0, 16)
                + "/applications", form(enrolment)).made();
    }

    private Answer endorse(String user, String address) {
        return bank.as(user).post(address + "/endorsement", "{}");
    }

    private Answer read(String user, String address, Answer after) {
        Answer answer = bank.as(user).get(address + "?after=" + after.header("Ledger-Position"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static String address(Answer submitted) {
        return "/api/applications/" + submitted.text("/id");
    }

    private Answer atBank(Answer submitted) {
        endorse("college", address(submitted)).made();
        endorse("college", address(submitted)).made();
        return endorse("evaluator", address(submitted)).made();
    }

    @Test
    void whoever_decides_reads_what_the_evidence_is_and_whether_it_stands() {
        String enrolment = enrolled();
        String learner = enrolment.substring(0, 16);
        Answer submitted = submitted("college", enrolment);
        Answer read = read("college", address(submitted), submitted);
        assertThat(read.json().at("/evidence/0").toString()).isEqualTo("""
                {"id":"%s-1","kind":"SKILL_CERTIFICATE","issuer":"evaluator",\
                "title":"数控车铣加工","level":"INTERMEDIATE",\
                "credits":{"amount":"6.00","unit":"CN"},"happenedOn":"2023-05-20",\
                "stands":true}""".formatted(learner));
        assertThat(read.text("/evidence/1/id")).isEqualTo(learner + "-2");
        Answer revoked = bank.as("evaluator").post(
                "/api/achievements/" + learner + "-1/revocation", "{\"reason\":\"作弊\"}").made();
        assertThat(read("college", address(submitted), revoked).text("/evidence/0/stands"))
                .isEqualTo("false");
    }

    // ------------------------------------------------------------------ the four steps

    @Test
    void a_learner_applies_and_everybody_is_asked_in_turn() {
        Answer submitted = submitted("student", enrolment);
        String address = address(submitted);
        assertThat(submitted.header("Location")).isEqualTo(address);
        Answer waits = read("student", address, submitted);
        assertThat(waits.text("/application/standing")).isEqualTo("WAITING");
        assertThat(waits.text("/application/by")).isEqualTo("LEARNER");
        assertThat(waits.text("/application/turn/at")).isEqualTo("school/college");
        assertThat(waits.text("/application/turn/dueOn")).isNotEmpty();
        assertThat(waits.text("/application/overdue")).isEqualTo("false");
        assertThat(waits.text("/asked/0/evidence")).isEqualTo(student + "-1");
        bank.as("college").post("/api/learners/" + student + "/applications",
                form(enrolment)).assertRefused(409, "application-open");
        assertThat(read("college", "/api/work", submitted).body()).contains(submitted.text("/id"));
        assertThat(read("evaluator", "/api/work", submitted).body())
                .doesNotContain(submitted.text("/id"));
        endorse("evaluator", address).assertRefused(403, "not-your-step");
        endorse("registrar", address).assertRefused(403, "not-your-step");
        bank.as("evaluator").get(address).assertRefused(403, "not-your-institution");

        endorse("college", address).made();
        Answer atIssuer = endorse("college", address).made();
        assertThat(read("evaluator", "/api/work", atIssuer).text("/applications/0/turn/at"))
                .isEqualTo("issuer/evaluator");
        endorse("college", address).assertRefused(403, "not-your-step");
        Answer atBank = endorse("evaluator", address).made();
        assertThat(read("registrar", "/api/work", atBank).body()).contains(submitted.text("/id"));
        Answer preview = read("evaluator", address + "/preview", atBank);
        assertThat(preview.text("/decision/granted/0/target")).isEqualTo("course/ME101");
        assertThat(preview.text("/evidence/0/id")).isEqualTo(student + "-1");

        Answer approved = endorse("registrar", address).made();
        Answer after = read("student", address, approved);
        assertThat(after.text("/application/standing")).isEqualTo("APPROVED");
        assertThat(after.text("/application/appealUntil")).isNotEmpty();
        assertThat(after.json().at("/application/acts").valueStream()
                .map(move -> move.path("action").asString() + " " + move.path("at").asString("")))
                .containsExactly("SUBMITTED ", "ENDORSED school/college",
                        "ENDORSED school/college", "ENDORSED issuer/evaluator", "APPROVED bank");
        Answer decision = read("student", "/api/recognitions/"
                + after.text("/application/recognitions/0"), approved);
        assertThat(decision.text("/recognition/application")).isEqualTo(submitted.text("/id"));
        assertThat(decision.text("/recognition/granted")).isEqualTo("1");
        assertThat(decision.text("/recognition/refused")).isEqualTo("1");
        assertThat(read("registrar", "/api/work", approved).body())
                .doesNotContain(submitted.text("/id"));
        assertThat(read("student", "/api/learners/" + student + "/applications", approved)
                .text("/applications/0/id")).isEqualTo(submitted.text("/id"));
        assertThat(read("college", "/api/institutions/college/applications", approved).body())
                .contains(submitted.text("/id"));
    }

    @Test
    void what_is_returned_waits_for_the_learner_with_the_reason_and_goes_through_all_steps_anew() {
        Answer submitted = submitted("college", enrolled());
        String address = address(submitted);
        endorse("college", address).assertRefused(403, "submitted-by-yourself");
        endorse("colleague", address).made();
        Answer returned = bank.as("colleague").post(address + "/return", REASON).made();
        Answer read = read("registrar", address, returned);
        assertThat(read.text("/application/standing")).isEqualTo("RETURNED");
        assertThat(read.text("/application/by")).isEqualTo("SCHOOL");
        assertThat(read.text("/application/acts/2/reason")).isEqualTo("材料不全");
        endorse("college", address).assertRefused(409, "application-not-waiting");
        String learner = submitted.text("/id").substring(0, 16);
        String again = """
                {"rulebook":{"id":"college-steps","version":1},
                 "asked":[{"evidence":"%s-1","targets":["course/ME102"]}]}""".formatted(learner);
        Answer sent = bank.as("college").post(address + "/resubmission", again).made();
        Answer now = read("college", address, sent);
        assertThat(now.text("/application/turn/step")).isEqualTo("college");
        assertThat(now.text("/asked/0/targets/0")).isEqualTo("course/ME102");
        bank.as("college").post(address + "/resubmission", again)
                .assertRefused(409, "application-not-returned");
        bank.as("college").post(address + "/withdrawal", "").made();
        bank.as("college").post(address + "/withdrawal", "")
                .assertRefused(409, "application-decided");
    }

    @Test
    void a_learner_is_told_what_was_returned() {
        Answer submitted = submitted("student", enrolment);
        Answer returned = bank.as("college").post(address(submitted) + "/return", REASON).made();
        Answer work = read("student", "/api/work", returned);
        assertThat(work.body()).contains(submitted.text("/id"));
        bank.as("student").post(address(submitted) + "/withdrawal", "").made();
    }

    // ------------------------------------------------------------------ appeals

    @Test
    void an_appeal_is_decided_by_somebody_else_and_upheld_it_is_decided_anew() {
        Answer submitted = submitted("student", enrolment);
        String address = address(submitted);
        bank.as("student").post(address + "/appeal", REASON)
                .assertRefused(409, "nothing-to-appeal");
        atBank(submitted);
        bank.as("registrar").post(address + "/rejection", REASON).made();
        Answer appealed = bank.as("student").post(address + "/appeal", REASON).made();
        assertThat(read("approver", "/api/work", appealed).body()).contains("\"APPEALED\"");
        bank.as("registrar").post(address + "/appeal/upholding", REASON)
                .assertRefused(403, "decided-by-yourself");
        Answer upheld = bank.as("approver").post(address + "/appeal/upholding", REASON).made();
        assertThat(read("student", address, upheld).text("/application/turn/step"))
                .isEqualTo("bank");
        endorse("registrar", address).assertRefused(403, "decided-by-yourself");
        Answer approved = endorse("approver", address).made();
        assertThat(read("student", address, approved).text("/application/standing"))
                .isEqualTo("APPROVED");
        bank.as("student").post(address + "/appeal", REASON).made();
        Answer dismissed = bank.as("registrar").post(address + "/appeal/dismissal", REASON).made();
        assertThat(read("student", address, dismissed).text("/application/standing"))
                .isEqualTo("DISMISSED");
        bank.as("registrar").post(address + "/appeal/dismissal", REASON)
                .assertRefused(409, "application-not-appealed");
    }

    // ------------------------------------------------------------------ who may not

    @Test
    void nothing_is_recognised_at_once_where_steps_are_asked_for() {
        bank.as("college").post("/api/learners/" + student + "/recognitions",
                form(enrolment)).assertRefused(409, "application-needed");
    }

    @Test
    void evidence_of_one_issuer_is_named_where_the_issuer_is_asked() {
        bank.as("student").post("/api/learners/" + student + "/applications", """
                {"enrolment":"%s","rulebook":{"id":"college-steps","version":1}}"""
                .formatted(enrolment)).assertRefused(409, "not-one-issuer");
    }

    @Test
    void an_application_that_is_none_is_not_found() {
        bank.as("registrar").get("/api/applications/" + student + "-a99")
                .assertRefused(404, "application-unknown");
        endorse("registrar", "/api/applications/" + student + "-a99")
                .assertRefused(404, "application-unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "stranger,  /api/learners/%s/applications, not-your-account",
        "stranger,  /api/applications/%s-a1/withdrawal, not-your-account",
        "stranger,  /api/applications/%s-a1/appeal, not-your-account",
        "registrar, /api/learners/%s/applications, not-for-your-role",
        "auditor,   /api/applications/%s-a1/endorsement, not-for-your-role",
        "student,   /api/applications/%s-a1/endorsement, not-for-your-role",
        "student,   /api/applications/%s-a1/return, not-for-your-role",
        "student,   /api/applications/%s-a1/rejection, not-for-your-role",
        "college,   /api/applications/%s-a1/appeal/upholding, not-for-your-role",
        "college,   /api/applications/%s-a1/appeal/dismissal, not-for-your-role"})
    void everybody_does_only_what_is_theirs(String user, String address, String code) {
        String form = address.endsWith("applications") ? form(enrolment) : REASON;
        bank.as(user).post(address.formatted(student), form).assertRefused(403, code);
    }

    @Test
    void an_auditor_has_no_work() {
        assertThat(bank.as("auditor").get("/api/work").status()).isEqualTo(403);
    }

    @Test
    void a_registrar_is_told_of_rulebooks_that_another_proposed() {
        Answer proposed = bank.as("registrar").post("/api/rulebooks", "application/yaml",
                RULES.replace("college-steps", "college-others")
                        .getBytes(StandardCharsets.UTF_8)).made();
        assertThat(read("approver", "/api/work", proposed).text("/rulebooks/0/id"))
                .isEqualTo("college-others");
        assertThat(read("registrar", "/api/work", proposed).json().at("/rulebooks")).isEmpty();
    }
}
