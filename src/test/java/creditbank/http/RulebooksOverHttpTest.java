package creditbank.http;

import static creditbank.enactment.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.http.BankOverHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Every test has a rulebook of its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class RulebooksOverHttpTest {

    private static final String REASON = "{\"reason\":\"规则修订\"}";

    @TempDir
    static Path folder;

    private BankOverHttp bank;

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"));
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private static String of(String id, int version, String from, @Nullable String until) {
        return text(version, from, until).replace("rulebook: example-college", "rulebook: " + id);
    }

    private Answer send(String user, String address, String yaml) {
        return bank.as(user).post(
                address, "application/yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private Answer propose(String yaml) {
        return send("registrar", "/api/rulebooks", yaml);
    }

    private Answer approve(String id, int version) {
        return bank.as("approver").post("/api/rulebooks/" + id + "/" + version + "/approval", "");
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.text("/code")).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/detail")).isNotEmpty().doesNotContain("{");
        assertThat(answer.text("/remedy")).isNotEmpty().doesNotContain("{");
    }

    // ------------------------------------------------------------------ the way of a rulebook

    @Test
    void a_rulebook_is_proposed_by_one_registrar_and_put_in_force_by_another() {
        String yaml = of("way", 1, "2020-01-01", null) + "# 原文\n";
        Answer proposed = propose(yaml);
        assertThat(proposed.status()).as(proposed.body()).isEqualTo(201);
        assertThat(proposed.header("Location")).isEqualTo("/api/rulebooks/way/1");
        assertThat(proposed.header("ETag")).isEqualTo("\"0\"");
        String at = "?after=" + proposed.header("Ledger-Position");
        assertThat(bank.asAnyone().get("/api/rulebooks/way/1" + at).text("/status"))
                .isEqualTo("PROPOSED");
        assertRefused(bank.as("registrar").post("/api/rulebooks/way/1/approval", ""), 403,
                "rulebook-approved-by-proposer");
        Answer approved = approve("way", 1);
        assertThat(approved.status()).isEqualTo(201);
        assertThat(approved.text("/id")).isEqualTo("way/1");
        Answer one = bank.asAnyone().get("/api/rulebooks/way/1?after="
                + approved.header("Ledger-Position"));
        assertThat(one.text("/status")).isEqualTo("IN_FORCE");
        assertThat(one.text("/rulebook/id")).isEqualTo("way");
        assertThat(one.text("/head/jurisdiction")).isEqualTo("institution/example-college");
        assertThat(one.text("/head/title/zh")).isEqualTo("证书学分认定");
        assertThat(one.text("/head/source/mark")).isEqualTo("P");
        assertThat(one.text("/inForce/from")).isEqualTo("2020-01-01");
        assertThat(one.text("/approved/position"))
                .isEqualTo(approved.header("Ledger-Position"));
        assertThat(one.header("ETag")).isEqualTo("\"1\"");
        Answer text = bank.asAnyone().get("/api/rulebooks/way/1/text");
        assertThat(text.header("Content-Type")).startsWith("application/yaml");
        assertThat(text.body()).isEqualTo(yaml);
        assertThat(bank.part(Bank.class).rulebooks()
                .get(new RulebookVersion(new RulebookId("way"), 1)).head().inForce().from())
                .isEqualTo("2020-01-01");
    }

    @Test
    void who_proposed_and_approved_is_shown_to_those_who_are_signed_in() {
        propose(of("names", 1, "2020-01-01", null));
        String address = "/api/rulebooks/names/1?after="
                + approve("names", 1).header("Ledger-Position");
        assertThat(bank.asAnyone().get(address).body()).doesNotContain("user/");
        Answer signedIn = bank.as("stranger").get(address);
        assertThat(signedIn.text("/proposed/by")).isEqualTo("user/registrar");
        assertThat(signedIn.text("/approved/by")).isEqualTo("user/approver");
    }

    @Test
    void a_new_version_supersedes_the_old_one_in_one_commit() {
        String begins = LocalDate.now().plusDays(40).toString();
        propose(of("next", 1, "2020-01-01", null));
        approve("next", 1);
        propose(of("next", 2, begins, null));
        Answer overlap = approve("next", 2);
        assertRefused(overlap, 409, "rulebook-overlaps");
        assertThat(overlap.text("/inForce")).isEqualTo("next@1");
        String address = "/api/rulebooks/next/1/supersession";
        assertRefused(bank.as("approver").post(address, REASON), 422, "required");
        assertRefused(bank.as("approver").post(address, "{\"by\":2}"), 422, "required");
        assertRefused(bank.as("approver").post(address, "{\"by\":0,\"reason\":\"无\"}"), 422,
                "id-malformed");
        Answer superseded = bank.as("approver")
                .post(address, "{\"by\":2,\"reason\":\"修订\"}");
        assertThat(superseded.status()).as(superseded.body()).isEqualTo(201);
        String after = "?after=" + (superseded.json().at("/position").asLong() + 1);
        Answer old = bank.asAnyone().get("/api/rulebooks/next/1" + after);
        assertThat(old.text("/status")).isEqualTo("SUPERSEDED");
        assertThat(old.text("/supersededBy")).isEqualTo("2");
        assertThat(old.text("/ended/reason")).isEqualTo("修订");
        assertThat(old.text("/inForce/until"))
                .isEqualTo(LocalDate.parse(begins).minusDays(1).toString());
        assertThat(bank.asAnyone().get("/api/rulebooks/next/2").text("/status"))
                .isEqualTo("IN_FORCE");
        List<String> commands = bank.as("auditor").get("/api/ledger/entries?from="
                        + superseded.text("/position")).json().at("/entries").valueStream()
                .limit(2).map(e -> e.at("/entry/type").asString() + " "
                        + e.at("/entry/commandId").asString()).toList();
        assertThat(commands.getFirst()).startsWith("rulebook.superseded ");
        assertThat(commands.getLast()).isEqualTo(
                commands.getFirst().replace("superseded", "approved"));
    }

    @Test
    void a_version_in_force_is_withdrawn_with_a_last_day_and_a_proposal_without() {
        propose(of("end", 1, "2020-01-01", null));
        String address = "/api/rulebooks/end/1/withdrawal";
        assertThat(bank.as("registrar").post(address, REASON).status()).isEqualTo(201);
        assertThat(propose(of("end", 1, "2021-01-01", null)).status()).isEqualTo(201);
        approve("end", 1);
        assertRefused(bank.as("registrar").post(address, REASON), 409,
                "rulebook-already-approved");
        assertRefused(bank.as("registrar").post(address,
                "{\"until\":\"2022-01-01\",\"reason\":\"无\"}"), 409, "rulebook-day-passed");
        assertRefused(bank.as("registrar").post(address,
                "{\"until\":\"tomorrow\",\"reason\":\"无\"}"), 422, "date-malformed");
        String last = LocalDate.now().plusDays(9).toString();
        Answer ended = bank.as("registrar").post(address,
                "{\"until\":\"" + last + "\",\"reason\":\"办法废止\"}");
        assertThat(ended.status()).isEqualTo(201);
        Answer one = bank.asAnyone().get(
                "/api/rulebooks/end/1?after=" + ended.header("Ledger-Position"));
        assertThat(one.text("/status")).isEqualTo("WITHDRAWN");
        assertThat(one.text("/inForce/until")).isEqualTo(last);
        assertThat(one.text("/head/inForce/from")).isEqualTo("2021-01-01");
    }

    // ------------------------------------------------------------------ listing

    @Test
    void versions_are_listed_by_jurisdiction_by_day_and_by_status() {
        propose(of("list-a", 1, "1990-01-01", "1995-12-31")
                .replace("{institution: example-college}", "{country: KR}"));
        approve("list-a", 1);
        propose(of("list-a", 2, "1996-01-01", "1997-12-31")
                .replace("{institution: example-college}", "{country: KR}"));
        approve("list-a", 2);
        String after = propose(of("list-b", 1, "1990-01-01", "1999-12-31")
                .replace("{institution: example-college}", "{country: KR}"))
                .header("Ledger-Position");
        String address = "/api/rulebooks?jurisdiction=country/KR&after=" + after;
        assertThat(listed(address)).containsExactly("list-a 1", "list-a 2", "list-b 1");
        assertThat(listed(address + "&day=1995-12-31")).containsExactly("list-a 1");
        assertThat(listed(address + "&day=1996-01-01")).containsExactly("list-a 2");
        assertThat(listed(address + "&day=1998-01-01")).isEmpty();
        assertThat(listed(address + "&status=PROPOSED")).containsExactly("list-b 1");
        assertThat(listed("/api/rulebooks?jurisdiction=country/JP")).isEmpty();
        assertThat(listed("/api/rulebooks?limit=1000")).contains("list-a 1", "list-b 1");
        Answer first = bank.asAnyone().get(address + "&limit=2");
        assertThat(listed(address + "&limit=2&behind=" + first.text("/next").replace("|", "%7C")))
                .containsExactly("list-b 1");
        assertThat(listed(address + "&limit=1&status=PROPOSED")).containsExactly("list-b 1");
        assertRefused(bank.asAnyone().get("/api/rulebooks?jurisdiction=Korea"), 422,
                "jurisdiction-malformed");
        assertRefused(bank.asAnyone().get("/api/rulebooks?limit=0"), 422, "limit-out-of-range");
    }

    private List<String> listed(String address) {
        return bank.asAnyone().get(address).json().at("/rulebooks").valueStream()
                .map(r -> r.at("/rulebook/id").asString() + " "
                        + r.at("/rulebook/version").asInt()).toList();
    }

    // ------------------------------------------------------------------ the same command again

    @Test
    void the_same_key_with_the_same_text_is_the_same_proposal() {
        String yaml = of("again", 1, "2020-01-01", null);
        byte[] body = yaml.getBytes(StandardCharsets.UTF_8);
        Answer first = bank.as("registrar").header("Idempotency-Key", "p")
                .post("/api/rulebooks", "text/yaml", body);
        Answer second = bank.as("registrar").header("Idempotency-Key", "p")
                .post("/api/rulebooks", "text/plain", body);
        assertThat(second.body()).isEqualTo(first.body());
        assertRefused(propose(yaml), 409, "rulebook-already-proposed");
        Answer approved = bank.as("approver").header("Idempotency-Key", "a")
                .post("/api/rulebooks/again/1/approval", "");
        assertThat(bank.as("approver").header("Idempotency-Key", "a")
                .post("/api/rulebooks/again/1/approval", "").body()).isEqualTo(approved.body());
    }

    @Test
    void a_rulebook_that_has_moved_on_is_refused_with_412() {
        propose(of("moved", 1, "2020-01-01", null));
        String seen = bank.asAnyone().get("/api/rulebooks/moved/1").header("ETag");
        approve("moved", 1);
        assertRefused(bank.as("registrar").header("If-Match", seen)
                .post("/api/rulebooks/moved/1/withdrawal", REASON), 412, "version-mismatch");
    }

    // ------------------------------------------------------------------ bad input

    @Test
    void all_mistakes_of_a_text_are_told_with_place_expectation_and_remedy_in_both_languages() {
        String bad = of("bad", 1, "2020-01-01", null)
                .replace("unit: CN", "unit: XX").replace("awards", "awrds");
        Answer refused = propose(bad);
        assertRefused(refused, 422, "rulebook-invalid");
        assertThat(refused.json().at("/mistakes").valueStream()
                .map(m -> m.at("/line").asInt() + " " + m.at("/code").asString()))
                .contains("7 not-a-choice", "12 field-unknown");
        assertThat(refused.text("/mistakes/0/path")).isEqualTo("unit");
        assertThat(refused.text("/mistakes/0/column")).isEqualTo("7");
        assertThat(refused.text("/mistakes/0/expected")).contains("ECTS");
        assertThat(refused.text("/mistakes/0/remedy")).startsWith("Use: CN");
        Answer chinese = bank.as("registrar").header("Accept-Language", "zh").post(
                "/api/rulebooks", "application/yaml", bad.getBytes(StandardCharsets.UTF_8));
        assertThat(chinese.text("/detail")).contains("规则集");
        assertThat(chinese.text("/mistakes/0/problem"))
                .isNotEqualTo(refused.text("/mistakes/0/problem"));
    }

    @Test
    void a_text_is_tried_without_writing_anything() {
        long before = size();
        Answer good = send("college", "/api/rulebooks/reading", of("try", 3, "2020-01-01", null));
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.json().at("/readable").asBoolean()).isTrue();
        assertThat(good.text("/rulebook/version")).isEqualTo("3");
        assertThat(good.text("/head/title/en")).isEqualTo("Credits for certificates");
        Answer bad = send("stranger", "/api/rulebooks/reading", "rulebook: [\n");
        assertThat(bad.status()).isEqualTo(200);
        assertThat(bad.json().at("/readable").asBoolean()).isFalse();
        assertThat(bad.text("/mistakes/0/code")).isEqualTo("not-yaml");
        assertThat(send("auditor", "/api/rulebooks/reading", "").text("/mistakes/0/code"))
                .isEqualTo("empty");
        assertRefused(bank.asAnyone().post("/api/rulebooks/reading", "application/yaml",
                new byte[0]), 401, "not-signed-in");
        assertThat(size()).isEqualTo(before);
    }

    private long size() {
        return bank.as("auditor").get("/api/ledger/entries?limit=1").json().at("/size").asLong();
    }

    @Test
    void a_text_that_is_too_long_is_no_utf_8_or_of_another_type_is_refused() {
        String head = of("long", 1, "2020-01-01", null);
        String most = head + "#" + "字".repeat(200_000 - head.length() - 1);
        assertRefused(propose(most + "字"), 422, "text-too-long");
        assertRefused(propose("字".repeat(900_000)), 422, "text-too-long");
        assertThat(propose(most).status()).isEqualTo(201);
        assertThat(bank.asAnyone().get("/api/rulebooks/long/1/text?after=" + (size() - 1)).body())
                .isEqualTo(most);
        assertRefused(bank.as("registrar").post("/api/rulebooks", "text/plain",
                new byte[] {'a', (byte) 0xb5}), 422, "text-not-unicode");
        assertRefused(bank.as("registrar").post("/api/rulebooks", "{}"), 415, "http-415");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/rulebooks/nowhere/1", "/api/rulebooks/nowhere/1/text"})
    void an_unknown_rulebook_is_named(String address) {
        assertRefused(bank.asAnyone().get(address), 404, "rulebook-unknown");
        assertThat(bank.asAnyone().get(address).text("/rulebook")).isEqualTo("nowhere@1");
    }

    @Test
    void what_cannot_name_a_version_is_refused_with_its_field() {
        assertThat(bank.asAnyone().get("/api/rulebooks/No/1").text("/field")).isEqualTo("id");
        assertThat(bank.asAnyone().get("/api/rulebooks/no/0").text("/field"))
                .isEqualTo("version");
        Answer words = bank.asAnyone().get("/api/rulebooks/no/one");
        assertRefused(words, 422, "whole-number-malformed");
        assertThat(words.text("/field")).isEqualTo("version");
        assertRefused(approve("nowhere", 1), 404, "rulebook-unknown");
    }

    /** Institutions keep to their own records: rules are for registrars. */
    @Test
    void an_institution_proposes_nothing() {
        assertRefused(send("college", "/api/rulebooks", of("mine", 1, "2020-01-01", null)), 403,
                "not-for-your-role");
    }
}
