package creditbank.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.ledger.Ledger;
import creditbank.proof.AddCheckpoint;
import creditbank.proof.Checkpoint;
import creditbank.proof.Note;
import creditbank.proof.VerifierKey;
import creditbank.publishing.PublishedLog.Published;
import creditbank.witness.Witness;
import creditbank.witness.WitnessServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the log is opened before each test
class CosigningTest {

    private static final String ORIGIN = "bank.example/log";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final MadeUpLedger store = MadeUpLedger.of(300);
    private final List<AutoCloseable> open = new ArrayList<>();
    private Ledger ledger;
    private PublishedLog log;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("keys"));
        ledger = opened(store.ledger());
        log = opened(log());
        log.start();
        assertThat(log.awaitPublished(300, LONG)).isTrue();
    }

    private PublishedLog log() {
        return new PublishedLog(ledger, folder.resolve("data"), folder.resolve("keys"), ORIGIN,
                new SecureRandom());
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.removeLast().close();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.add(part);
        return part;
    }

    /** A witness, watching the log or not; answers how the bank's settings name it. */
    private Witness witness(String name, boolean watching) throws IOException {
        Path state = folder.resolve(name);
        Witness witness = opened(new Witness(state, state.resolve("witness.key"), name,
                Clock.systemUTC(), new SecureRandom(), _ -> { }));
        if (watching) {
            witness.trust(log.verifierKey(), URI.create("https://bank.example/log"));
        }
        return witness;
    }

    private String served(Witness witness) throws IOException {
        WitnessServer server = opened(new WitnessServer(witness, ORIGIN,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        return witness.verifier() + " http://127.0.0.1:" + server.address().getPort();
    }

    private Cosigning cosigning(String... settings) {
        Cosigning cosigning = opened(new Cosigning(log, List.of(settings)));
        cosigning.start();
        return cosigning;
    }

    private static void await(BooleanSupplier that) throws InterruptedException {
        long until = System.nanoTime() + LONG.toNanos();
        while (!that.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(20);
        }
    }

    private long cosignedSize() {
        Published cosigned = log.cosigned();
        return cosigned == null ? -1 : cosigned.checkpoint().size();
    }

    private static String trouble(Cosigning cosigning, int index) {
        String trouble = cosigning.standings().get(index).trouble();
        return trouble == null ? "" : trouble;
    }

    @Test
    void one_checkpoint_carries_the_cosignatures_of_all_witnesses() throws Exception {
        Witness one = witness("one.example", true);
        Witness two = witness("two.example", true);
        Cosigning cosigning = cosigning(served(one), served(two));
        await(() -> cosignedSize() == 300);
        List<VerifierKey> all =
                List.of(log.verifierKey(), one.verifier(), two.verifier());
        Note note = Note.parse(log.checkpoint());
        assertThat(note.verifiedBy(all)).hasSize(3);
        assertThat(Checkpoint.open(note, log.verifierKey()).size()).isEqualTo(300);
        store.append(ledger);
        await(() -> cosignedSize() == 301);
        assertThat(Objects.requireNonNull(log.cosigned()).note().verifiedBy(all)).hasSize(3);
        assertThat(cosigning.standings()).allSatisfy(w -> {
            assertThat(w.trouble()).isNull();
            assertThat(w.size()).isEqualTo(301);
        });
    }

    @Test
    void a_bank_that_starts_again_learns_what_a_witness_knows() throws Exception {
        Witness one = witness("one.example", true);
        one.add(new AddCheckpoint(
                0, List.of(), Objects.requireNonNull(log.published()).note()));
        store.append(ledger);
        assertThat(log.awaitPublished(301, LONG)).isTrue();
        cosigning(served(one));
        await(() -> cosignedSize() == 301);
    }

    @Test
    void a_witness_that_is_down_or_knows_nothing_of_the_log_holds_nobody_up() throws Exception {
        Witness down = witness("down.example", true);
        Witness unknowing = witness("unknowing.example", false);
        Witness good = witness("good.example", true);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Cosigning cosigning = cosigning(down.verifier() + " http://127.0.0.1:" + port,
                served(unknowing), served(good));
        await(() -> cosignedSize() == 300 && !trouble(cosigning, 1).isEmpty());
        assertThat(trouble(cosigning, 0)).contains("http://127.0.0.1:" + port);
        assertThat(trouble(cosigning, 1)).contains("does not watch");
        assertThat(cosigning.standings().get(2).trouble()).isNull();
        store.append(ledger);
        await(() -> cosignedSize() == 301);
    }

    @Test
    void a_witness_that_saw_another_or_a_longer_log_is_told_of() throws Exception {
        Witness longer = witness("longer.example", true);
        Witness another = witness("another.example", true);
        LogKey key = LogKey.open(folder.resolve("keys"), ORIGIN, folder.resolve("none"),
                new SecureRandom());
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.copy(folder.resolve("keys/log.key"), elsewhere.resolve("log.key"));
        LogKey forging = LogKey.open(elsewhere, ORIGIN, folder.resolve("none"),
                new SecureRandom());
        assertThat(forging.verifier()).isEqualTo(key.verifier());
        MadeUpLedger forged = new MadeUpLedger(position -> "another " + position);
        forged.grow(400);
        another.add(new AddCheckpoint(0, List.of(), forging.sign(
                new Checkpoint(ORIGIN, 300, forged.root(0, 300)))));
        longer.add(new AddCheckpoint(0, List.of(), forging.sign(
                new Checkpoint(ORIGIN, 400, forged.root(0, 400)))));
        Cosigning cosigning = cosigning(served(longer), served(another));
        await(() -> !trouble(cosigning, 0).isEmpty() && !trouble(cosigning, 1).isEmpty());
        assertThat(trouble(cosigning, 0)).contains("400").contains("set back");
        assertThat(trouble(cosigning, 1)).contains("300").contains("another log");
        assertThat(log.cosigned()).isNull();
        store.append(ledger);
        assertThat(log.awaitPublished(301, LONG)).isTrue();
    }

    @Test
    void a_round_that_fails_is_followed_by_the_next() {
        AtomicInteger rounds = new AtomicInteger();
        Cosigning.rounds(() -> {
            switch (rounds.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("for once");
                case 2 -> throw new StackOverflowError();
                default -> { }
            }
        }, () -> rounds.get() == 4, Duration.ZERO);
        assertThat(rounds).hasValue(4);
    }

    @Test
    void without_witnesses_nothing_is_begun() {
        Cosigning cosigning = cosigning();
        assertThat(cosigning.standings()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().equals("log-cosigning"));
    }

    @Test
    void a_witness_that_is_not_written_as_one_keeps_the_bank_from_opening() throws Exception {
        String key = witness("one.example", false).verifier().text();
        for (List<String> wrong : List.of(List.of("nobody"), List.of(key),
                List.of(key + " ftp://x"), List.of(log.verifierKey() + " http://a"),
                List.of(key + " http://a", key + " http://b"))) {
            assertThatThrownBy(() -> new Cosigning(log, wrong))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("creditbank.log.witnesses");
        }
    }
}
