package creditbank.http;

import static creditbank.enactment.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
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

/** Every test has an agreement of its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class AgreementsOverHttpTest {

    private static final String REASON = "{\"reason\":\"协商终止\"}";

    @TempDir
    static Path folder;

    private BankOverHttp bank;

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.registerInstitutions();
        bank.as("registrar").post("/api/rulebooks", "application/yaml",
                text(1, "2020-01-01", null).getBytes(StandardCharsets.UTF_8));
        bank.as("approver").post("/api/rulebooks/example-college/1/approval", "");
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private static String of(String id, String from, String... parties) {
        return """
                {"id":"%s","title":"学习成果互认协议","parties":["%s"],
                 "rulebooks":["example-college"],
                 "directions":[{"from":"%s","to":"%s"}],"inForce":{"from":"%s"}}"""
                .formatted(id, String.join("\",\"", parties), parties[0], parties[1], from);
    }

    private static String ofBoth(String id) {
        return of(id, "2026-01-01", "institution/college", "institution/evaluator");
    }

    private Answer propose(String user, String json) {
        return bank.as(user).post("/api/agreements", json);
    }

    private Answer accept(String user, String id, String json) {
        return bank.as(user).post("/api/agreements/" + id + "/acceptance", json);
    }

    private Answer end(String user, String id, String json) {
        return bank.as(user).post("/api/agreements/" + id + "/end", json);
    }

    // ------------------------------------------------------------------ the way of an agreement

    @Test
    void an_agreement_is_proposed_by_one_institution_and_accepted_by_the_other() {
        Answer proposed = propose("college", ofBoth("way"));
        assertThat(proposed.status()).as(proposed.body()).isEqualTo(201);
        assertThat(proposed.header("Location")).isEqualTo("/api/agreements/way");
        assertThat(proposed.header("ETag")).isEqualTo("\"0\"");
        assertThat(bank.asAnyone().get("/api/agreements/way?after="
                + proposed.header("Ledger-Position")).text("/status")).isEqualTo("PROPOSED");
        accept("college", "way", "{}").assertRefused(409, "agreement-already-accepted");
        Answer accepted = accept("evaluator", "way", "{}");
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);
        assertThat(accepted.text("/id")).isEqualTo("way");
        Answer one = bank.asAnyone().get("/api/agreements/way");
        assertThat(one.header("ETag")).isEqualTo("\"1\"");
        assertThat(one.text("/status")).isEqualTo("IN_FORCE");
        assertThat(one.text("/terms/title")).isEqualTo("学习成果互认协议");
        assertThat(one.text("/terms/parties/1")).isEqualTo("institution/evaluator");
        assertThat(one.text("/terms/directions/0/to")).isEqualTo("institution/evaluator");
        assertThat(one.text("/inForce/from")).isEqualTo("2026-01-01");
        assertThat(one.text("/proposed/party")).isEqualTo("institution/college");
        assertThat(one.text("/accepted/0/party")).isEqualTo("institution/evaluator");
        assertThat(one.text("/accepted/0/position"))
                .isEqualTo(accepted.header("Ledger-Position"));
        Answer entries = bank.as("auditor").get("/api/ledger/entries?from="
                + accepted.header("Ledger-Position"));
        assertThat(entries.text("/entries/0/entry/onBehalfOf"))
                .isEqualTo("institution/evaluator");
    }

    @Test
    void who_acted_is_shown_to_those_who_are_signed_in() {
        propose("college", ofBoth("names"));
        assertThat(bank.asAnyone().get("/api/agreements/names").body()).doesNotContain("user/");
        assertThat(bank.as("stranger").get("/api/agreements/names").text("/proposed/by"))
                .isEqualTo("user/college");
    }

    @Test
    void for_regions_countries_and_banks_registrars_act_and_one_of_them_is_not_enough() {
        String json = of("banks", "2026-01-01", "region/210000", "bank/kr-acbs").replace(
                "\"inForce\"", "\"party\":\"region/210000\",\"inForce\"");
        assertThat(propose("registrar", json).status()).isEqualTo(201);
        accept("registrar", "banks", "{\"party\":\"bank/kr-acbs\"}")
                .assertRefused(403, "agreement-accepted-by-proposer");
        assertThat(accept("approver", "banks", "{\"party\":\"bank/kr-acbs\"}").status())
                .isEqualTo(201);
    }

    @Test
    void an_institution_acts_for_itself_and_a_registrar_for_no_institution() {
        String json = ofBoth("whose").replace(
                "\"inForce\"", "\"party\":\"institution/college\",\"inForce\"");
        propose("evaluator", json).assertRefused(403, "not-your-party");
        propose("registrar", json).assertRefused(403, "not-your-party");
        propose("registrar", ofBoth("whose")).assertRefused(422, "required");
        assertThat(propose("college", json).status()).isEqualTo(201);
        accept("registrar", "whose", "{\"party\":\"institution/evaluator\"}")
                .assertRefused(403, "not-your-party");
        accept("registrar", "whose", "{}").assertRefused(422, "required");
        end("evaluator", "whose",
                "{\"party\":\"institution/college\",\"reason\":\"无\"}")
                .assertRefused(403, "not-your-party");
        accept("evaluator", "whose", "{\"party\":\"region/210600\"}")
                .assertRefused(403, "not-your-party");
    }

    @Test
    void a_proposal_is_declined_and_proposed_anew_and_then_ended_with_a_last_day() {
        propose("college", ofBoth("end"));
        assertThat(end("evaluator", "end", REASON).status()).isEqualTo(201);
        Answer declined = bank.asAnyone().get("/api/agreements/end");
        assertThat(declined.text("/status")).isEqualTo("ENDED");
        assertThat(declined.text("/ended/party")).isEqualTo("institution/evaluator");
        assertThat(declined.text("/ended/reason")).isEqualTo("协商终止");
        assertThat(declined.json().at("/inForce").isMissingNode()).isTrue();
        accept("evaluator", "end", "{}").assertRefused(409, "agreement-taken-back");
        assertThat(propose("college", ofBoth("end")).status()).isEqualTo(201);
        accept("evaluator", "end", "{}");
        end("college", "end", REASON).assertRefused(409, "agreement-already-concluded");
        end("college", "end", "{\"until\":\"2026-01-02\",\"reason\":\"无\"}")
                .assertRefused(409, "agreement-day-passed");
        end("college", "end", "{\"until\":\"soon\",\"reason\":\"无\"}")
                .assertRefused(422, "date-malformed");
        end("college", "end", "{\"until\":\"2100-01-01\"}").assertRefused(422, "required");
        String last = LocalDate.now().plusDays(9).toString();
        assertThat(end("college", "end", "{\"until\":\"" + last + "\",\"reason\":\"期满\"}")
                .status()).isEqualTo(201);
        Answer ended = bank.asAnyone().get("/api/agreements/end");
        assertThat(ended.text("/status")).isEqualTo("ENDED");
        assertThat(ended.text("/inForce/until")).isEqualTo(last);
        assertThat(ended.json().at("/terms/inForce/until").isMissingNode()).isTrue();
    }

    // ------------------------------------------------------------------ listing

    @Test
    void agreements_are_listed_by_party_by_day_and_by_status() {
        for (String id : List.of("list-a", "list-b", "list-c")) {
            propose("college", of(id, "1990-01-01", "institution/college", "country/JP"));
        }
        accept("approver", "list-a", "{\"party\":\"country/JP\"}");
        String after = accept("approver", "list-c", "{\"party\":\"country/JP\"}")
                .header("Ledger-Position");
        String address = "/api/agreements?party=country/JP&after=" + after;
        assertThat(listed(address)).containsExactly("list-a", "list-b", "list-c");
        assertThat(listed(address + "&day=1990-01-01")).containsExactly("list-a", "list-c");
        assertThat(listed(address + "&day=1989-12-31")).isEmpty();
        assertThat(listed(address + "&status=PROPOSED")).containsExactly("list-b");
        assertThat(listed("/api/agreements?party=country/FR")).isEmpty();
        assertThat(listed("/api/agreements?limit=1000")).contains("list-a", "list-b", "list-c");
        Answer first = bank.asAnyone().get(address + "&limit=2");
        assertThat(listed(address + "&limit=2&behind=" + first.text("/next").replace("|", "%7C")))
                .containsExactly("list-c");
        assertThat(listed(address + "&limit=1&status=PROPOSED")).containsExactly("list-b");
        bank.asAnyone().get("/api/agreements?party=Japan").assertRefused(422, "party-malformed");
        bank.asAnyone().get("/api/agreements?limit=0").assertRefused(422, "limit-out-of-range");
        bank.asAnyone().get("/api/agreements?status=OPEN").assertRefused(422, "choice-unknown");
    }

    private List<String> listed(String address) {
        return bank.asAnyone().get(address).json().at("/agreements").valueStream()
                .map(a -> a.at("/agreement").asString()).toList();
    }

    // ------------------------------------------------------------------ the same command again

    @Test
    void the_same_key_with_the_same_content_is_the_same_command() {
        Answer first = bank.as("college").header("Idempotency-Key", "p")
                .post("/api/agreements", ofBoth("again"));
        Answer second = bank.as("college").header("Idempotency-Key", "p")
                .post("/api/agreements", ofBoth("again"));
        assertThat(second.body()).isEqualTo(first.body());
        propose("college", ofBoth("again")).assertRefused(409, "agreement-already-proposed");
    }

    @Test
    void an_agreement_that_has_moved_on_is_refused_with_412() {
        propose("college", ofBoth("moved"));
        String seen = bank.asAnyone().get("/api/agreements/moved").header("ETag");
        accept("evaluator", "moved", "{}");
        bank.as("college").header("If-Match", seen)
                .post("/api/agreements/moved/end", REASON).assertRefused(412, "version-mismatch");
    }

    // ------------------------------------------------------------------ bad input

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "\"bad\"; \"Bad\"; id; agreement-id-malformed",
        "\"学习成果互认协议\"; \" \"; title; required",
        "[\"institution/college\",\"institution/evaluator\"]; null; parties; required",
        "[\"institution/college\",; [; parties; count-out-of-range",
        "\"institution/evaluator\"]; null]; parties.1; required",
        "[\"institution/college\",; [\"college\",; parties.0; party-malformed",
        "[\"institution/college\",; [\"institution/evaluator\",; parties; repeated",
        "[\"example-college\"]; []; rulebooks; count-out-of-range",
        "[\"example-college\"]; [\"Example\"]; rulebooks.0; id-malformed",
        "{\"from\":\"institution/college\"; {\"from\":\"x\"; directions.0.from; party-malformed",
        "\"to\":\"institution/evaluator\"; \"to\":null; directions.0.to; required",
        "\"to\":\"institution/evaluator\"; \"to\":\"institution/college\"; directions.0; "
                + "direction-to-itself",
        "\"to\":\"institution/evaluator\"; \"to\":\"country/KR\"; directions; "
                + "direction-not-between-parties",
        "\"2026-01-01\"; \"2026-01-01\",\"until\":\"2025-12-31\"; inForce.until; period-reversed",
        "\"2026-01-01\"; \"20260101\"; inForce.from; date-malformed",
        "{\"from\":\"2026-01-01\"}; null; inForce; required"})
    void what_an_agreement_cannot_be_is_refused_with_its_place(
            String good, String bad, String field, String code) {
        String json = ofBoth("bad").replace(good, bad);
        assertThat(json).isNotEqualTo(ofBoth("bad"));
        Answer refused = propose("college", json);
        refused.assertRefused(422, code);
        assertThat(refused.text("/field")).isEqualTo(field);
    }

    @Test
    void what_does_not_fit_the_bank_is_refused() {
        propose("college", ofBoth("not").replace("evaluator", "nowhere"))
                .assertRefused(404, "institution-unknown");
        Answer never = propose("college", ofBoth("not").replace("[\"example-college\"]",
                "[\"example-college\",\"unwritten\"]"));
        never.assertRefused(404, "rulebook-never-approved");
        assertThat(never.text("/rulebook")).isEqualTo("unwritten");
        Answer circular = propose("college", of("not", "2026-01-01", "institution/college",
                "region/210000"));
        circular.assertRefused(422, "agreement-circular");
        assertThat(circular.text("/outer")).isEqualTo("region/210000");
        propose("college", of("not", "2026-01-01", "institution/evaluator",
                "country/KR")).assertRefused(403, "not-a-party-of-agreement");
        bank.asAnyone().get("/api/agreements/not").assertRefused(404, "agreement-unknown");
        accept("college", "not", "{}").assertRefused(404, "agreement-unknown");
        assertThat(bank.asAnyone().get("/api/agreements/No").text("/field")).isEqualTo("id");
    }

    @Test
    void words_are_also_said_in_chinese() {
        Answer refused = bank.as("college").header("Accept-Language", "zh")
                .post("/api/agreements/nothing/end", REASON);
        refused.assertRefused(404, "agreement-unknown");
        assertThat(refused.text("/detail")).isEqualTo("没有协议 nothing。");
    }
}
