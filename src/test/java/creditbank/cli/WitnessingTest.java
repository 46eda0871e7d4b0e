package creditbank.cli;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.proof.Note;
import creditbank.proof.VerifierKey;
import creditbank.witness.MadeUpLog;
import creditbank.witness.ServedLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the log is served before each test
class WitnessingTest {

    @TempDir
    Path folder;

    private final MadeUpLog log = new MadeUpLog().grownTo(300);
    private ServedLog served;

    private record Said(int code, String out, String err) {
    }

    @BeforeEach
    void serve() throws IOException {
        served = new ServedLog(log);
    }

    @AfterEach
    void close() {
        served.close();
    }

    private Path state() {
        return folder.resolve("state");
    }

    private Said say(String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("witness", served.address()));
        all.addAll(List.of(more));
        if (!all.contains("--state")) {
            all.addAll(List.of("--state", state().toString()));
        }
        int code = CommandLineOfTheBank.execute(new PrintWriter(out, true),
                new PrintWriter(err, true), all.toArray(String[]::new));
        return new Said(code, out.toString(), err.toString());
    }

    @Test
    void a_log_is_cosigned_as_it_grows() {
        Said first = say("--once", "--name", "witness.example");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("witness.example+", log.verifier().text(),
                "believed because the bank shows it", "300 entries", "首次见证");
        log.grownTo(400);
        Said second = say("--once");
        assertThat(second.code()).isZero();
        assertThat(second.out()).contains("400 entries", "300", "witness.example+")
                .doesNotContain("believed because");
        assertThat(say("--once").out()).contains("still has");
    }

    @Test
    void a_key_that_nobody_named_has_a_name_of_its_own_for_good() {
        Pattern name = Pattern.compile("This witness's key is (witness-[0-9a-f]{8})\\+");
        Said first = say("--once");
        Matcher one = name.matcher(first.out());
        assertThat(one.find()).as(first.out()).isTrue();
        assertThat(first.out()).contains("the key is called " + one.group(1) + " from now on");
        assertThat(say("--once").out()).contains("key is " + one.group(1) + "+")
                .doesNotContain("from now on.");
        Matcher other = name.matcher(
                say("--once", "--state", folder.resolve("other").toString()).out());
        assertThat(other.find()).isTrue();
        assertThat(other.group(1)).isNotEqualTo(one.group(1));
    }

    @Test
    void a_witness_that_lost_what_it_remembered_says_so_with_3() throws Exception {
        say("--once");
        try (Stream<Path> watched = Files.list(state().resolve("watched"))) {
            for (Path each : watched.toList()) {
                Files.delete(each);
            }
        }
        Said said = say("--once");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).contains(MadeUpLog.ORIGIN, "newest copy", "新密钥");
    }

    @Test
    void a_ledger_that_was_replaced_is_refused_with_1_and_both_checkpoints_kept()
            throws Exception {
        say("--once");
        served.show(new MadeUpLog().grownTo(299).grownTo(400, "forged "));
        Said said = say("--once");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("REFUSED", "400 entries", "300 entries", "拒签");
        try (Stream<Path> contradictions = Files.list(state().resolve("contradictions"))) {
            assertThat(contradictions).singleElement().satisfies(file -> {
                assertThat(said.err()).contains(file.toString());
                assertThat(file).content().contains("\n300\n", "\n400\n");
            });
        }
    }

    @Test
    void a_ledger_that_was_cut_is_refused_with_1() {
        say("--once");
        log.show(200);
        Said said = say("--once");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("shows 200 entries", "300");
    }

    @Test
    void once_seen_no_other_key_is_believed() {
        say("--once");
        served.show(new MadeUpLog(MadeUpLog.ORIGIN, 9).grownTo(400));
        Said said = say("--once");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("not to be believed", log.verifier().text());
        VerifierKey other = new MadeUpLog(MadeUpLog.ORIGIN, 9).verifier();
        Said named = say("--once", "--verifier-key", other.text());
        assertThat(named.code()).isEqualTo(3);
        assertThat(named.err()).contains("one key for its life");
    }

    @Test
    void a_key_from_elsewhere_is_believed_instead_of_what_is_shown() {
        VerifierKey other = new MadeUpLog(MadeUpLog.ORIGIN, 9).verifier();
        Said said = say("--once", "--verifier-key", other.text());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).doesNotContain("believed because");
    }

    @Test
    void a_log_that_cannot_be_reached_is_neither_good_nor_bad() {
        say("--once");
        served.close();
        Said said = say("--once");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).contains("NOT SEEN", served.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--every 0", "--every 86401", "--once --port 1", "--port 65536",
        "--verifier-key x", "--port -1"})
    void what_is_not_understood_says_so_with_2(String line) {
        Said said = say(line.split(" "));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isNotEmpty();
        assertThat(state()).doesNotExist();
    }

    @Test
    void it_serves_what_it_cosigned_until_it_is_ended() throws Exception {
        StringWriter out = new StringWriter();
        Thread going = Thread.ofPlatform().start(() -> CommandLineOfTheBank.execute(
                new PrintWriter(out, true), new PrintWriter(out, true), "witness",
                served.address() + "/log", "--state", state().toString(), "--port", "0",
                "--every", "1"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            Pattern on = Pattern.compile("http://127.0.0.1:(\\d+) ");
            long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!out.toString().contains("首次见证")) {
                assertThat(System.nanoTime()).as(out.toString()).isLessThan(until);
                Thread.sleep(20);
            }
            Matcher port = on.matcher(out.toString());
            assertThat(port.find()).isTrue();
            byte[] shown = client.send(HttpRequest.newBuilder(URI.create(
                    "http://127.0.0.1:" + port.group(1) + "/checkpoint")).build(),
                    BodyHandlers.ofByteArray()).body();
            VerifierKey key = VerifierKey.parse(
                    Files.readAllLines(state().resolve("witness.key")).get(1));
            assertThat(Note.parse(shown).verifiedBy(List.of(log.verifier(), key))).hasSize(2);
        } finally {
            going.interrupt();
            going.join();
        }
    }
}
