package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every test has a learner of its own, with the evaluator's training ME101 of eight credits. The
 * college takes it at half of its credits, for the course ME101 of its programme.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class TransfersOverHttpTest {

    private static final String RULES = """
            rulebook: college-transfers
            version: 1
            jurisdiction: {institution: college}
            title: {zh: 学分转换, en: Credits transferred}
            source: {title: Rules of a college, mark: P}
            in-force: {from: 2020-01-01}
            unit: CN
            clauses:
              - id: half
                summary: {zh: 培训学分减半转换为课程, en: Training becomes a course at half of its credits}
                selects: {evidence: {kind: TRAINING}, target: {kind: course}}
                awards: {credits: {base: own, times: 1/2, rounding: down, step: "0.01"}}
            """;
    private static final String PLAN = """
            {"title":{"zh":"机电一体化技术","en":"Mechatronics"},"institution":"college",
             "sector":"VOCATIONAL","level":"ASSOCIATE","unit":"CN","credits":"4.00",
             "courses":[{"code":"ME101","title":"机械制图","credits":"4.00"}]}""";
    private static final String REASON = "{\"reason\":\"本学期不再接收\"}";

    @TempDir
    static Path folder;

    private final AtomicInteger number = new AtomicInteger();
    private BankOverHttp bank;

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.registerInstitutions();
        bank.as("registrar").post("/api/rulebooks", "application/yaml",
                RULES.getBytes(StandardCharsets.UTF_8));
        made(bank.as("approver").post("/api/rulebooks/college-transfers/1/approval", ""));
        made(bank.as("college").post("/api/programmes",
                "{\"id\":\"mechatronics\",\"plan\":" + PLAN + "}"));
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private static Answer made(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.text("/code")).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/detail")).isNotEmpty().doesNotContain("{");
        assertThat(answer.text("/remedy")).isNotEmpty().doesNotContain("{");
    }

    private String learner() {
        String learner = bank.open("TRANSFERS" + number.incrementAndGet());
        made(bank.as("evaluator").post("/api/learners/" + learner + "/outcomes", """
                {"kind":"TRAINING","recordKey":"T-%s","title":"机械制图培训","subject":"PX101",
                 "credits":{"amount":"8.00","unit":"CN"},"happenedOn":"2024-01-15"}"""
                .formatted(learner)));
        return learner;
    }

    private static String form(String learner) {
        return """
                {"to":"college","programme":{"id":"mechatronics","version":1},
                 "rulebook":{"id":"college-transfers","version":1},
                 "asked":[{"evidence":"%s-1","targets":["course/ME101"]}]}""".formatted(learner);
    }

    private Answer offered(String learner) {
        return made(bank.as("evaluator").post(
                "/api/learners/" + learner + "/transfers", form(learner)));
    }

    private Answer read(String user, String address, Answer after) {
        Answer answer = bank.as(user).get(address + (address.contains("?") ? "&" : "?")
                + "after=" + after.header("Ledger-Position"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    // ------------------------------------------------------------------ the way of a transfer

    @Test
    void what_waits_for_a_schools_answer_is_part_of_its_work_until_it_answers() {
        String learner = learner();
        Answer offered = offered(learner);
        String id = offered.text("/id");
        assertThat(read("college", "/api/work", offered).json().at("/transfers").valueStream()
                .filter(each -> each.path("id").asString().equals(id))
                .map(each -> each.path("answerBy").asString("")))
                .singleElement().asString().isNotEmpty();
        assertThat(read("evaluator", "/api/work", offered).json().at("/transfers")).isEmpty();
        Answer accepted = made(bank.as("college").post(
                "/api/transfers/" + id + "/acceptance", "{}"));
        assertThat(read("college", "/api/work", accepted).body()).doesNotContain(id);
    }

    @Test
    void both_schools_see_one_transfer_that_names_rule_and_amounts() {
        String learner = learner();
        Answer offered = offered(learner);
        String address = "/api/transfers/" + offered.text("/id");
        assertThat(offered.header("Location")).isEqualTo(address);
        Answer source = read("evaluator", address, offered);
        assertThat(source.text("/transfer/state")).isEqualTo("WAITING");
        assertThat(source.text("/transfer/lines/0/credits/amount")).isEqualTo("8.00");
        assertThat(source.text("/transfer/lines/0/becomes/amount")).isEqualTo("4.00");
        assertThat(source.text("/transfer/lines/0/clause")).isEqualTo("half");
        assertThat(source.text("/transfer/answerBy"))
                .isEqualTo(LocalDate.now(bank.part(Clock.class)).plusDays(60).toString());
        assertThat(source.text("/decision/granted/0/clause/says"))
                .isEqualTo("Training becomes a course at half of its credits");
        assertThat(read("college", address, offered).body()).isEqualTo(source.body());
        assertThat(read("college",
                "/api/institutions/college/transfers?direction=in&state=WAITING", offered)
                .body()).contains(offered.text("/id"));
        assertThat(read("evaluator", "/api/institutions/evaluator/transfers?direction=out",
                offered).body()).contains(offered.text("/id"));
        assertThat(read("registrar", "/api/learners/" + learner + "/transfers", offered)
                .text("/transfers/0/id")).isEqualTo(offered.text("/id"));
    }

    @Test
    void what_is_accepted_goes_and_is_the_other_schools_own_course() {
        String learner = learner();
        Answer offered = offered(learner);
        Answer accepted = made(bank.as("college").post(
                "/api/transfers/" + offered.text("/id") + "/acceptance", "{}"));
        assertThat(accepted.text("/id")).isEqualTo(offered.text("/id"));
        Answer received = read("college", "/api/achievements/" + learner + "-2", accepted);
        assertThat(received.text("/issuer")).isEqualTo("college");
        assertThat(received.text("/kind")).isEqualTo("COURSE");
        assertThat(received.text("/subject")).isEqualTo("ME101");
        assertThat(received.text("/title")).isEqualTo("机械制图培训");
        assertThat(received.text("/credits/amount")).isEqualTo("4.00");
        assertThat(received.text("/origin/achievement")).isEqualTo(learner + "-1");
        assertThat(received.text("/origin/transfer")).isEqualTo(learner + "-t1");
        Answer enrolled = made(bank.as("college").post("/api/learners/" + learner
                + "/enrolments", "{\"programme\":{\"id\":\"mechatronics\",\"version\":1}}"));
        assertThat(read("college", "/api/enrolments/" + enrolled.text("/id") + "/progress",
                enrolled).text("/complete")).isEqualTo("true");
        Answer balance = read("registrar", "/api/learners/" + learner + "/balance", accepted);
        assertThat(balance.body()).contains("\"transferred\":\"8.00\"");
        Answer statement = read(
                "registrar", "/api/learners/" + learner + "/statement", accepted);
        assertThat(statement.text("/movements/2/movement")).isEqualTo("TRANSFERRED");
        assertThat(statement.text("/movements/2/occasion/transfer"))
                .isEqualTo(offered.text("/id"));
    }

    @Test
    void the_reason_of_declining_is_read_by_who_offered_it() {
        String learner = learner();
        Answer offered = offered(learner);
        String address = "/api/transfers/" + offered.text("/id");
        Answer declined = made(bank.as("college").post(address + "/declining", REASON));
        Answer one = read("evaluator", address, declined);
        assertThat(one.text("/transfer/state")).isEqualTo("DECLINED");
        assertThat(one.json().at("/transfer/steps").isMissingNode()).isTrue();
        assertThat(one.text("/steps/1/reason")).isEqualTo("本学期不再接收");
        assertRefused(bank.as("college").post(address + "/acceptance", "{}"),
                409, "transfer-ended");
    }

    @Test
    void who_offered_it_takes_it_back() {
        String address = "/api/transfers/" + offered(learner()).text("/id");
        assertRefused(bank.as("college").post(address + "/withdrawal", REASON),
                403, "not-your-institution");
        Answer withdrawn = made(bank.as("evaluator").post(address + "/withdrawal", REASON));
        assertThat(read("college", address, withdrawn).text("/transfer/state"))
                .isEqualTo("WITHDRAWN");
    }

    @Test
    void it_does_not_lapse_before_its_last_day_has_passed() {
        String learner = learner();
        bank.addLearner("waiting", learner);
        String address = "/api/transfers/" + offered(learner).text("/id") + "/lapse";
        assertRefused(bank.as("waiting").post(address, ""), 409, "transfer-still-waits");
        assertRefused(bank.as("college").post(address, ""), 409, "transfer-still-waits");
    }

    @Test
    void what_would_be_is_told_and_nothing_is_written() {
        String learner = learner();
        Answer answer = bank.as("evaluator").post("/api/learners/" + learner
                + "/transfers/what-if", form(learner).replace("course/ME101", "programme"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/refused/0/code")).isEqualTo("NOT_AWARDED");
        assertThat(bank.as("registrar").get("/api/learners/" + learner + "/transfers").json()
                .at("/transfers")).isEmpty();
    }

    // ------------------------------------------------------------------ what is refused

    @Test
    void a_school_answers_and_reads_only_what_concerns_it() {
        String address = "/api/transfers/" + offered(learner()).text("/id");
        assertRefused(bank.as("evaluator").post(address + "/acceptance", "{}"),
                403, "not-your-institution");
        assertRefused(bank.as("evaluator").post(address + "/declining", REASON),
                403, "not-your-institution");
        assertRefused(bank.as("evaluator").get("/api/institutions/college/transfers"),
                403, "not-your-institution");
    }

    @Test
    void a_transfer_to_oneself_and_of_what_does_not_exist_are_refused() {
        String learner = learner();
        String address = "/api/learners/" + learner + "/transfers";
        assertRefused(bank.as("evaluator").post(address,
                form(learner).replace("\"college\"", "\"evaluator\"")),
                409, "transfer-to-oneself");
        assertRefused(bank.as("evaluator").post(address,
                form(learner).replace(learner + "-1", learner + "-7")),
                404, "achievement-unknown");
        offered(learner);
        assertRefused(bank.as("evaluator").post(address, form(learner)),
                409, "credits-not-available");
    }

    @Test
    void what_is_asked_wrongly_is_named() {
        assertRefused(bank.as("college").get(
                "/api/institutions/college/transfers?direction=up"), 422, "choice-unknown");
        assertRefused(bank.as("college").get(
                "/api/institutions/college/transfers?state=GONE"), 422, "choice-unknown");
        assertRefused(bank.as("registrar").get("/api/transfers/7K3M9Q2HX4T8W1ZC-t1"),
                404, "transfer-unknown");
        assertRefused(bank.as("registrar").get("/api/transfers/seven"), 422, "id-malformed");
    }
}
