package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import creditbank.rulebook.Shipped;
import java.nio.charset.StandardCharsets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
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
    /** 普高 and 中职 of one city, and the rules under which their pupils may move. */
    private static final String GENERAL = "general-school";
    private static final String VOCATIONAL = "vocational-school";
    private static final String MOVES = "cn-shandong-school-transfer";

    private static final String REASON = "{\"reason\":\"本学期不再接收\"}";

    @TempDir
    static Path folder;

    private final AtomicInteger number = new AtomicInteger();
    private BankOverHttp bank;

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"), List.of(GENERAL, VOCATIONAL));
        bank.registerInstitutions();
        moves(GENERAL, "GENERAL");
        moves(VOCATIONAL, "VOCATIONAL");
        bank.as("registrar").post("/api/rulebooks", "application/yaml",
                Shipped.rulebook(MOVES).getBytes(StandardCharsets.UTF_8)).made();
        bank.as("approver").post("/api/rulebooks/" + MOVES + "/1/approval", "").made();
        bank.as("registrar").post("/api/rulebooks", "application/yaml",
                RULES.getBytes(StandardCharsets.UTF_8));
        bank.as("approver").post("/api/rulebooks/college-transfers/1/approval", "").made();
        bank.as("college").post("/api/programmes",
                "{\"id\":\"mechatronics\",\"plan\":" + PLAN + "}").made();
    }

    @AfterAll
    void close() {
        bank.close();
    }

    /** A school of Jinan with a programme of its name that has two courses. */
    private void moves(String school, String sector) {
        bank.as("registrar").post("/api/institutions", """
                {"id":"%s","name":"%s","sector":"%s","kind":"SCHOOL","region":"370100"}"""
                .formatted(school, school, sector)).made();
        bank.as(school).post("/api/programmes", """
                {"id":"%s","plan":{"title":{"zh":"三年制","en":"Three years"},
                 "sector":"%s","unit":"CN","credits":"14.00",
                 "attributes":{"years":3,"city":"济南"},
                 "courses":[{"code":"%s/CHN","title":"语文","credits":"6.00"},
                            {"code":"%s/MATH","title":"数学","credits":"6.00"},
                            {"code":"%s/PE","title":"体育","credits":"2.00"}]}}"""
                .formatted(school, sector, school, school, school)).made();
    }

    /** With two courses of a school, of which it is 1 and 2. */
    private String pupil(String school) {
        String learner = bank.open("MOVES" + number.incrementAndGet());
        for (String course : List.of("CHN", "MATH")) {
            bank.as(school).post("/api/learners/" + learner + "/outcomes", """
                    {"kind":"COURSE","recordKey":"%s-%s","title":"%s","subject":"%s/%s",
                     "grade":"91","credits":{"amount":"6.00","unit":"CN"},
                     "happenedOn":"2026-01-20"}"""
                    .formatted(learner, course, course, school, course)).made();
        }
        return learner;
    }

    private static String move(String learner, String to, String stage, String city) {
        return """
                {"to":"%s","programme":{"id":"%s","version":1},
                 "rulebook":{"id":"%s","version":1},
                 "asked":[{"evidence":"%s-1","targets":["course/%s/CHN"]},
                          {"evidence":"%s-2","targets":["course/%s/MATH"]}],
                 "learner":{"school":"GENERAL","stage":"%s","city":"%s"}}"""
                .formatted(to, to, MOVES, learner, to, learner, to, stage, city);
    }

    private String learner() {
        String learner = bank.open("TRANSFERS" + number.incrementAndGet());
        bank.as("evaluator").post("/api/learners/" + learner + "/outcomes", """
                {"kind":"TRAINING","recordKey":"T-%s","title":"机械制图培训","subject":"PX101",
                 "credits":{"amount":"8.00","unit":"CN"},"happenedOn":"2024-01-15"}"""
                .formatted(learner)).made();
        return learner;
    }

    private static String form(String learner) {
        return """
                {"to":"college","programme":{"id":"mechatronics","version":1},
                 "rulebook":{"id":"college-transfers","version":1},
                 "asked":[{"evidence":"%s-1","targets":["course/ME101"]}]}""".formatted(learner);
    }

    private Answer offered(String learner) {
        return bank.as("evaluator").post(
                "/api/learners/" + learner + "/transfers", form(learner)).made();
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
        Answer accepted = bank.as("college").post(
                "/api/transfers/" + id + "/acceptance", "{}").made();
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

    @ParameterizedTest
    @CsvSource({GENERAL + "," + VOCATIONAL, VOCATIONAL + "," + GENERAL})
    void who_moves_between_general_and_vocational_school_takes_the_courses_along(
            String from, String to) {
        String learner = pupil(from);
        Answer offered = bank.as(from).post("/api/learners/" + learner + "/transfers",
                move(learner, to, "grade-1-term-1", "济南")).made();
        Answer accepted = bank.as(to).post(
                "/api/transfers/" + offered.text("/id") + "/acceptance", "{}").made();
        for (String course : List.of("CHN", "MATH")) {
            Answer received = read(to, "/api/achievements/" + learner
                    + (course.equals("CHN") ? "-3" : "-4"), accepted);
            assertThat(received.text("/issuer")).isEqualTo(to);
            assertThat(received.text("/subject")).isEqualTo(to + "/" + course);
            assertThat(received.text("/grade")).isEqualTo("91");
            assertThat(received.text("/credits/amount")).isEqualTo("6.00");
        }
        Answer enrolled = bank.as(to).post("/api/learners/" + learner + "/enrolments",
                "{\"programme\":{\"id\":\"" + to + "\",\"version\":1}}").made();
        Answer progress = read(to,
                "/api/enrolments/" + enrolled.text("/id") + "/progress", enrolled);
        assertThat(progress.text("/credits/found")).isEqualTo("12.00");
        assertThat(progress.text("/complete")).isEqualTo("false");
        assertThat(progress.json().at("/missing").valueStream()
                .map(each -> each.path("target").asString()))
                .containsExactly("course/" + to + "/PE");
        assertThat(progress.json().at("/courses/0/evidence/0").asString())
                .isEqualTo(learner + "-3");
    }

    @Test
    void nobody_takes_courses_along_to_a_school_of_another_city() {
        String learner = pupil(GENERAL);
        bank.as(GENERAL).post("/api/learners/" + learner + "/transfers",
                move(learner, VOCATIONAL, "grade-1-term-1", "青岛"))
                .assertRefused(409, "transfer-of-nothing");
    }

    @Test
    void what_the_other_school_revokes_of_it_is_the_first_schools_again() {
        String learner = pupil(GENERAL);
        Answer offered = bank.as(GENERAL).post("/api/learners/" + learner + "/transfers",
                move(learner, VOCATIONAL, "grade-1-term-1", "济南")).made();
        String transfer = "/api/transfers/" + offered.text("/id");
        bank.as(VOCATIONAL).post(transfer + "/acceptance", "{}").made();
        Answer revoked = bank.as(VOCATIONAL).post(
                "/api/achievements/" + learner + "-3/revocation", REASON).made();
        assertThat(revoked.text("/id")).isEqualTo(learner + "-3");
        Answer undone = read(GENERAL, transfer, revoked);
        assertThat(undone.text("/transfer/undone/0/achievement")).isEqualTo(learner + "-1");
        assertThat(undone.text("/transfer/undone/0/received")).isEqualTo(learner + "-3");
        assertThat(undone.json().at("/transfer/undone")).hasSize(1);
        Answer balance = read("registrar", "/api/learners/" + learner + "/balance", revoked);
        assertThat(balance.json().at("/pools").valueStream()
                .filter(pool -> pool.path("sector").asString().equals("GENERAL"))
                .map(pool -> pool.path("available").asString() + " "
                        + pool.path("transferred").asString()))
                .containsExactly("6.00 6.00");
        assertThat(read("registrar", "/api/learners/" + learner + "/statement", revoked)
                .json().at("/movements").valueStream().toList().getLast()
                .path("movement").asString()).isEqualTo("RETURNED");
    }

    @Test
    void what_is_accepted_goes_and_is_the_other_schools_own_course() {
        String learner = learner();
        Answer offered = offered(learner);
        Answer accepted = bank.as("college").post(
                "/api/transfers/" + offered.text("/id") + "/acceptance", "{}").made();
        assertThat(accepted.text("/id")).isEqualTo(offered.text("/id"));
        Answer received = read("college", "/api/achievements/" + learner + "-2", accepted);
        assertThat(received.text("/issuer")).isEqualTo("college");
        assertThat(received.text("/kind")).isEqualTo("COURSE");
        assertThat(received.text("/subject")).isEqualTo("ME101");
        assertThat(received.text("/title")).isEqualTo("机械制图培训");
        assertThat(received.text("/credits/amount")).isEqualTo("4.00");
        assertThat(received.text("/origin/achievement")).isEqualTo(learner + "-1");
        assertThat(received.text("/origin/transfer")).isEqualTo(learner + "-t1");
        Answer enrolled = bank.as("college").post("/api/learners/" + learner
                + "/enrolments", "{\"programme\":{\"id\":\"mechatronics\",\"version\":1}}").made();
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
        Answer declined = bank.as("college").post(address + "/declining", REASON).made();
        Answer one = read("evaluator", address, declined);
        assertThat(one.text("/transfer/state")).isEqualTo("DECLINED");
        assertThat(one.json().at("/transfer/steps").isMissingNode()).isTrue();
        assertThat(one.text("/steps/1/reason")).isEqualTo("本学期不再接收");
        bank.as("college").post(address + "/acceptance", "{}").assertRefused(409, "transfer-ended");
    }

    @Test
    void who_offered_it_takes_it_back() {
        String address = "/api/transfers/" + offered(learner()).text("/id");
        bank.as("college").post(address + "/withdrawal", REASON)
                .assertRefused(403, "not-your-institution");
        Answer withdrawn = bank.as("evaluator").post(address + "/withdrawal", REASON).made();
        assertThat(read("college", address, withdrawn).text("/transfer/state"))
                .isEqualTo("WITHDRAWN");
    }

    @Test
    void it_does_not_lapse_before_its_last_day_has_passed() {
        String learner = learner();
        bank.addLearner("waiting", learner);
        String address = "/api/transfers/" + offered(learner).text("/id") + "/lapse";
        bank.as("waiting").post(address, "").assertRefused(409, "transfer-still-waits");
        bank.as("college").post(address, "").assertRefused(409, "transfer-still-waits");
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
        bank.as("evaluator").post(address + "/acceptance", "{}")
                .assertRefused(403, "not-your-institution");
        bank.as("evaluator").post(address + "/declining", REASON)
                .assertRefused(403, "not-your-institution");
        bank.as("evaluator").get("/api/institutions/college/transfers")
                .assertRefused(403, "not-your-institution");
    }

    @Test
    void a_transfer_to_oneself_and_of_what_does_not_exist_are_refused() {
        String learner = learner();
        String address = "/api/learners/" + learner + "/transfers";
        bank.as("evaluator").post(address,
                form(learner).replace("\"college\"", "\"evaluator\""))
                .assertRefused(409, "transfer-to-oneself");
        bank.as("evaluator").post(address,
                form(learner).replace(learner + "-1", learner + "-7"))
                .assertRefused(404, "achievement-unknown");
        offered(learner);
        bank.as("evaluator").post(address, form(learner))
                .assertRefused(409, "credits-not-available");
    }

    @Test
    void what_is_asked_wrongly_is_named() {
        Answer direction = bank.as("college").get(
                "/api/institutions/college/transfers?direction=up");
        direction.assertRefused(422, "choice-unknown");
        assertThat(direction.text("/field")).isEqualTo("direction");
        assertThat(direction.text("/known")).isEqualTo("in, out");
        bank.as("college").get(
                "/api/institutions/college/transfers?state=GONE")
                .assertRefused(422, "choice-unknown");
        bank.as("registrar").get("/api/transfers/7K3M9Q2HX4T8W1ZC-t1")
                .assertRefused(404, "transfer-unknown");
        bank.as("registrar").get("/api/transfers/seven").assertRefused(422, "id-malformed");
    }
}
