package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.account.DiplomaNumber;
import creditbank.audit.Verification;
import creditbank.http.BankOverHttp.Answer;
import creditbank.projections.Projection;
import creditbank.rulebook.Expected;
import creditbank.rulebook.Published;
import creditbank.rulebook.Published.Step;
import creditbank.rulebook.Shipped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The published rules through the public commands: whatever {@code conformance/*.yaml} says of the
 * engine holds in a bank too, each case with a learner and a programme of its own.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class ConformanceOverHttpTest {

    private static final Set<String> TESTED_BELOW = Set.of("CN-24", "CN-25", "IN-03", "EU-08");

    @TempDir
    static Path folder;

    private final AtomicInteger number = new AtomicInteger();
    private BankOverHttp bank;

    static List<Step> steps() {
        return Published.steps();
    }

    // ------------------------------------------------------------------ the bank of all cases

    @BeforeAll
    void open() {
        Map<String, @Nullable String> institutions = new LinkedHashMap<>();
        for (Step step : steps()) {
            institutions.put(CaseOverHttp.school(step), CaseOverHttp.place(step));
            CaseOverHttp.issuers(step).forEach(id -> institutions.putIfAbsent(id, null));
        }
        bank = new BankOverHttp(folder.resolve("data"), institutions.keySet());
        institutions.keySet().forEach(id -> bank.addColleague(id + CaseOverHttp.COLLEAGUE, id));
        bank.restart();
        bank.registerInstitutions();
        institutions.forEach(this::register);
        steps().stream().map(Step::rulebook).distinct().forEach(this::enact);
    }

    /** All that was decided, and said nothing of its learner, is made again to the byte. */
    @AfterAll
    void close(@TempDir Path scratch) {
        bank.close();
        Verification.Report report = new Verification(folder.resolve("data"), Projection.all(),
                ZoneOffset.UTC, Locale.ENGLISH).verify(scratch, (_, _) -> { });
        assertThat(report.holds()).as("%s", report.checks()).isTrue();
    }

    private void register(String id, @Nullable String place) {
        bank.as("registrar").post("/api/institutions", """
                {"id":"%s","name":"%s","sector":"ADULT","kind":"COLLEGE"%s}""".formatted(id, id,
                place == null ? "" : "," + place)).made();
    }

    /** One registrar proposes, another approves. */
    private void enact(String rulebook) {
        bank.as("registrar").post("/api/rulebooks", "application/yaml",
                Shipped.rulebook(rulebook).getBytes(StandardCharsets.UTF_8)).made();
        bank.as("approver").post("/api/rulebooks/" + rulebook + "/1/approval", "").made();
    }

    // ------------------------------------------------------------------ the cases

    @ParameterizedTest
    @MethodSource("steps")
    void a_published_rule_is_followed(Step step) {
        CaseOverHttp asked = new CaseOverHttp(bank, step, number.incrementAndGet());
        Answer answer = asked.recognised();
        if (step.overHttp().isMissingNode()) {
            Expected.check(step.expect(), asked.decision(answer));
        } else {
            assertThat(answer.text("/code")).as(answer.body())
                    .isEqualTo(step.overHttp().asString());
            assertThat(answer.text("/remedy")).isNotBlank();
        }
    }

    /** IN-03: 80 redeemed for a diploma, asked again. */
    @Test
    void what_was_redeemed_for_a_diploma_is_not_there_a_second_time() {
        String learner = bank.open("IN03");
        String account = "/api/learners/" + learner;
        String evidence = bank.as("registrar").post(account + "/outcomes", """
                {"kind":"COURSE","issuer":"issuer","recordKey":"IN-03","title":"Courses",
                 "credits":{"amount":"80.00","unit":"NCRF"},"happenedOn":"2023-07-01"}""").made()
                .text("/id");
        String first = studies(account, "in-03-diploma");
        String asked = """
                {"enrolment":"%s","rulebook":{"id":"in-abc","version":1},"on":"2025-03-01",
                 "asked":[{"evidence":"%s","targets":["programme"]}]}""";
        bank.as("school-in").post(account + "/recognitions",
                asked.formatted(first, evidence)).made();
        Answer graduated = bank.as("school-in").post(
                "/api/enrolments/" + first + "/graduation", "{}").made();
        Answer balance = bank.as("registrar").get(account + "/balance?after="
                + graduated.header("Ledger-Position"));
        assertThat(balance.text("/pools/0/available")).as(balance.body()).isEqualTo("0.00");
        assertThat(balance.text("/pools/0/redeemed")).isEqualTo("80.00");
        Answer redeemed = bank.as("school-in").post(account + "/redemptions", """
                {"purpose":{"certificate":"certificate"},
                 "credits":{"amount":"40.00","unit":"NCRF"}}""");
        assertThat(redeemed.status()).isEqualTo(409);
        assertThat(redeemed.text("/code")).isEqualTo("credits-not-available");
        assertThat(redeemed.text("/available")).as(redeemed.body()).isEqualTo("0.00 NCRF");
        Answer again = bank.as("school-in").post(account + "/recognitions",
                asked.formatted(studies(account, "in-03-degree"), evidence)).made();
        Answer decision = bank.as("school-in").get("/api/recognitions/" + again.text("/id")
                + "?after=" + again.header("Ledger-Position"));
        assertThat(decision.json().at("/decision/granted")).as(decision.body()).isEmpty();
        assertThat(decision.text("/decision/refused/0/code")).isEqualTo("EVIDENCE_USED");
    }

    /** A programme of 80 credits, and the learner's enrolment in it. */
    private String studies(String account, String programme) {
        bank.as("school-in").post("/api/programmes", """
                {"id":"%s","plan":{"title":{"zh":"专业","en":"Programme"},"sector":"GENERAL",
                 "unit":"NCRF","credits":"80.00"}}""".formatted(programme)).made();
        return bank.as("school-in").post(account + "/enrolments", """
                {"programme":{"id":"%s","version":1},"on":"2024-03-01"}""".formatted(programme)).made()
                .text("/id");
    }

    /** CN-24. */
    @Test
    void a_diploma_number_is_taken_apart_and_a_type_that_is_none_is_refused() {
        String learner = bank.open("CN24");
        String form = """
                {"issuer":"college","recordKey":"CN-24","title":"毕业证书",
                 "number":"%s","happenedOn":"2021-07-01"}""";
        String address = "/api/learners/" + learner + "/diplomas";
        Answer refused = bank.as("registrar").post(address, form.formatted("100019202105000001"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/code")).isEqualTo("diploma-study-form-unknown");
        Answer written = bank.as("registrar").post(
                address, form.formatted("100011202105000001")).made();
        Answer read = bank.as("registrar").get("/api/achievements/" + written.text("/id")
                + "?after=" + written.header("Ledger-Position"));
        assertThat(read.text("/number")).isEqualTo("100011202105000001");
        assertThat(read.text("/level")).isEqualTo("BACHELOR");
        assertThat(read.text("/studyForm")).isEqualTo("REGULAR");
        DiplomaNumber apart = DiplomaNumber.parse(read.text("/number"));
        assertThat(apart.school()).isEqualTo("10001");
        assertThat(apart.year()).isEqualTo(2021);
        assertThat(apart.serial()).isEqualTo("000001");
    }

    /** CN-25. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"11010519491231002X, -",
        "110105194912310021, resident-id-check-character"})
    void a_resident_id_is_checked_by_its_last_character(String number, @Nullable String code) {
        checked(bank.as("registrar").post("/api/learners", """
                {"name":"王小明","documentKind":"RESIDENT_ID","documentNumber":"%s"}"""
                .formatted(number)), code);
    }

    /** CN-25. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"91350100M000100Y43, -",
        "91350100M000100Y4Z, organisation-code-malformed"})
    void an_organisation_code_is_checked_by_its_last_character(
            String number, @Nullable String code) {
        checked(bank.as("registrar").post("/api/institutions", """
                {"id":"coded","name":"代码学院","sector":"ADULT","kind":"COLLEGE",
                 "organisationCode":"%s"}""".formatted(number)), code);
    }

    private static void checked(Answer answer, @Nullable String code) {
        if (code == null) {
            answer.made();
        } else {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text("/code")).isEqualTo(code);
        }
    }

    /** EU-08. */
    @Test
    void an_elmo_entry_without_status_is_passed_and_one_with_a_status_of_no_schema_refused()
            throws InterruptedException {
        String learner = bank.open("EU08");
        String elmo = """
                <elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1">
                 <learner><identifier type="creditbank">%s</identifier>
                  <givenNames>A</givenNames><familyName>B</familyName></learner>
                 <report><issuer><country>IT</country><title>U</title></issuer>%s%s</report>
                </elmo>
                """.formatted(learner, entry("EU08-A", ""),
                entry("EU08-B", "<status>revoked</status>"));
        Answer sent = bank.as("college").upload(
                "/api/imports?profile=elmo", "transcript.xml", elmo);
        Answer ended = bank.as("college").importEnded(sent.text("/id"));
        assertThat(ended.text("/recorded")).as(ended.body()).isEqualTo("1");
        assertThat(ended.text("/rejected")).isEqualTo("1");
        assertThat(ended.text("/outcome/problems/0/column")).isEqualTo("status");
        assertThat(ended.text("/outcome/problems/0/code")).isEqualTo("choice-unknown");
        assertThat(ended.text("/outcome/credits/ECTS")).isEqualTo("6.00");
    }

    private static String entry(String code, String status) {
        return """
                <learningOpportunitySpecification>
                 <identifier type="local">%s</identifier><title xml:lang="en">Course</title>
                 <type>Course</type>
                 <specifies><learningOpportunityInstance><date>2024-06-30</date>%s
                  <credit><scheme>ects</scheme><value>6</value></credit>
                 </learningOpportunityInstance></specifies>
                </learningOpportunitySpecification>""".formatted(code, status);
    }

    @Test
    void all_31_cases_are_run_here() {
        Set<String> here = Stream.concat(steps().stream().map(Step::id), TESTED_BELOW.stream())
                .collect(Collectors.toSet());
        assertThat(Published.CASES).hasSize(31).doesNotHaveDuplicates();
        assertThat(here).containsAll(Published.CASES);
    }
}
