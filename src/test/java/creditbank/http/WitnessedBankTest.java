package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import creditbank.ledger.Ledger;
import creditbank.proof.Checkpoint;
import creditbank.proof.LogReader;
import creditbank.proof.Note;
import creditbank.proof.VerifierKey;
import creditbank.publishing.PublishedLog;
import creditbank.witness.Following;
import creditbank.witness.LogOverHttp;
import creditbank.witness.Sight;
import creditbank.witness.Witness;
import creditbank.witness.WitnessServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real bank and a real witness, on real ports. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WitnessedBankTest {

    private static final String ORIGIN = "localhost:8080/log";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final HttpClient client = LogOverHttp.client();

    private Witness witness() throws IOException {
        Path state = folder.resolve("witness");
        return new Witness(state, state.resolve("witness.key"), "witness.example",
                Clock.systemUTC(), new SecureRandom(), _ -> { });
    }

    private LogReader logOf(BankOverHttp bank) {
        return new LogOverHttp(client, bank.uri("/log"), LONG);
    }

    private static void awaitAll(BankOverHttp bank) throws InterruptedException {
        assertThat(bank.part(PublishedLog.class).awaitPublished(
                bank.part(Ledger.class).reader().size(), LONG)).isTrue();
    }

    @Test
    void a_cosigned_checkpoint_verifies_with_both_keys() throws Exception {
        try (Witness witness = witness();
                WitnessServer server = new WitnessServer(witness, ORIGIN,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                BankOverHttp bank = new BankOverHttp(folder.resolve("data"))) {
            bank.registerInstitutions();
            awaitAll(bank);
            Answer none = bank.asAnyone().get("/log/cosigned");
            assertThat(none.status()).isEqualTo(404);
            assertThat(none.text("/code")).isEqualTo("checkpoint-not-cosigned");
            assertThat(bank.as("auditor").get("/api/proofs").json().at("/witnesses").size())
                    .isZero();
            VerifierKey log = bank.part(PublishedLog.class).verifierKey();
            witness.trust(log, bank.uri("/log"));
            bank.restart("--creditbank.log.witnesses=" + witness.verifier()
                    + " http://127.0.0.1:" + server.address().getPort());
            Note cosigned = cosigned(bank);
            assertThat(cosigned.verifiedBy(List.of(log, witness.verifier()))).hasSize(2);
            assertThat(Checkpoint.open(cosigned, log).size()).isEqualTo(
                    bank.part(Ledger.class).reader().size());
            assertThat(Note.parse(bank.asAnyone().get("/log/checkpoint").body()
                    .getBytes(StandardCharsets.UTF_8))).isEqualTo(cosigned);
            Answer state = bank.as("auditor").get("/api/proofs");
            assertThat(state.text("/witnesses/0/name")).isEqualTo("witness.example");
            assertThat(state.json().at("/witnesses/0/cosigned").asLong())
                    .isEqualTo(bank.part(Ledger.class).reader().size());
        }
    }

    private static Note cosigned(BankOverHttp bank) throws InterruptedException {
        long until = System.nanoTime() + LONG.toNanos();
        while (true) {
            Answer answer = bank.asAnyone().get("/log/cosigned");
            if (answer.status() == 200) {
                return Note.parse(answer.body().getBytes(StandardCharsets.UTF_8));
            }
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(50);
        }
    }

    /** All is consistent in itself, and signed with the right key: only who was there sees it. */
    @Test
    void a_ledger_that_was_replaced_with_its_key_kept_is_seen_by_the_witness() throws Exception {
        Path data = folder.resolve("data");
        try (Witness witness = witness()) {
            VerifierKey log;
            try (BankOverHttp bank = new BankOverHttp(data)) {
                bank.registerInstitutions();
                bank.open("W-1");
                awaitAll(bank);
                log = bank.part(PublishedLog.class).verifierKey();
                witness.trust(log, bank.uri("/log"));
                assertThat(new Following(witness, log, () -> logOf(bank)).look())
                        .isInstanceOf(Sight.First.class);
                bank.open("W-2");
                awaitAll(bank);
                assertThat(new Following(witness, log, () -> logOf(bank)).look())
                        .isInstanceOf(Sight.Grown.class);
            }
            byte[] key = Files.readAllBytes(data.resolve("keys/log.key"));
            try (Stream<Path> all = Files.walk(data)) {
                for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(each);
                }
            }
            Files.createDirectories(data.resolve("keys"));
            Files.write(data.resolve("keys/log.key"), key);
            try (BankOverHttp bank = new BankOverHttp(data)) {
                bank.registerInstitutions();
                awaitAll(bank);
                Following following = new Following(witness, log, () -> logOf(bank));
                assertThat(following.look()).isInstanceOf(Sight.Shorter.class);
                for (int i = 0; i < 5; i++) {
                    bank.open("F-" + i);
                }
                awaitAll(bank);
                assertThat(bank.part(PublishedLog.class).halted()).isNull();
                assertThat(following.look()).isInstanceOfSatisfying(Sight.Inconsistent.class,
                        sight -> assertThat(sight.kept()).exists());
            }
        }
    }
}
