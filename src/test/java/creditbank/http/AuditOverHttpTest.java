package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.audit.History;
import creditbank.audit.WholeReplay;
import creditbank.http.BankOverHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import tools.jackson.databind.JsonNode;

/**
 * A history of two learners, with what the live bank answered behind each of its commands; then the
 * auditor asks about every position of it.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class AuditOverHttpTest {

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
    private static final String CERTIFICATE = """
            {"recordKey":"%1$s","title":"数控车铣加工","level":"INTERMEDIATE","number":"%2$s",
             "credits":{"amount":"6.00","unit":"CN"},"happenedOn":"2023-05-20"}""";
    private static final String REASON = "{\"reason\":\"核查后更正\"}";

    /** What is asked live, by the name of the same in the auditor's answer. */
    private static final Map<String, String> ASKED = Map.of("/account", "", "/balance", "/balance",
            "/movements", "/statement", "/enrolments", "/enrolments", "/progress", "/progress",
            "/recognitions", "/recognitions", "/redemptions", "/redemptions",
            "/transfers", "/transfers", "/applications", "/applications");

    @TempDir
    static Path folder;

    private BankOverHttp bank;
    private String learner = "";
    private String other = "";
    /** What was answered live, by position. */
    private final Map<Long, Map<String, JsonNode>> answered = new LinkedHashMap<>();
    private final Map<Long, JsonNode> books = new LinkedHashMap<>();
    private final Map<Long, String> standing = new LinkedHashMap<>();
    private long opened;
    private long last;

    @BeforeAll
    void live() {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.registerInstitutions();
        bank.as("registrar").post("/api/rulebooks", "application/yaml",
                RULES.getBytes(StandardCharsets.UTF_8));
        bank.as("approver").post("/api/rulebooks/college-certificates/1/approval", "");
        then("college", "/api/programmes", "{\"id\":\"mechatronics\",\"plan\":" + PLAN + "}");
        Answer account = made(bank.as("college").post("/api/learners", """
                {"name":"王小明","documentKind":"PASSPORT","documentNumber":"AUDIT1"}"""));
        learner = account.text("/id");
        opened = account.json().at("/position").asLong();
        note(opened);
        other = bank.open("AUDIT2");
        String of = "/api/learners/" + learner;
        then("evaluator", of + "/certificates", CERTIFICATE.formatted("X-1", "X-1"));
        then("college", of + "/outcomes", BankOverHttp.course("C-1", "4.00", "2024-01-15"));
        then("college", "/api/learners/" + other + "/outcomes",
                BankOverHttp.course("C-2", "3.00", "2024-01-16"));
        then("college", of + "/enrolments", """
                {"programme":{"id":"mechatronics","version":1},"on":"2023-09-01"}""");
        then("college", of + "/recognitions", """
                {"enrolment":"%1$s-e1","rulebook":{"id":"college-certificates","version":1},
                 "on":"2024-03-01",
                 "asked":[{"evidence":"%1$s-1","targets":["course/ME101"]}]}""".formatted(learner));
        then("registrar", of + "/restriction", REASON);
        then("registrar", of + "/restriction/lifting", REASON);
        then("evaluator", "/api/achievements/" + learner + "-1/correction", """
                {"achievement":{"kind":"SKILL_CERTIFICATE","recordKey":"X-1","title":"数控车铣加工",
                 "level":"INTERMEDIATE","number":"X-9","credits":{"amount":"5.00","unit":"CN"},
                 "happenedOn":"2023-05-20"},"reason":"号码有误"}""");
        then("evaluator", "/api/learners/" + other + "/certificates",
                CERTIFICATE.formatted("X-2", "X-1"));
        then("evaluator", "/api/achievements/" + learner + "-1/revocation", REASON);
        last = answered.keySet().stream().mapToLong(p -> p).max().orElseThrow();
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private static Answer made(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private void then(String user, String address, String body) {
        Answer answer = made(bank.as(user).post(address, body));
        long position = bank.as("auditor").get("/api/ledger/entries?limit=1")
                .json().at("/size").asLong() - 1;
        assertThat(position).isGreaterThanOrEqualTo(answer.json().at("/position").asLong());
        note(position);
    }

    private void note(long position) {
        String after = "?after=" + position;
        Map<String, JsonNode> live = new LinkedHashMap<>();
        // Before anything is read of the learner: that adds entries.
        books.put(position, bank.as("auditor").get("/api/books" + after).json());
        if (!learner.isEmpty()) {
            ASKED.forEach((name, address) -> live.put(name, inside(bank.as("auditor").get(
                    "/api/learners/" + learner + address + after).json(), name)));
            live.put("/achievements", bank.as("auditor").get(
                    "/api/achievements/" + learner + "-1" + after).json());
        }
        answered.put(position, live);
        standing.put(position, bank.asAnyone().get(
                "/api/certificates/evaluator/X-1" + after).text("/status"));
    }

    /** Lists stand alone in the auditor's answer, in an object of their own in the live one. */
    private static JsonNode inside(JsonNode answer, String name) {
        JsonNode list = answer.at(name);
        return list.isMissingNode() || name.equals("/enrolments") ? answer : list;
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.text("/code")).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/detail")).isNotEmpty().doesNotContain("{");
        assertThat(answer.text("/remedy")).isNotEmpty().doesNotContain("{");
    }

    private Answer ask(String address) {
        Answer answer = bank.as("auditor").get(address);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    // ------------------------------------------------------------------ as of

    @Test
    void all_about_a_learner_is_answered_as_it_was_at_every_position() {
        assertThat(answered).hasSizeGreaterThan(10);
        answered.forEach((position, live) -> {
            if (live.isEmpty()) {
                return;
            }
            JsonNode then = ask("/api/audit/learners/" + learner + "?position=" + position).json();
            assertThat(then.at("/position").asLong()).isEqualTo(position);
            assertThat(then.at("/recordedAt").asString()).startsWith("20").endsWith("Z");
            live.forEach((name, answer) -> {
                JsonNode replayed = name.equals("/achievements")
                        ? then.at("/views/achievements/0") : then.at("/views" + name);
                if (!answer.has("code")) {
                    assertThat(replayed).as("%s at %d", name, position).isEqualTo(answer);
                }
            });
        });
    }

    @Test
    void the_books_and_a_certificate_are_answered_as_they_were_at_every_position() {
        books.forEach((position, live) -> {
            JsonNode then = ask("/api/audit/books?position=" + position).json();
            assertThat(then.at("/books")).as("at %d", position).isEqualTo(live);
            assertThat(ask("/api/audit/certificates/evaluator/X-1?position=" + position)
                    .text("/certificate/status")).as("at %d", position)
                    .isEqualTo(standing.get(position));
        });
        assertThat(standing.values()).contains("UNKNOWN", "VALID", "RESTRICTED");
    }

    @Test
    void an_instant_is_the_last_entry_until_then_and_the_answer_says_which() {
        JsonNode then = ask("/api/audit/learners/" + learner + "?position=" + last).json();
        String at = then.at("/recordedAt").asString();
        assertThat(ask("/api/audit/learners/" + learner + "?at=" + at).json()
                .at("/position").asLong()).isEqualTo(last);
        assertThat(ask("/api/audit/books?at=2999-01-01T00:00:00%2B08:00").json()
                .at("/position").asLong()).isGreaterThanOrEqualTo(last);
    }

    /** What was readable once is not read out of the past when it must not be read now. */
    @Test
    void an_erasure_and_a_restriction_hold_for_the_past_too() {
        for (String end : List.of("restriction", "erasure")) {
            Answer account = made(bank.as("college").post("/api/learners", """
                    {"name":"李小红","documentKind":"PASSPORT","documentNumber":"GONE-%s"}"""
                    .formatted(end)));
            String gone = account.text("/id");
            String then = "/api/audit/learners/" + gone + "?position="
                    + account.json().at("/position").asLong();
            assertThat(ask(then).text("/views/account/name")).isEqualTo("李小红");
            Answer ended = made(bank.as("registrar").post(
                    "/api/learners/" + gone + "/" + end, REASON));
            bank.as("auditor").get("/api/books?after=" + ended.json().at("/position").asLong());
            JsonNode answer = ask(then).json().at("/views/account");
            assertThat(answer.at("/status").asString()).isEqualTo("OPEN");
            assertThat(answer.has("name")).isFalse();
            assertThat(answer.has("documentNumber")).isFalse();
        }
    }

    @Test
    void a_balance_can_be_asked_for_another_business_day_as_known_then() {
        JsonNode then = ask("/api/audit/learners/" + learner + "?on=2023-06-01&position="
                + last).json();
        assertThat(then.at("/views/balance/on").asString()).isEqualTo("2023-06-01");
        assertThat(then.at("/views/balance/pools").size()).isEqualTo(1);
    }

    @Test
    void institutions_programmes_and_rulebooks_are_answered_as_they_were() {
        JsonNode college = ask("/api/audit/institutions/college?position=" + last).json();
        assertThat(college.at("/institution/id").asString()).isEqualTo("college");
        assertThat(college.at("/books/institutions").valueStream()
                .map(line -> line.at("/institution").asString())).containsOnly("college");
        assertThat(ask("/api/audit/programmes/mechatronics").text("/programme/programme/id"))
                .isEqualTo("mechatronics");
        assertThat(ask("/api/audit/rulebooks?position=" + last)
                .text("/rulebooks/0/status")).isEqualTo("IN_FORCE");
        assertRefused(bank.as("auditor").get("/api/audit/programmes/mechatronics?position=0"),
                404, "programme-unknown");
        assertRefused(bank.as("auditor").get("/api/audit/institutions/evaluator?position=0"),
                404, "institution-unknown");
        assertThat(ask("/api/audit/rulebooks?position=0").json().at("/rulebooks").size())
                .isZero();
    }

    // ------------------------------------------------------------------ differences

    @Test
    void a_difference_names_the_field_what_it_was_and_is_and_the_entries_that_made_it_so() {
        long corrected = answered.keySet().stream().toList().get(answered.size() - 3);
        JsonNode diff = ask("/api/audit/learners/" + learner + "/diff?from=" + opened + "&to="
                + last).json();
        assertThat(diff.at("/from/position").asLong()).isEqualTo(opened);
        JsonNode title = field(diff, "achievements", learner + "-1/credits/amount");
        assertThat(title.has("before")).isFalse();
        assertThat(title.at("/after").asString()).isEqualTo("5.00");
        assertThat(title.at("/entries").valueStream().map(JsonNode::asLong))
                .hasSize(2).endsWith(corrected);
        JsonNode revoked = field(diff, "achievements", learner + "-1/revokedOn");
        assertThat(revoked.at("/entries").valueStream().map(JsonNode::asLong)).isNotEmpty()
                .allMatch(position -> position > corrected && position <= last);
        assertThat(diff.at("/differences").valueStream().map(d -> d.at("/view").asString()))
                .contains("balance", "movements", "achievements", "enrolments", "progress",
                        "recognitions");
    }

    private static JsonNode field(JsonNode diff, String view, String path) {
        return diff.at("/differences").valueStream()
                .filter(d -> d.at("/view").asString().equals(view)
                        && d.at("/path").asString().equals(path)).findFirst().orElseThrow();
    }

    @Test
    void what_came_and_went_in_between_is_no_difference() {
        List<Long> positions = List.copyOf(answered.keySet());
        long before = positions.get(positions.size() - 6);
        long restricted = positions.get(positions.size() - 5);
        long lifted = positions.get(positions.size() - 4);
        JsonNode status = field(ask("/api/audit/learners/" + learner + "/diff?from=" + before
                + "&to=" + restricted).json(), "account", "status");
        assertThat(status.at("/before").asString()).isEqualTo("OPEN");
        assertThat(status.at("/after").asString()).isEqualTo("RESTRICTED");
        assertThat(status.at("/entries").toString()).isEqualTo("[" + restricted + "]");
        assertThat(ask("/api/audit/learners/" + learner + "/diff?from=" + before + "&to="
                + lifted).json().at("/differences").isEmpty()).isTrue();
    }

    @Test
    void an_account_that_was_opened_in_between_is_all_new() {
        JsonNode diff = ask("/api/audit/learners/" + learner + "/diff?from=0").json();
        assertThat(diff.at("/differences").valueStream().noneMatch(d -> d.has("before")))
                .isTrue();
        assertThat(field(diff, "account", "name").at("/entries").toString()).startsWith("[");
    }

    @Test
    void lines_of_the_books_differ_by_the_entries_behind_them() {
        List<Long> positions = List.copyOf(books.keySet());
        for (int i = 1; i < positions.size(); i++) {
            for (int j : List.of(0, i - 1)) {
                long from = positions.get(j);
                long to = positions.get(i);
                JsonNode diff = ask("/api/audit/books/diff?from=" + from + "&to=" + to).json();
                JsonNode before = line(Objects.requireNonNull(books.get(from)), "evaluator");
                JsonNode after = line(Objects.requireNonNull(books.get(to)), "evaluator");
                JsonNode found = line(diff, "evaluator");
                assertThat(found.isMissingNode()).as("%d to %d", from, to)
                        .isEqualTo(before.equals(after));
                found.at("/fields").forEach(field -> {
                    String name = field.at("/field").asString();
                    assertThat(field.at("/after").asString())
                            .isEqualTo(after.path(name).asString("0.00"));
                    assertThat(field.at("/before").asString())
                            .isEqualTo(before.path(name).asString(
                                    name.equals("achievements") ? "0" : "0.00"));
                });
                assertThat(found.at("/entries").valueStream().map(JsonNode::asLong))
                        .allMatch(position -> position > from && position <= to)
                        .hasSize(found.at("/entryCount").asInt());
            }
        }
    }

    private static JsonNode line(JsonNode books, String institution) {
        JsonNode lines = books.has("lines") ? books.at("/lines") : books.at("/institutions");
        return lines.valueStream().filter(line -> line.at("/institution").asString()
                        .equals(institution)).findFirst()
                .orElse(books.at("/none"));
    }

    @Test
    void two_versions_of_a_rulebook_differ_by_what_would_count() {
        String stricter = RULES.replace("version: 1", "version: 2")
                .replace("from: 2020-01-01", "from: 2099-01-01")
                .replace("at-least: INTERMEDIATE", "at-least: ADVANCED");
        assertThat(bank.as("registrar").post("/api/rulebooks", "application/yaml",
                stricter.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(201);
        made(bank.as("approver").post("/api/rulebooks/college-certificates/1/supersession",
                "{\"by\":2,\"reason\":\"更严\"}"));
        List<Long> positions = List.copyOf(answered.keySet());
        long recognised = positions.get(positions.size() - 6);
        String address = "/api/audit/learners/" + learner + "/outcomes?rulebook="
                + "college-certificates&position=" + recognised;
        JsonNode line = ask(address + "&from=1&to=2").json().at("/differences/0");
        assertThat(line.at("/target").asString()).isEqualTo("course/ME101");
        assertThat(line.at("/from").asString()).isEqualTo("4.00");
        assertThat(line.has("to")).isFalse();
        assertThat(line.at("/why").asString()).isNotEmpty();
        assertThat(ask(address + "&from=1&to=1").json().at("/differences").isEmpty()).isTrue();
        assertRefused(bank.as("auditor").get(address + "&from=1&to=9"), 404,
                "rulebook-unknown");
    }

    // ------------------------------------------------------------------ the whole bank

    @Test
    void a_replay_of_the_whole_bank_tells_its_progress_and_ends_with_digests() {
        Answer replay = ask("/api/audit/replay?position=" + last);
        assertThat(replay.header("Content-Type")).startsWith("text/event-stream");
        List<String> lines = replay.body().lines().filter(l -> !l.isEmpty()).toList();
        assertThat(lines.getFirst()).isEqualTo("event: progress");
        assertThat(lines.get(lines.size() - 2)).isEqualTo("event: result");
        assertThat(ask("/api/audit/replay?position=" + last).body()
                .substring(replay.body().indexOf("event: result")))
                .isEqualTo(replay.body().substring(replay.body().indexOf("event: result")));
        assertThat(folder.resolve("data/replay")).isEmptyDirectory();
    }

    @Test
    void a_digest_that_the_bank_states_agrees_with_the_replay_of_what_it_is_of() {
        bank.as("auditor").get("/api/books?after=" + last);
        Answer made = made(bank.as("auditor").header("Idempotency-Key", "audit-1")
                .post("/api/audit/digests", ""));
        assertThat(made(bank.as("auditor").header("Idempotency-Key", "audit-1")
                .post("/api/audit/digests", "")).json()).isEqualTo(made.json());
        JsonNode look = made.json();
        JsonNode digests = look.at("/digests");
        assertThat(digests).hasSize(creditbank.projections.Projection.all().size());
        JsonNode one = digests.get(0);
        assertThat(look.at("/actor").asString()).isEqualTo("user/auditor");
        assertThat(ask("/api/audit/digests?limit=1").json().at("/looks").valueStream())
                .containsExactly(look);
        JsonNode again = made(bank.as("auditor").post("/api/audit/digests", "")).json();
        assertThat(again.at("/position").asLong()).isGreaterThan(look.at("/position").asLong());
        assertThat(ask("/api/audit/digests").json().at("/looks").valueStream())
                .startsWith(again, look);
        String result = ask(one.at("/replay").asString()).body();
        assertThat(result).contains("\"position\":" + look.at("/position").asLong()
                + ",\"digest\":\"" + one.at("/digest").asString() + "\",\"agrees\":true");
        assertThat(result).doesNotContain("\"agrees\":false");
    }

    @Test
    void one_replay_of_the_whole_ledger_is_made_at_a_time() {
        WholeReplay whole = bank.part(WholeReplay.class);
        long position = whole.of(bank.part(History.class).at(0), List.of(), (_, _) -> {
            assertRefused(bank.as("auditor").get("/api/audit/replay"), 503, "replay-busy");
            assertRefused(bank.as("auditor").get("/api/audit/books"), 503, "replay-busy");
            ask("/api/audit/learners/" + learner);
        }, _ -> last);
        assertThat(position).isEqualTo(last);
        ask("/api/audit/books");
    }

    // ------------------------------------------------------------------ refusals

    @ParameterizedTest
    @CsvSource({
        "?position=-1, 422, whole-number-malformed",
        "?position=x, 422, whole-number-malformed",
        "?position=1000000, 404, position-beyond-the-end",
        "?position=1&at=2026-11-22T04:00:00Z, 422, one-moment",
        "?at=yesterday, 422, instant-malformed",
        "?at=2026-11-22, 422, instant-malformed",
        "?at=2001-01-01T00:00:00Z, 404, before-the-first-entry"})
    void a_moment_that_is_none_is_refused(String asked, int status, String code) {
        for (String of : List.of("learners/" + learner, "books", "institutions/college",
                "certificates/evaluator/X-1", "programmes/mechatronics", "rulebooks",
                "replay")) {
            assertRefused(bank.as("auditor").get("/api/audit/" + of + asked), status, code);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "from=-1, 422, whole-number-malformed",
        "from=99999999999999999999, 422, whole-number-malformed",
        "from=1000000, 404, position-beyond-the-end",
        "from=2&to=1, 422, moments-reversed",
        "from=yesterday, 422, instant-malformed",
        "to=1, 422, required"})
    void two_moments_that_are_none_are_refused(String asked, int status, String code) {
        for (String of : List.of("learners/" + learner, "books")) {
            assertRefused(bank.as("auditor").get("/api/audit/" + of + "/diff?" + asked),
                    status, code);
        }
    }

    @Test
    void a_learner_who_came_later_is_not_known_yet_and_one_who_never_came_not_at_all() {
        Answer answer = bank.as("auditor").get(
                "/api/audit/learners/" + learner + "?position=" + (opened - 1));
        assertRefused(answer, 404, "learner-not-yet-known");
        assertThat(answer.json().at("/opened").asLong()).isEqualTo(opened);
        assertRefused(bank.as("auditor").get("/api/audit/learners/0000000000000000"),
                404, "learner-unknown");
    }

    @ParameterizedTest
    @CsvSource({"college", "evaluator", "stranger"})
    void only_auditors_and_registrars_replay(String user) {
        assertThat(bank.as(user).get("/api/audit/learners/" + learner).status()).isEqualTo(403);
        assertThat(bank.asAnyone().get("/api/audit/books").status()).isEqualTo(401);
        assertThat(bank.as("registrar").get("/api/audit/learners/" + learner).status())
                .isEqualTo(200);
    }
}
