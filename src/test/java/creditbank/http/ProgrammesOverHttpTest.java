package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.http.BankOverHttp.Answer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** Every test has a programme of its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class ProgrammesOverHttpTest {

    private static final String PLAN = """
            {"title":{"zh":"机电一体化技术","en":"Mechatronics"},"sector":"VOCATIONAL",
             "level":"ASSOCIATE","region":"210600","unit":"CN","credits":"140",
             "attributes":{"major-kind":"other","years":3,"since":{"day":"2026-09-01"}},
             "groups":[{"id":"major","title":"专业课","credits":"90.00","most":"18"}],
             "courses":[{"code":"ZZ-JX","title":"机械制图","group":"major","credits":"4.5",
                         "hours":"64","natures":["professional","core"]},
                        {"code":"XX-1","title":"劳动教育","attributes":{"exam-form":"oral"}}]}""";

    @TempDir
    static Path folder;

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

    private Answer define(String user, String id, String plan) {
        return bank.as(user).post("/api/programmes",
                "{\"id\":\"" + id + "\",\"plan\":" + plan + "}");
    }

    private Answer revise(String user, String id, int replaces, String plan) {
        return bank.as(user).post("/api/programmes/" + id + "/revision",
                "{\"replaces\":" + replaces + ",\"reason\":\"方案修订\",\"plan\":" + plan + "}");
    }

    private Answer close(String user, String id, String more) {
        return bank.as(user).post("/api/programmes/" + id + "/closure",
                "{\"reason\":\"专业停招\"" + more + "}");
    }

    private Answer read(String address, Answer after) {
        return bank.asAnyone().get(address + (address.contains("?") ? "&" : "?") + "after="
                + after.header("Ledger-Position"));
    }

    private static String of(String institution) {
        return PLAN.replaceFirst("\\{", "{\"institution\":\"" + institution + "\",");
    }

    // ------------------------------------------------------------------ the way of a programme

    @Test
    void a_programme_is_defined_by_its_institution_and_read_by_anyone() {
        Answer defined = define("college", "way", PLAN);
        assertThat(defined.status()).as(defined.body()).isEqualTo(201);
        assertThat(defined.header("Location")).isEqualTo("/api/programmes/way");
        assertThat(defined.text("/id")).isEqualTo("way");
        Answer one = read("/api/programmes/way", defined);
        assertThat(one.header("ETag")).isEqualTo("\"0\"").isEqualTo(defined.header("ETag"));
        assertThat(one.text("/programme/version")).isEqualTo("1");
        assertThat(one.text("/plan/institution")).isEqualTo("college");
        assertThat(one.text("/plan/title/en")).isEqualTo("Mechatronics");
        assertThat(one.text("/plan/credits")).isEqualTo("140.00");
        assertThat(one.json().at("/plan/attributes").toString()).isEqualTo(
                "{\"major-kind\":{\"text\":\"other\"},\"years\":{\"number\":\"3.00\"},"
                + "\"since\":{\"day\":\"2026-09-01\"}}");
        assertThat(one.text("/plan/groups/0/most")).isEqualTo("18.00");
        assertThat(one.text("/plan/courses/0/credits")).isEqualTo("4.50");
        assertThat(one.text("/plan/courses/0/hours")).isEqualTo("64.00");
        assertThat(one.text("/plan/courses/0/natures/1")).isEqualTo("core");
        assertThat(one.text("/versions/0/made/position"))
                .isEqualTo(defined.header("Ledger-Position"));
        assertThat(one.body()).doesNotContain("user/").doesNotContain("null");
        assertThat(bank.as("stranger").get("/api/programmes/way").text("/versions/0/made/by"))
                .isEqualTo("user/college");
        Answer entry = bank.as("auditor").get("/api/ledger/entries?limit=1&from="
                + defined.header("Ledger-Position"));
        assertThat(entry.text("/entries/0/entry/onBehalfOf")).isEqualTo("institution/college");
        assertThat(bank.part(Bank.class).programmes()
                .get(new ProgrammeVersion(new ProgrammeId("way"), 1)).credits())
                .isEqualTo(14_000);
    }

    @Test
    void a_revision_is_shown_and_the_versions_before_it_are_kept_whole() {
        define("college", "next", PLAN);
        String changed = PLAN.replace("\"140\"", "\"142\"");
        Answer revised = revise("college", "next", 1, changed);
        assertThat(revised.status()).as(revised.body()).isEqualTo(201);
        assertThat(revised.header("ETag")).isEqualTo("\"1\"");
        Answer newest = read("/api/programmes/next", revised);
        assertThat(newest.text("/programme/version")).isEqualTo("2");
        assertThat(newest.text("/plan/credits")).isEqualTo("142.00");
        assertThat(newest.text("/versions/1/made/reason")).isEqualTo("方案修订");
        Answer first = read("/api/programmes/next?version=1", revised);
        assertThat(first.text("/programme/version")).isEqualTo("1");
        assertThat(first.text("/plan/credits")).isEqualTo("140.00");
        assertThat(first.json().at("/versions")).isEqualTo(newest.json().at("/versions"));
        Answer late = revise("registrar", "next", 1, of("college"));
        late.assertRefused(409, "programme-already-revised");
        assertThat(late.text("/newest")).isEqualTo("2");
        revise("college", "next", 3, PLAN).assertRefused(404, "programme-version-unknown");
    }

    @Test
    void a_closed_programme_says_until_when_people_enrol_and_goes_no_further() {
        define("registrar", "end", of("college"));
        String until = LocalDate.now().plusDays(60).toString();
        Answer closed = close("college", "end", ",\"until\":\"" + until + "\"");
        assertThat(closed.status()).as(closed.body()).isEqualTo(201);
        Answer one = read("/api/programmes/end", closed);
        assertThat(one.text("/closure/until")).isEqualTo(until);
        assertThat(one.text("/closure/closed/reason")).isEqualTo("专业停招");
        assertThat(one.text("/programme/version")).isEqualTo("1");
        revise("college", "end", 1, PLAN).assertRefused(409, "programme-closed");
        close("college", "end", "").assertRefused(409, "programme-closed");
        bank.asAnyone().get("/api/programmes/end?version=2")
                .assertRefused(404, "programme-version-unknown");
    }

    @Test
    void programmes_are_listed_by_institution_and_sector_page_by_page() {
        define("evaluator", "listed-b", PLAN);
        define("evaluator", "listed-a", PLAN.replace("VOCATIONAL", "ADULT"));
        Answer last = define("evaluator", "listed-c", PLAN);
        String own = "/api/programmes?institution=evaluator";
        assertThat(ids(read(own, last))).containsExactly("listed-a", "listed-b", "listed-c");
        assertThat(ids(read(own + "&sector=VOCATIONAL", last)))
                .containsExactly("listed-b", "listed-c");
        assertThat(ids(read("/api/programmes?sector=ADULT", last))).containsExactly("listed-a");
        assertThat(ids(read("/api/programmes", last)))
                .contains("listed-a", "listed-b", "listed-c").isSorted();
        Answer page = read(own + "&limit=2", last);
        assertThat(ids(page)).containsExactly("listed-a", "listed-b");
        assertThat(ids(read(own + "&limit=2&behind="
                + page.text("/next").replace("|", "%7C"), last))).containsExactly("listed-c");
        assertThat(page.text("/programmes/0/title/zh")).isEqualTo("机电一体化技术");
        assertThat(page.json().at("/programmes/0/courses").isMissingNode()).isTrue();
    }

    private static List<String> ids(Answer answer) {
        return answer.json().at("/programmes").valueStream()
                .map(p -> p.at("/programme/id").asString()).toList();
    }

    // ------------------------------------------------------------------ sent twice

    @Test
    void a_command_sent_twice_has_one_effect_and_the_first_answer() {
        String body = "{\"id\":\"again\",\"plan\":" + PLAN + "}";
        Answer first = bank.as("college").header("Idempotency-Key", "d")
                .post("/api/programmes", body);
        Answer second = bank.as("college").header("Idempotency-Key", "d")
                .post("/api/programmes", body);
        assertThat(second.body()).isEqualTo(first.body());
        define("college", "again", PLAN).assertRefused(409, "programme-already-defined");
    }

    @Test
    void a_programme_that_has_moved_on_is_refused_with_412() {
        Answer defined = define("college", "moved", PLAN);
        revise("college", "moved", 1, PLAN);
        bank.as("college").header("If-Match", defined.header("ETag"))
                .post("/api/programmes/moved/closure", "{\"reason\":\"专业停招\"}")
                .assertRefused(412, "version-mismatch");
    }

    // ------------------------------------------------------------------ who may

    @Test
    void an_institution_acts_as_itself_alone() {
        define("college", "theirs", of("evaluator")).assertRefused(403, "not-your-institution");
        define("college", "mine", PLAN);
        revise("evaluator", "mine", 1, PLAN).assertRefused(403, "not-your-institution");
        revise("evaluator", "mine", 1, of("college")).assertRefused(403, "not-your-institution");
        close("evaluator", "mine", "").assertRefused(403, "not-your-institution");
        close("registrar", "mine", ",\"institution\":\"evaluator\"")
                .assertRefused(403, "not-your-institution");
        assertThat(close("registrar", "mine", ",\"institution\":\"college\"").status())
                .isEqualTo(201);
    }

    @Test
    void a_suspended_institution_takes_on_no_programme() {
        bank.register("resting", "停办学院", "VOCATIONAL", "COLLEGE");
        bank.as("registrar").post("/api/institutions/resting/suspension",
                "{\"reason\":\"年检未通过\"}");
        define("registrar", "rest", of("resting")).assertRefused(409, "institution-suspended");
        define("registrar", "rest", of("nobody")).assertRefused(404, "institution-unknown");
    }

    @Test
    void a_plan_that_was_read_can_be_sent_back_as_a_revision() {
        Answer defined = define("college", "back", PLAN);
        String plan = read("/api/programmes/back", defined).json().at("/plan").toString();
        Answer revised = revise("college", "back", 1, plan);
        assertThat(revised.status()).as(revised.body()).isEqualTo(201);
        assertThat(read("/api/programmes/back", revised).json().at("/plan").toString())
                .isEqualTo(plan);
    }

    // ------------------------------------------------------------------ bad input

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "`\"zh\":\"机电一体化技术\",`;``;plan.title.zh;required",
        "VOCATIONAL;HOBBY;plan.sector;choice-unknown",
        "ASSOCIATE;EXPERT;plan.level;choice-unknown",
        "`\"210600\"`;`\"2106\"`;plan.region;region-unknown",
        "`\"unit\":\"CN\"`;`\"unit\":\"XX\"`;plan.unit;credit-unit-unknown",
        "`\"140\"`;`\"-1\"`;plan.credits;amount-negative",
        "`\"140\"`;`\"1.005\"`;plan.credits;amount-too-many-decimals",
        "major-kind;Major;plan.attributes;attribute-name-malformed",
        "major-kind;sector;plan.attributes;attribute-name-reserved",
        "`\"other\"`;null;plan.attributes.major-kind;required",
        "`\"other\"`;`{\"a\":1}`;plan.attributes.major-kind;attribute-malformed",
        "`\"years\":3`;`\"years\":3.005`;plan.attributes.years;number-malformed",
        "2026-09-01;2026-09-31;plan.attributes.since;date-malformed",
        "`\"id\":\"major\"`;`\"id\":\"Major\"`;plan.groups.0.id;group-id-malformed",
        "`\"18\"`;`\"x\"`;plan.groups.0.most;number-malformed",
        "`\"group\":\"major\"`;`\"group\":\"minor\"`;plan.courses.0.group;group-unknown",
        "`\"hours\":\"64\"`;`\"hours\":\"many\"`;plan.courses.0.hours;number-malformed",
        "`\"core\"`;`\"professional\"`;plan.courses.0.natures.1;listed-twice",
        "`\"core\"`;null;plan.courses.0.natures.1;required",
        "XX-1;ZZ-JX;plan.courses.1.code;listed-twice",
        "XX-1;劳动;plan.courses.1.code;code-malformed",
        "`\"courses\":[`;`\"courses\":[null,`;plan.courses.0;required"})
    void a_value_that_cannot_be_is_refused_with_the_way_to_it(
            String was, String is, String field, String code) {
        String plan = PLAN.replace(was, is);
        assertThat(plan).isNotEqualTo(PLAN);
        Answer refused = define("college", "bad", plan);
        refused.assertRefused(422, code);
        assertThat(refused.text("/field")).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "`\"4.5\"`;`\"91\"`;plan-group-overfull;91.00",
        "`\"18\"`;`\"91\"`;plan-cap-above-group;91.00",
        "`\"140\"`;`\"89.99\"`;plan-total-too-small;90.00"})
    void a_plan_whose_amounts_are_at_odds_is_refused_with_them(
            String was, String is, String code, String amount) {
        Answer refused = define("college", "odds", PLAN.replace(was, is));
        refused.assertRefused(422, code);
        assertThat(refused.text("/detail")).contains(amount);
        Answer chinese = bank.as("college").header("Accept-Language", "zh").post(
                "/api/programmes",
                "{\"id\":\"odds\",\"plan\":" + PLAN.replace(was, is) + "}");
        assertThat(chinese.text("/detail")).contains("学分", amount);
    }

    @Test
    void more_than_can_be_is_refused_by_its_number() {
        String courses = IntStream.rangeClosed(0, 2_000)
                .mapToObj(n -> "{\"code\":\"C" + n + "\",\"title\":\"课程\"}")
                .collect(Collectors.joining(","));
        Answer refused = define("college", "long", PLAN.replaceFirst(
                "\"courses\":\\[", "\"courses\":[" + courses + ","));
        refused.assertRefused(422, "list-too-long");
        assertThat(refused.text("/field")).isEqualTo("plan.courses");
        assertThat(refused.text("/found")).isEqualTo("2003");
    }

    @Test
    void what_must_be_said_is_asked_for_by_name() {
        assertThat(bank.as("college").post("/api/programmes", "{}").text("/field"))
                .isEqualTo("id");
        assertThat(bank.as("college").post("/api/programmes", "{\"id\":\"a\"}").text("/field"))
                .isEqualTo("plan");
        assertThat(define("registrar", "a", PLAN).text("/field")).isEqualTo("plan.institution");
        define("college", "No", PLAN).assertRefused(422, "programme-id-malformed");
        define("college", "asked", PLAN);
        String revision = "/api/programmes/asked/revision";
        assertThat(bank.as("college").post(revision, "{}").text("/field")).isEqualTo("replaces");
        assertThat(bank.as("college").post(revision, "{\"replaces\":0}").text("/field"))
                .isEqualTo("replaces");
        assertThat(bank.as("college").post(revision, "{\"replaces\":1}").text("/field"))
                .isEqualTo("plan");
        assertThat(bank.as("college").post(revision, "{\"replaces\":1,\"plan\":" + PLAN + "}")
                .text("/field")).isEqualTo("reason");
        assertThat(bank.as("college").post("/api/programmes/asked/closure", "{}")
                .text("/field")).isEqualTo("reason");
        assertThat(close("registrar", "asked", "").text("/field")).isEqualTo("institution");
        close("college", "asked", ",\"until\":\"2020-01-01\"").assertRefused(422, "date-passed");
        close("college", "asked", ",\"until\":\"soon\"").assertRefused(422, "date-malformed");
    }

    @Test
    void an_unknown_programme_is_named() {
        Answer refused = bank.asAnyone().get("/api/programmes/nowhere");
        refused.assertRefused(404, "programme-unknown");
        assertThat(refused.text("/programme")).isEqualTo("nowhere");
        revise("college", "nowhere", 1, PLAN).assertRefused(404, "programme-unknown");
        close("college", "nowhere", "").assertRefused(404, "programme-unknown");
        bank.asAnyone().get("/api/programmes/No").assertRefused(422, "programme-id-malformed");
        define("college", "known", PLAN);
        bank.asAnyone().get("/api/programmes/known?version=0").assertRefused(422, "id-malformed");
        bank.asAnyone().get("/api/programmes?institution=No")
                .assertRefused(422, "institution-id-malformed");
        bank.asAnyone().get("/api/programmes?sector=HOBBY").assertRefused(422, "choice-unknown");
        bank.asAnyone().get("/api/programmes?limit=0").assertRefused(422, "limit-out-of-range");
    }
}
