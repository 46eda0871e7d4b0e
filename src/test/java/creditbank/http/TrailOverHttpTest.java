package creditbank.http;

import static creditbank.http.BankOverHttp.course;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import creditbank.ledger.Ledger;
import creditbank.views.Follower;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
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

/**
 * One learner whom the college taught and the evaluator certified, with a correction, and another
 * with a course; every test that reads of a learner makes one of its own.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class TrailOverHttpTest {

    @TempDir
    static Path folder;

    private BankOverHttp bank;
    private String first = "";
    private String second = "";
    private int number;

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.registerInstitutions();
        first = bank.open("TRAIL-1");
        made(bank.as("college").post("/api/learners/" + first + "/outcomes",
                course("T-1", "2", "2024-06-30")));
        made(bank.as("evaluator").post("/api/learners/" + first + "/certificates", """
                {"recordKey":"T-2","title":"养老护理","level":"ADVANCED","number":"T-CERT-2",
                 "happenedOn":"2021-05-20"}"""));
        made(bank.as("registrar").post("/api/achievements/" + first + "-1/correction", """
                {"achievement":{"issuer":"college","kind":"COURSE","recordKey":"T-1",
                 "title":"机械制图","credits":{"amount":"3","unit":"CN"},
                 "happenedOn":"2024-06-30"},"reason":"成绩登记有误"}"""));
        second = learnerWithCourse();
        bank.addLearner("student", first);
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private static Answer made(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private String learnerWithCourse() {
        String learner = bank.open("TRAIL-N-" + ++number);
        made(bank.as("college").post("/api/learners/" + learner + "/outcomes",
                course("N-" + number, "1", "2024-06-30")));
        return learner;
    }

    private Answer get(String user, String address) {
        Answer answer = bank.as(user).get(address);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** With all entries there are now. */
    private Answer trail(String query) {
        long last = bank.part(Ledger.class).reader().size() - 1;
        return get("auditor", "/api/audit/trail?" + query + "&after=" + last);
    }

    private static List<String> each(Answer answer, String field) {
        return StreamSupport.stream(answer.json().at("/entries").spliterator(), false)
                .map(entry -> entry.at("/" + field).asString()).toList();
    }

    private List<String> accesses(String learner, String field) {
        JsonNode accesses = get("auditor", "/api/learners/" + learner + "/accesses").json()
                .at("/accesses");
        return StreamSupport.stream(accesses.spliterator(), false).map(each -> {
            JsonNode found = each.at("/" + field);
            return found.isArray() ? found.toString() : found.asString();
        }).toList();
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.text("/code")).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/detail")).isNotEmpty().doesNotContain("{");
        assertThat(answer.text("/remedy")).isNotEmpty().doesNotContain("{");
    }

    // ------------------------------------------------------------------ the trail

    @Test
    void filters_hold_together() {
        assertThat(each(trail("institution=college&kind=achievement.corrected"), "actor"))
                .containsExactly("user/registrar");
        assertThat(each(trail("actor=user/evaluator&institution=evaluator"), "kind"))
                .containsExactly("achievement.recorded");
        assertThat(each(trail("actor=user/evaluator&institution=college"), "kind")).isEmpty();
        assertThat(each(trail("learner=" + first + "&kind=achievement.recorded"), "actor"))
                .containsExactly("user/college", "user/evaluator");
        assertThat(each(trail("learner=" + first + "&institution=evaluator"), "kind"))
                .containsExactly("achievement.recorded");
        assertThat(each(trail("learner=" + second + "&actor=user/evaluator"), "kind")).isEmpty();
        assertThat(each(trail("actor=user/nobody"), "kind")).isEmpty();
    }

    @Test
    void an_entry_is_told_with_who_when_for_whom_and_why_and_every_id_leads_on() {
        Answer answer = trail("kind=achievement.corrected&limit=1");
        String entry = "/entries/0";
        assertThat(answer.text(entry + "/actor")).isEqualTo("user/registrar");
        assertThat(answer.text(entry + "/onBehalfOf")).isEqualTo("institution/college");
        assertThat(answer.text(entry + "/reason")).isEqualTo("成绩登记有误");
        assertThat(answer.text(entry + "/learner")).isEqualTo(first);
        assertThat(answer.text(entry + "/institutions/0")).isEqualTo("college");
        assertThat(answer.text(entry + "/stream")).isEqualTo("learner/" + first);
        assertThat(Instant.parse(answer.text(entry + "/recordedAt")))
                .isBefore(Instant.now());
        for (String link : List.of("entry", "command", "actor", "about", "learner")) {
            assertThat(get("auditor", answer.text(entry + "/links/" + link)).body())
                    .as(link).contains(link.equals("actor") ? "registrar" : first);
        }
        assertThat(get("auditor", answer.text(entry + "/links/institutions/0")).text("/id"))
                .isEqualTo("college");
        assertThat(get("auditor", answer.text(entry + "/links/entry"))
                .text("/entries/0/position")).isEqualTo(answer.text(entry + "/position"));
    }

    @Test
    void a_period_is_of_days_or_instants_and_both_ends_belong_to_it() {
        List<String> all = each(trail("actor=user/evaluator"), "recordedAt");
        assertThat(all).hasSize(1);
        String at = all.getFirst();
        assertThat(each(trail("actor=user/evaluator&from=" + at + "&to=" + at), "kind"))
                .hasSize(1);
        String later = Instant.parse(at).plusNanos(1_000).toString();
        String before = Instant.parse(at).minusNanos(1_000).toString();
        assertThat(each(trail("actor=user/evaluator&from=" + later), "kind")).isEmpty();
        assertThat(each(trail("actor=user/evaluator&to=" + before), "kind")).isEmpty();
        assertThat(each(trail("learner=" + first + "&to=" + before), "kind"))
                .doesNotContain("achievement.corrected").contains("account.opened");
        assertThat(each(trail("actor=user/evaluator&from=2020-01-01&to=2020-12-31"), "kind"))
                .isEmpty();
        assertThat(each(trail("actor=user/evaluator&from=2020-01-01&to=9999-12-31"), "kind"))
                .hasSize(1);
        assertThat(each(trail("to=2020-12-31"), "kind")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"institution=college", "learner=", ""})
    void pages_leave_nothing_out_and_tell_nothing_twice(String asked) {
        String query = (asked.equals("learner=") ? asked + first : asked) + "&to="
                + Instant.now();
        List<String> whole = each(trail(query + "&limit=200"), "position");
        assertThat(whole).hasSizeGreaterThan(3);
        List<String> paged = new ArrayList<>();
        String cursor = "0";
        while (!cursor.isEmpty()) {
            Answer page = trail(query + "&limit=2&cursor=" + cursor);
            assertThat(page.json().at("/entries").size()).isLessThanOrEqualTo(2);
            paged.addAll(each(page, "position"));
            cursor = page.json().at("/next").isNumber() ? page.text("/next") : "";
        }
        assertThat(paged).isEqualTo(whole);
        Answer behind = trail(query + "&cursor=" + Long.MAX_VALUE);
        assertThat(each(behind, "position")).isEmpty();
        assertThat(behind.json().at("/next").isNumber()).isFalse();
    }

    @Test
    void a_command_tells_who_sent_it_and_all_that_came_of_it() {
        String command = trail("kind=achievement.corrected").text("/entries/0/commandId");
        Answer answer = get("registrar", "/api/audit/commands/" + command);
        assertThat(answer.text("/actor")).isEqualTo("user/registrar");
        assertThat(answer.text("/command")).isEqualTo(command);
        assertThat(each(answer, "kind")).containsExactly("achievement.corrected");
        assertThat(answer.json().at("/next").isNumber()).isFalse();
        assertThat(each(get("registrar", "/api/audit/commands/" + command + "?cursor="
                + Long.MAX_VALUE), "kind")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/audit/trail?kind=achievement.eaten, 422, choice-unknown",
        "/api/audit/trail?learner=nobody, 422, id-malformed",
        "/api/audit/trail?learner=0000000000000000, 404, learner-unknown",
        "/api/audit/trail?institution=No, 422, institution-id-malformed",
        "/api/audit/trail?institution=nowhere, 404, institution-unknown",
        "/api/audit/trail?actor=college, 422, choice-unknown",
        "/api/audit/trail?from=yesterday, 422, day-or-instant-malformed",
        "/api/audit/trail?to=2024-06-30T08:00:00, 422, day-or-instant-malformed",
        "/api/audit/trail?from=2024-07-01&to=2024-06-29, 422, period-reversed",
        "/api/audit/trail?limit=0, 422, limit-out-of-range",
        "/api/audit/trail?limit=1001, 422, limit-out-of-range",
        "/api/audit/trail?cursor=-1, 422, whole-number-malformed",
        "/api/audit/trail?after=999999, 503, views-behind",
        "/api/audit/commands/none, 404, command-unknown",
        "/api/audit/commands/none?limit=0, 422, limit-out-of-range",
        "/api/learners/0000000000000000/accesses, 404, learner-unknown"
    })
    void what_cannot_be_asked_is_refused(String address, int status, String code) {
        assertRefused(bank.as("auditor").get(address), status, code);
    }

    @Test
    void a_kind_there_is_not_is_told_with_those_there_are() {
        assertThat(bank.as("auditor").get("/api/audit/trail?kind=x").text("/known"))
                .contains("achievement.recorded", "personal-data.disclosed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/audit/trail", "/api/audit/commands/none"})
    void the_trail_is_for_auditors_and_registrars(String address) {
        assertThat(bank.as("registrar").get(address).status()).isIn(200, 404);
        assertRefused(bank.as("college").get(address), 403, "not-for-your-role");
        assertRefused(bank.as("student").get(address), 403, "not-for-your-role");
        assertThat(bank.asAnyone().get(address).status()).isEqualTo(401);
    }

    // ------------------------------------------------------------------ who read

    @Test
    void whoever_is_shown_personal_data_stands_in_the_ledger_with_what_they_saw() {
        String learner = learnerWithCourse();
        long last = bank.part(Ledger.class).reader().size() - 1;
        assertThat(get("registrar", "/api/learners/" + learner + "?after=" + last).text("/name"))
                .isEqualTo("王小明");
        get("auditor", "/api/achievements/" + learner + "-1");
        get("college", "/api/achievements/" + learner + "-1");
        get("registrar", "/api/learners/" + learner + "/statement");
        get("registrar", "/api/learners/" + learner + "/balance");

        assertThat(accesses(learner, "actor"))
                .containsExactly("user/registrar", "user/auditor", "user/college");
        assertThat(accesses(learner, "fields"))
                .containsExactly("[\"identity.name\",\"identity.documentNumber\"]",
                        "[\"achievement.recordKey\"]", "[\"achievement.recordKey\"]");
        assertThat(accesses(learner, "onBehalfOf")).last().isEqualTo("institution/college");
        assertThat(each(trail("learner=" + learner), "kind")).containsExactly("account.opened",
                "achievement.recorded", "personal-data.disclosed", "personal-data.disclosed",
                "personal-data.disclosed");
        assertThat(each(trail("learner=" + learner
                + "&kind=personal-data.disclosed&actor=user/college"), "stream"))
                .containsExactly("access/" + learner);
    }

    @Test
    void what_an_account_said_once_is_personal_data_too() {
        String learner = learnerWithCourse();
        long last = bank.part(Ledger.class).reader().size() - 1;
        get("registrar", "/api/learners/" + learner + "/balance?after=" + last);
        assertThat(get("auditor", "/api/audit/learners/" + learner + "?position=" + last)
                .text("/views/account/name")).isEqualTo("王小明");
        get("auditor", "/api/audit/learners/" + learner + "/diff?from=" + (last - 1));
        assertThat(accesses(learner, "fields")).containsExactly(
                "[\"identity.name\",\"identity.documentNumber\",\"achievement.recordKey\"]",
                "[\"identity.name\",\"identity.documentNumber\",\"achievement.recordKey\"]");
    }

    @Test
    void what_learners_read_of_themselves_is_nobody_else_s_business() {
        long before = bank.part(Ledger.class).reader().size();
        assertThat(get("student", "/api/learners/" + first).text("/name")).isEqualTo("王小明");
        get("student", "/api/learners/" + first + "/statement");
        get("student", "/api/achievements/" + first + "-1");
        assertThat(bank.part(Ledger.class).reader().size()).isEqualTo(before);
    }

    @Test
    void a_page_of_many_learners_is_one_command_with_an_entry_for_each() {
        String one = learnerWithCourse();
        String other = learnerWithCourse();
        long last = bank.part(Ledger.class).reader().size() - 1;
        int shown = get("college", "/api/institutions/college/records?after=" + last).json()
                .at("/records").size();
        Answer read = trail("actor=user/college&kind=personal-data.disclosed&cursor=" + (last + 1));
        assertThat(each(read, "learner")).contains(one, other).doesNotHaveDuplicates()
                .hasSizeBetween(2, shown);
        assertThat(each(read, "commandId").stream().distinct()).hasSize(1);
        Answer command = get("auditor", read.text("/entries/0/links/command") + "?limit=1");
        assertThat(command.json().at("/entries")).hasSize(1);
        assertThat(each(get("auditor", read.text("/entries/0/links/command") + "?cursor="
                + command.text("/next")), "learner")).hasSize(each(read, "learner").size() - 1);
    }

    @Test
    void reasons_in_the_trail_are_personal_data_too() {
        trail("kind=achievement.corrected");
        assertThat(accesses(first, "fields")).contains("[\"reason\"]");
    }

    @Test
    void what_was_refused_showed_nothing() {
        long before = bank.part(Ledger.class).reader().size();
        assertThat(bank.as("evaluator").get("/api/achievements/" + second + "-1").status())
                .isEqualTo(403);
        assertThat(bank.as("college").get("/api/learners/" + second).status()).isEqualTo(403);
        assertThat(bank.part(Ledger.class).reader().size()).isEqualTo(before);
    }

    @Test
    void nothing_is_recorded_where_nothing_may_be_shown() {
        String learner = learnerWithCourse();
        Answer restricted = made(bank.as("registrar").post(
                "/api/learners/" + learner + "/restriction", "{\"reason\":\"核查\"}"));
        get("registrar", "/api/learners/" + learner + "?after=" + restricted.text("/position"));
        assertThat(accesses(learner, "actor")).isEmpty();
        Answer erased = made(bank.as("registrar").post(
                "/api/learners/" + learner + "/erasure", "{\"reason\":\"本人申请\"}"));
        get("registrar", "/api/learners/" + learner + "?after=" + erased.text("/position"));
        assertThat(accesses(learner, "actor")).isEmpty();
        assertThat(each(trail("learner=" + learner), "kind")).last().isEqualTo("learner.erased");
    }

    @Test
    void learners_see_who_read_their_data_page_by_page() {
        get("registrar", "/api/learners/" + first);
        get("auditor", "/api/learners/" + first);
        Answer page = get("student", "/api/learners/" + first + "/accesses?limit=1");
        assertThat(page.json().at("/accesses")).hasSize(1);
        assertThat(page.text("/next")).isEqualTo("1");
        Answer rest = get("student", "/api/learners/" + first + "/accesses?from=1&limit=200");
        assertThat(rest.json().at("/accesses")).isNotEmpty();
        assertThat(rest.json().at("/next").isNumber()).isFalse();
        assertThat(get("student", "/api/learners/" + first + "/accesses?from=" + Long.MAX_VALUE)
                .json().at("/accesses")).isEmpty();
        assertRefused(bank.as("student").get("/api/learners/" + second + "/accesses"), 403,
                "not-your-account");
        assertRefused(bank.as("college").get("/api/learners/" + first + "/accesses"), 403,
                "not-for-your-role");
        assertThat(bank.asAnyone().get("/api/learners/" + first + "/accesses").status())
                .isEqualTo(401);
    }

    @Test
    void where_the_reading_cannot_be_recorded_nothing_is_shown() throws Exception {
        String learner = learnerWithCourse();
        bank.part(Follower.class).await(
                bank.part(Ledger.class).reader().size() - 1, Duration.ofSeconds(10));
        try (Connection other = DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("data/ledger.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            Answer refused = bank.as("registrar").get("/api/learners/" + learner);
            assertRefused(refused, 503, "ledger-not-writable");
            assertThat(refused.body()).doesNotContain("王小明");
            assertThat(get("student", "/api/learners/" + first).text("/name"))
                    .isEqualTo("王小明");
        }
        assertThat(get("registrar", "/api/learners/" + learner).text("/name"))
                .isEqualTo("王小明");
        assertThat(accesses(learner, "actor")).containsExactly("user/registrar");
    }
}
