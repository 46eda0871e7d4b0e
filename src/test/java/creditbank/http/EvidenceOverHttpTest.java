package creditbank.http;

import static creditbank.http.BankOverHttp.course;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.audit.BundleVerification;
import creditbank.audit.Known;
import creditbank.audit.Verification.Check;
import creditbank.audit.Verification.Outcome;
import creditbank.http.BankOverHttp.Answer;
import creditbank.ledger.Ledger;
import creditbank.publishing.PublishedLog;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
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

/** Bundles of evidence that are fetched from a bank and checked without it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class EvidenceOverHttpTest {

    @TempDir
    static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private BankOverHttp bank;
    private String learner = "";

    @BeforeAll
    void open() throws Exception {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.registerInstitutions();
        learner = bank.open("EVIDENCE-1");
        bank.addLearner("learner", learner);
        bank.as("college").post("/api/learners/" + learner + "/outcomes",
                course("E-1", "1.00", "2024-06-30"));
        long size = bank.part(Ledger.class).reader().size();
        assertThat(bank.part(PublishedLog.class).awaitPublished(size, Duration.ofSeconds(30)))
                .isTrue();
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private HttpResponse<byte[]> get(String user, String address) throws Exception {
        return client.send(HttpRequest.newBuilder(bank.uri(address))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
                        (user + ":secret").getBytes(StandardCharsets.UTF_8))).build(),
                BodyHandlers.ofByteArray());
    }

    private void assertHolds(HttpResponse<byte[]> answer, int entries) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment", "evidence-", ".zip");
        Path zip = Files.write(folder.resolve("bundle.zip"), answer.body());
        Known known = new Known(
                bank.part(PublishedLog.class).verifierKey(), List.of(), null);
        var report = new BundleVerification(zip, known, Locale.ENGLISH)
                .verify((_, _) -> { });
        assertThat(report.checks()).extracting(Check::outcome).containsOnly(Outcome.HOLDS);
        assertThat(report.check("bundle-proofs").sentence()).contains(String.valueOf(entries));
    }

    @Test
    void an_auditor_gets_what_stands_of_a_learner_an_institution_or_a_range() throws Exception {
        assertHolds(get("auditor", "/api/audit/evidence?learner=" + learner), 2);
        assertHolds(get("registrar", "/api/audit/evidence?from=0&to=3"), 4);
        HttpResponse<byte[]> one = get("auditor", "/api/audit/evidence?institution=college");
        assertThat(one.statusCode()).isEqualTo(200);
    }

    @Test
    void learners_get_their_own_and_nobody_elses() throws Exception {
        assertHolds(get("learner", "/api/learners/" + learner + "/evidence"), 2);
        assertThat(bank.as("stranger").get("/api/learners/" + learner + "/evidence").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"learner", "college"})
    void only_auditors_and_registrars_choose(String user) {
        assertThat(bank.as(user).get("/api/audit/evidence?from=0&to=1").status())
                .isEqualTo(403);
        assertThat(bank.asAnyone().get("/api/audit/evidence?from=0&to=1").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 422, evidence-selection-unclear",
        "?from=1, 422, evidence-selection-unclear",
        "?to=1, 422, evidence-selection-unclear",
        "?from=3&to=2, 422, evidence-selection-unclear",
        "?from=-1&to=2, 422, evidence-selection-unclear",
        "?from=0&to=1&institution=college, 422, evidence-selection-unclear",
        "?from=0&to=1000000, 404, entry-not-published",
        "?learner=0000000000000000, 404, learner-unknown",
        "?learner=x, 422, id-malformed",
        "?institution=nobody, 404, institution-unknown",
        "?institution=X, 422, institution-id-malformed",
    })
    void what_there_is_no_evidence_of_is_refused(String query, int status, String code) {
        Answer answer = bank.as("auditor").get("/api/audit/evidence" + query);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }
}
