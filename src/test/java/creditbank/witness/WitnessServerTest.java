package creditbank.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.proof.AddCheckpoint;
import creditbank.proof.LogReader;
import creditbank.proof.Note;
import creditbank.proof.SigningKey;
import creditbank.proof.Tree;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness on a real port, asked with and without this program's own client. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the server is started before each test
class WitnessServerTest {

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final MadeUpLog log = new MadeUpLog().grownTo(600);
    private Witness witness;
    private WitnessServer server;
    private URI address;

    @BeforeEach
    void open() throws IOException {
        witness = new Witness(folder, folder.resolve("witness.key"), "witness.example",
                Clock.systemUTC(), new SecureRandom(), _ -> { });
        witness.trust(log.verifier(), URI.create("https://bank.example/log"));
        server = new WitnessServer(witness, MadeUpLog.ORIGIN,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = URI.create("http://127.0.0.1:" + server.address().getPort());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        witness.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address + path)).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(byte[] body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address + "/add-checkpoint"))
                .POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    private AddCheckpoint first(int size) {
        return new AddCheckpoint(0, List.of(), log.signed(size));
    }

    @Test
    void each_answer_has_its_status() throws Exception {
        assertThat(get("/checkpoint").statusCode()).isEqualTo(404);
        HttpResponse<String> cosigned = post(first(300).bytes());
        assertThat(cosigned.statusCode()).isEqualTo(200);
        assertThat(cosigned.body()).startsWith("\u2014 witness.example ").endsWith("\n");
        HttpResponse<String> size = post(first(600).bytes());
        assertThat(size.statusCode()).isEqualTo(409);
        assertThat(size.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
        assertThat(size.body()).isEqualTo("300\n");
        assertThat(post(new AddCheckpoint(300, List.of(), log.signed(600)).bytes()).statusCode())
                .isEqualTo(422);
        assertThat(post(new AddCheckpoint(0, List.of(), new MadeUpLog(MadeUpLog.ORIGIN, 9)
                .grownTo(3).signed(3)).bytes()).statusCode()).isEqualTo(403);
        assertThat(post(new AddCheckpoint(0, List.of(), new MadeUpLog("other.example/log", 9)
                .grownTo(3).signed(3)).bytes()).statusCode()).isEqualTo(404);
        assertThat(post("old x\n\n".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(400);
        assertThat(post(new byte[AddCheckpoint.MOST_BYTES + 1]).statusCode()).isEqualTo(400);
    }

    @Test
    void what_it_cosigned_last_and_its_key_are_shown_to_anyone() throws Exception {
        post(first(300).bytes());
        Note note = Note.parse(get("/checkpoint").body().getBytes(StandardCharsets.UTF_8));
        VerifierKey key = VerifierKey.parse(get("/key").body().strip());
        assertThat(key).isEqualTo(witness.verifier());
        assertThat(note.verifiedBy(List.of(log.verifier(), key))).hasSize(2);
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/checkpoint/../witness.key").statusCode()).isEqualTo(404);
        assertThat(get("/add-checkpoint").statusCode()).isEqualTo(405);
    }

    @Test
    void a_client_takes_cosignatures_of_the_key_it_was_given_alone() throws Exception {
        try (WitnessOverHttp own = new WitnessOverHttp(witness.verifier(), address)) {
            assertThat(own.add(first(300))).isInstanceOf(Answer.Cosigned.class);
            assertThat(own.add(first(600))).isEqualTo(new Answer.OtherSize(300));
            assertThat(own.add(new AddCheckpoint(300, log.proof(300, 600), log.signed(600))))
                    .isInstanceOf(Answer.Cosigned.class);
        }
        VerifierKey other = SigningKey.generate("witness.example",
                VerifierKey.Kind.COSIGNATURE, new SecureRandom()).verifier();
        try (WitnessOverHttp wrong = new WitnessOverHttp(other, address)) {
            assertThatThrownBy(() -> wrong.add(new AddCheckpoint(
                    600, List.of(), log.signed(600)))).isInstanceOf(IOException.class);
        }
        server.close();
        try (WitnessOverHttp down = new WitnessOverHttp(witness.verifier(), address)) {
            assertThatThrownBy(() -> down.add(first(300))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_witness_is_named_by_a_witness_s_key_and_an_address_of_http() {
        String key = witness.verifier().text();
        try (WitnessOverHttp read = WitnessOverHttp.parse(key + " http://witness.example/a/")) {
            assertThat(read.address()).hasToString("http://witness.example/a");
        }
        for (String wrong : List.of("", key, key + " ftp://x", key + " http://", key + " x",
                key + " http://a@b/", key + " http://a/?q", "key http://a",
                log.verifier() + " http://a")) {
            assertThatIllegalArgumentException().as(wrong)
                    .isThrownBy(() -> WitnessOverHttp.parse(wrong).close());
        }
    }

    @Test
    void a_log_over_http_is_read_within_bounds() throws Exception {
        try (ServedLog served = new ServedLog(log); HttpClient asking = LogOverHttp.client()) {
            URI at = URI.create(served.address() + "/log");
            LogOverHttp reader = new LogOverHttp(asking, at, Duration.ofSeconds(30));
            assertThat(reader.key()).isEqualTo(log.verifier());
            assertThat(new Tree(reader, 600).root()).isEqualTo(log.root(600));
            assertThatThrownBy(() -> reader.tile(0, 9, 1)).isInstanceOf(IOException.class)
                    .hasMessageContaining("404");
            assertThatThrownBy(() -> new LogOverHttp(asking, at, Duration.ZERO).checkpoint())
                    .isInstanceOf(IOException.class);
            served.show(tooMuch());
            assertThatThrownBy(reader::checkpoint).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> reader.tile(0, 0, 1)).isInstanceOf(IOException.class);
        }
    }

    private static LogReader tooMuch() {
        return new LogReader() {
            @Override
            public byte[] checkpoint() {
                return new byte[Note.MOST_BYTES + 1];
            }

            @Override
            public byte[] tile(int level, long index, int width) {
                return new byte[width * 32 + 1];
            }

            @Override
            public byte[] entries(long index, int width) {
                return new byte[0];
            }
        };
    }
}
