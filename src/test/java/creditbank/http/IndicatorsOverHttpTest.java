package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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

/**
 * One learner was trained in January and in March 2025, another in March; the first of the two has
 * an academic exam and an X certificate, and a course that counts at the open university; both teach
 * at the college, and only the second was in an enterprise for ten months.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class IndicatorsOverHttpTest {

    private static final String RULES = """
            rulebook: %1$s
            version: 1
            jurisdiction: {%2$s}
            title: {zh: 规则, en: Rules}
            source: {title: Rules of the test, mark: P}
            in-force: {from: 2020-01-01}
            unit: CN
            clauses:
            """;
    private static final String ADMISSION = RULES.formatted("admission", "region: \"210000\"") + """
              - id: dossier
                summary: {zh: 凭三项材料报考, en: Three documents admit}
                awards: {entitlement: vocational-admission}
                requires:
                  - {name: academic-exam, among: presented, counts: pieces, of: {evidence: {kind: EXAM, exam-kind: academic}}, at-least: 1}
                  - {name: skill-certificate, among: presented, counts: pieces, of: {evidence: {kind: SKILL_CERTIFICATE}}, at-least: 1}
              - id: provincial-first
                summary: {zh: 省级一等奖免试, en: A provincial first prize enters without the test}
                selects: {evidence: {kind: COMPETITION_AWARD, contest-level: provincial, prize: first}}
                awards: {entitlement: admission-without-test}
              - id: veterans
                summary: {zh: 退役军人可报考, en: Veterans may enter the exam}
                selects: {learner: {learner-group: veteran}}
                awards: {entitlement: exam-entry}
            """;
    private static final String TEACHERS = RULES.formatted("teachers", "region: \"210600\"") + """
              - id: ten-months
                summary: {zh: 5年内企业实践10个月, en: 10 months of enterprise practice in 5 years}
                selects: {learner: {learner-group: teacher}}
                awards: {entitlement: enterprise-practice-fulfilled}
                requires:
                  - {name: months, among: presented, counts: {sum: months}, of: {evidence: {kind: ENTERPRISE_PRACTICE}}, within: P5Y, at-least: "10.00"}
            """;
    private static final String SHARING = RULES.formatted("sharing", "institution: open-univ") + """
              - id: all
                summary: {zh: 课程学分计入, en: Courses count}
                selects: {evidence: {kind: COURSE}, target: {kind: course}}
                awards: {credits: target}
            """;

    @TempDir
    static Path folder;

    private BankOverHttp bank;
    private String first = "";
    private String second = "";
    private long last;

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"), List.of("open-univ"));
        bank.registerInstitutions();
        bank.register("open-univ", "开放大学", "ADULT", "OPEN_UNIVERSITY");
        List.of("admission", "teachers", "sharing").forEach(id -> {
            bank.as("registrar").post("/api/rulebooks", "application/yaml", (switch (id) {
                case "admission" -> ADMISSION;
                case "teachers" -> TEACHERS;
                default -> SHARING;
            }).getBytes(StandardCharsets.UTF_8)).made();
            bank.as("approver").post("/api/rulebooks/" + id + "/1/approval", "").made();
        });
        bank.as("open-univ").post("/api/programmes", """
                {"id":"automation","plan":{"title":{"zh":"自动化","en":"Automation"},
                 "institution":"open-univ","sector":"ADULT","level":"BACHELOR","unit":"CN",
                 "credits":"8.00","courses":[{"code":"A1","title":"课程","credits":"4.00"},
                 {"code":"A2","title":"课程二","credits":"4.00"}]}}""").made();
        first = bank.open("FIRST");
        second = bank.open("SECOND");
        outcome(first, "TRAINING", "T1", "2025-01-10", "");
        outcome(first, "TRAINING", "T2", "2025-03-10", "");
        outcome(second, "TRAINING", "T3", "2025-03-11", "");
        outcome(first, "EXAM", "E1", "2024-06-07", "\"exam-kind\":\"academic\"");
        bank.as("evaluator").post("/api/learners/" + first + "/certificates", """
                {"recordKey":"X1","title":"数控车铣加工","level":"ADVANCED","number":"X1",
                 "credits":{"amount":"6.00","unit":"CN"},"happenedOn":"2023-05-20"}""").made();
        outcome(first, "COURSE", "C1", "2023-01-10", "");
        for (String teacher : List.of(first, second)) {
            outcome(teacher, "SERVICE", "S" + teacher, "2024-09-01",
                    "\"employed-as\":\"teacher\"");
        }
        outcome(second, "ENTERPRISE_PRACTICE", "P1", "2025-02-01", "\"months\":10");
        String enrolment = bank.as("open-univ").post(
                "/api/learners/" + first + "/enrolments",
                "{\"programme\":{\"id\":\"automation\",\"version\":1},\"on\":\"2025-02-01\"}").made()
                .text("/id");
        last = Long.parseLong(bank.as("open-univ").post(
                "/api/learners/" + first + "/recognitions", """
                {"enrolment":"%s","rulebook":{"id":"sharing","version":1},"on":"2025-03-01",
                 "asked":[{"evidence":"%s-5","targets":["course/A1"]}]}"""
                        .formatted(enrolment, first)).made().text("/position"));
        bank.addLearner("student", first);
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private void outcome(String learner, String kind, String key, String on, String attributes) {
        bank.as("college").post("/api/learners/" + learner + "/outcomes", """
                {"kind":"%s","recordKey":"%s","title":"标题","credits":{"amount":"4.00",
                 "unit":"CN"},"happenedOn":"%s","attributes":{%s}}"""
                .formatted(kind, key, on, attributes)).made();
    }

    private Answer read(String user, String address) {
        Answer answer = bank.as(user).get(
                address + (address.contains("?") ? "&" : "?") + "after=" + last);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    // ------------------------------------------------------------------ figures

    @Test
    void a_figure_is_told_in_both_units_with_its_periods_and_what_is_behind_it() {
        Answer answer = read("auditor", "/api/indicators/training?from=2025-01&until=2025-06"
                + "&region=210600&every=QUARTER");
        assertThat(answer.json().at("/total").toString()).startsWith("""
                {"from":"2025-01","until":"2025-06","personTimes":3,"people":2,"takenBack":0""");
        assertThat(answer.json().at("/periods")).hasSize(2);
        assertThat(answer.text("/periods/0/people")).isEqualTo("2");
        assertThat(answer.text("/periods/1/from")).isEqualTo("2025-04");
        Answer entries = read("auditor", answer.text("/total/entries") + "&limit=2");
        Answer rest = read("auditor", answer.text("/total/entries") + "&limit=2&behind="
                + entries.text("/next").replace("|", "%7C"));
        assertThat(entries.json().at("/entries")).hasSize(2);
        assertThat(rest.json().at("/entries")).hasSize(1);
        assertThat(rest.json().at("/next").isMissingNode()
                || rest.json().at("/next").isNull()).isTrue();
        assertThat(read("auditor", "/api/ledger/entries?limit=1&from="
                + rest.text("/entries/0/position")).body()).contains("TRAINING");
    }

    @Test
    void everybody_may_read_a_figure_that_tells_nobody_apart() {
        Answer answer = bank.asAnyone().get("/api/indicators/public/training?from=2025-01"
                + "&until=2025-12");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/fewerThan")).isEqualTo("10");
        assertThat(answer.body()).doesNotContain("people\":2");
        assertThat(bank.asAnyone().get("/api/indicators/public/training?from=2020-01"
                + "&until=2020-12").text("/people")).isEqualTo("0");
    }

    @Test
    void the_matrix_tells_what_moved_between_sectors_and_by_which_entries() {
        Answer answer = read("registrar", "/api/indicators/matrix?from=2025-01&until=2025-12");
        assertThat(answer.json().at("/lines")).hasSize(1);
        assertThat(answer.text("/lines/0/source")).isEqualTo("VOCATIONAL");
        assertThat(answer.text("/lines/0/target")).isEqualTo("ADULT");
        assertThat(answer.text("/lines/0/credits")).isEqualTo("4.00");
        Answer entries = read("registrar", answer.text("/lines/0/entries"));
        assertThat(entries.text("/entries/0/position")).isEqualTo(Long.toString(last));
        assertThat(entries.text("/entries/0/evidence")).isEqualTo(first + "-5");
        assertThat(read("registrar", "/api/indicators/matrix?from=2025-01&until=2025-12"
                + "&targetRegion=330000").json().at("/lines")).isEmpty();
    }

    @Test
    void a_target_stands_beside_what_was_reached() {
        Answer answer = read("auditor",
                "/api/indicators/targets/dandong?from=2025-01&until=2025-12");
        assertThat(answer.text("/targets/0/target")).isEqualTo("90000");
        assertThat(answer.text("/targets/0/unit")).isEqualTo("PERSON_TIMES");
        assertThat(answer.text("/targets/0/found")).isEqualTo("3");
        assertThat(answer.text("/targets/0/reached")).isEqualTo("0.00");
        assertThat(answer.json().at("/targets/2").has("figure")
                && !answer.json().at("/targets/2/figure").isNull()).isFalse();
        bank.as("auditor").get("/api/indicators/targets/nowhere")
                .assertRefused(404, "policy-unknown");
    }

    // ------------------------------------------------------------------ teachers

    @Test
    void teachers_are_judged_by_the_rulebooks_of_their_institution_s_jurisdiction() {
        Answer answer = read("college", "/api/indicators/teachers?on=2025-06-30");
        assertThat(answer.json().at("/judgements")).hasSize(1);
        assertThat(answer.text("/judgements/0/rulebook/id")).isEqualTo("teachers");
        assertThat(answer.text("/judgements/0/judged")).isEqualTo("2");
        assertThat(answer.text("/judgements/0/met")).isEqualTo("1");
        assertThat(answer.text("/judgements/0/share")).isEqualTo("50.00");
        assertThat(answer.json().at("/teachers").findValuesAsString("found"))
                .containsExactlyInAnyOrder("0.00", "10.00");
        assertThat(read("auditor", "/api/indicators/teachers?institution=college"
                + "&on=2024-08-31").json().at("/teachers")).isEmpty();
        assertThat(read("auditor", "/api/indicators/teachers?institution=college"
                + "&on=2025-06-30&jurisdiction=region/330800").json().at("/judgements"))
                .isEmpty();
    }

    // ------------------------------------------------------------------ entitlements

    @Test
    void a_learner_sees_which_doors_stand_open_and_what_would_open_the_others() {
        Answer answer = read("student", "/api/learners/" + first + "/entitlements?on=2025-06-30"
                + "&jurisdiction=region/210000");
        assertThat(answer.json().at("/doors")).hasSize(3);
        assertThat(answer.text("/doors/0/open")).isEqualTo("true");
        assertThat(answer.text("/doors/0/requirements/0/evidence/0")).isEqualTo(first + "-3");
        assertThat(answer.text("/doors/0/requirements/0/counts")).startsWith("evidence");
        assertThat(answer.text("/doors/1/open")).isEqualTo("false");
        assertThat(answer.json().at("/doors/1/remedy/says")).isNotEmpty();
        assertThat(answer.text("/doors/2/open")).isEqualTo("false");
        assertThat(bank.as("student").post("/api/learners/" + first + "/entitlements", """
                {"on":"2025-06-30","jurisdictions":["region/210000"],
                 "learner":{"learner-group":"veteran"}}""").text("/doors/2/open"))
                .isEqualTo("true");
    }

    @Test
    void the_dossier_has_every_piece_of_evidence_behind_its_door() {
        Answer answer = read("student",
                "/api/learners/" + first + "/dossier?to=vocational-admission&on=2025-06-30");
        assertThat(answer.text("/open")).isEqualTo("true");
        assertThat(answer.text("/name")).isNotBlank();
        assertThat(answer.json().at("/evidence").findValuesAsString("kind"))
                .containsExactly("EXAM", "SKILL_CERTIFICATE");
        Answer shut = read("registrar",
                "/api/learners/" + second + "/dossier?to=vocational-admission&on=2025-06-30");
        assertThat(shut.text("/open")).isEqualTo("false");
        assertThat(shut.text("/doors/0/requirements/0/needed")).isEqualTo("1");
        bank.as("student").get(
                "/api/learners/" + first + "/dossier?to=nowhere&on=2025-06-30")
                .assertRefused(404, "door-unknown");
    }

    // ------------------------------------------------------------------ what is refused

    @ParameterizedTest
    @CsvSource({
        "/api/indicators/happiness, 404, figure-unknown",
        "/api/indicators/public/happiness, 404, figure-unknown",
        "/api/indicators/training?region=2106, 422, region-unknown",
        "/api/indicators/training?from=2025-13, 422, month-malformed",
        "/api/indicators/training?from=2025-02&until=2025-01, 422, period-reversed",
        "/api/indicators/training?from=1990-01&until=2025-01, 422, period-too-long",
        "/api/indicators/training?every=DAY, 422, choice-unknown",
        "/api/indicators/training?institution=college&region=210600, 422, institution-stands-alone",
        "/api/indicators/training?institution=college&sector=ADULT, 422, institution-stands-alone",
        "/api/indicators/training?institution=nowhere, 404, institution-unknown",
        "/api/indicators/training/entries?limit=0, 422, limit-out-of-range",
        "/api/indicators/matrix?sourceRegion=990000, 422, region-unknown",
        "/api/indicators/matrix/entries?source=ADULT, 422, required",
        "/api/indicators/teachers, 422, required",
        "/api/indicators/teachers?institution=college&jurisdiction=here, 422, jurisdiction-malformed"
    })
    void what_cannot_be_asked_is_refused(String address, int status, String code) {
        bank.as("registrar").get(address).assertRefused(status, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/indicators", "/api/indicators/training",
        "/api/indicators/training/entries", "/api/indicators/teachers"})
    void figures_are_for_auditors_registrars_and_institutions(String address) {
        assertThat(bank.as("college").get(address).status()).isEqualTo(200);
        bank.as("student").get(address).assertRefused(403, "not-for-your-role");
        assertThat(bank.asAnyone().get(address).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/indicators/matrix",
        "/api/indicators/matrix/entries?source=ADULT&target=ADULT",
        "/api/indicators/targets/dandong"})
    void what_is_of_all_institutions_is_for_auditors_and_registrars(String address) {
        assertThat(bank.as("auditor").get(address).status()).isEqualTo(200);
        bank.as("college").get(address).assertRefused(403, "not-for-your-role");
        bank.as("student").get(address).assertRefused(403, "not-for-your-role");
        assertThat(bank.asAnyone().get(address).status()).isEqualTo(401);
    }

    @Test
    void an_institution_sees_its_own_figures_alone() {
        assertThat(read("college", "/api/indicators/training?from=2025-01&until=2025-12")
                .text("/total/personTimes")).isEqualTo("3");
        assertThat(read("evaluator", "/api/indicators/training?from=2025-01&until=2025-12")
                .text("/total/personTimes")).isEqualTo("0");
        for (String address : List.of("/api/indicators/training?institution=college",
                "/api/indicators/training/entries?institution=college",
                "/api/indicators/teachers?institution=college")) {
            bank.as("evaluator").get(address).assertRefused(403, "not-your-institution");
        }
        bank.as("evaluator").get("/api/indicators/training?region=210600")
                .assertRefused(422, "institution-stands-alone");
    }

    @Test
    void entitlements_are_the_learner_s_own_and_not_for_institutions() {
        String learner = "/api/learners/" + first;
        for (String address : List.of(learner + "/entitlements",
                learner + "/dossier?to=vocational-admission")) {
            assertThat(bank.as("student").get(address).status()).isEqualTo(200);
            assertThat(bank.as("auditor").get(address).status()).isEqualTo(200);
            bank.as("stranger").get(address).assertRefused(403, "not-your-account");
            bank.as("college").get(address).assertRefused(403, "not-for-your-role");
        }
        for (String address : List.of(learner + "/entitlements", learner + "/dossier")) {
            String form = "{\"to\":\"vocational-admission\"}";
            assertThat(bank.as("student").post(address, form).status()).isEqualTo(200);
            bank.as("stranger").post(address, form).assertRefused(403, "not-your-account");
            bank.as("college").post(address, form).assertRefused(403, "not-for-your-role");
        }
    }
}
