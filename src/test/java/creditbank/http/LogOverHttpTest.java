package creditbank.http;

import static creditbank.http.BankOverHttp.course;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import creditbank.ledger.Ledger;
import creditbank.proof.Checkpoint;
import creditbank.proof.ConsistencyProof;
import creditbank.proof.Hash;
import creditbank.proof.LogReader;
import creditbank.proof.Note;
import creditbank.proof.SigningKey;
import creditbank.proof.TilePath;
import creditbank.proof.TlogProof;
import creditbank.proof.Tree;
import creditbank.proof.VerifierKey;
import creditbank.publishing.PublishedLog;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
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

/** A bank of some three hundred entries, and what anyone can check of it from outside. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class LogOverHttpTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private BankOverHttp bank;
    private String learner = "";
    private byte[] older = {};

    @BeforeAll
    void open() throws Exception {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.registerInstitutions();
        learner = bank.open("LOG-1");
        bank.addLearner("learner", learner);
        awaitAll();
        older = bytes("/log/checkpoint");
        for (int i = 0; i < 300; i++) {
            record("L-" + i);
        }
        awaitAll();
    }

    @AfterAll
    void close() {
        bank.close();
    }

    private Answer record(String key) {
        return bank.as("college").post("/api/learners/" + learner + "/outcomes",
                course(key, "1.00", "2024-06-30"));
    }

    private long awaitAll() throws InterruptedException {
        long size = bank.part(Ledger.class).reader().size();
        assertThat(bank.part(PublishedLog.class).awaitPublished(size, LONG)).isTrue();
        return size;
    }

    private HttpResponse<byte[]> get(String address) throws Exception {
        return client.send(HttpRequest.newBuilder(bank.uri(address)).build(),
                BodyHandlers.ofByteArray());
    }

    private byte[] bytes(String address) throws Exception {
        HttpResponse<byte[]> answer = get(address);
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        return answer.body();
    }

    private VerifierKey key() throws Exception {
        return VerifierKey.parse(
                new String(bytes("/log/key"), StandardCharsets.UTF_8).strip());
    }

    private LogReader overHttp() {
        return new LogReader() {
            @Override
            public byte[] checkpoint() throws IOException {
                return ask("/log/checkpoint");
            }

            @Override
            public byte[] tile(int level, long index, int width) throws IOException {
                return ask("/log/" + new TilePath(level, index, width).text());
            }

            @Override
            public byte[] entries(long index, int width) throws IOException {
                return tile(TilePath.ENTRIES, index, width);
            }

            private byte[] ask(String address) throws IOException {
                try {
                    return bytes(address);
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        };
    }

    // ------------------------------------------------------------------ anyone

    @Test
    void anyone_can_fetch_the_tiles_and_finds_the_root_that_was_signed() throws Exception {
        LogReader log = overHttp();
        Checkpoint checkpoint = Checkpoint.open(Note.parse(log.checkpoint()), key());
        assertThat(checkpoint.size()).isGreaterThan(300);
        assertThat(checkpoint.origin()).isEqualTo("localhost:8080/log");
        assertThat(new Tree(log, checkpoint.size()).root()).isEqualTo(checkpoint.root());
        Checkpoint before = Checkpoint.open(Note.parse(older), key());
        assertThat(new Tree(log, checkpoint.size()).consistency(before.size())
                .holds(before.root(), checkpoint.root())).isTrue();
    }

    @Test
    void what_is_served_says_what_it_is_and_how_long_it_holds() throws Exception {
        HttpResponse<byte[]> checkpoint = get("/log/checkpoint");
        assertThat(checkpoint.headers().firstValue("Content-Type").orElse("")
                .toLowerCase(Locale.ROOT).replace(" ", ""))
                .isEqualTo("text/plain;charset=utf-8");
        assertThat(checkpoint.headers().firstValue("Cache-Control").orElse(""))
                .contains("no-cache");
        for (String tile : List.of("tile/0/000", "tile/0/001.p/7", "tile/1/000.p/1",
                "tile/entries/000", "tile/entries/001.p/2")) {
            HttpResponse<byte[]> answer = get("/log/" + tile);
            assertThat(answer.statusCode()).as(tile).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("application/octet-stream");
            assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                    .contains("public").contains("max-age=31536000").contains("immutable")
                    .doesNotContain("no-store").doesNotContain("no-cache");
            assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "pragma");
        }
        assertThat(bytes("/log/tile/0/000")).hasSize(8_192);
        assertThat(bytes("/log/tile/entries/000")).hasSize(256 * 34);
    }

    @ParameterizedTest
    @CsvSource({"tile/0/001, 404, tile-not-published", "tile/0/002.p/1, 404, tile-not-published",
        "tile/1/000, 404, tile-not-published", "tile/7/000, 404, tile-not-published",
        "tile/entries/x001/000.p/1, 404, tile-not-published",
        "tile/0/0, 400, tile-path-malformed", "tile/0/000.p/0, 400, tile-path-malformed",
        "tile/0/000.p/256, 400, tile-path-malformed", "tile/0/x000/000, 400, tile-path-malformed",
        "tile/00/000, 400, tile-path-malformed", "tile/data/000, 400, tile-path-malformed",
        "tile/0/000/, 400, tile-path-malformed", "tile/0/%30%30%30%30, 400, tile-path-malformed",
        "tile/0/x001/%D9%A0%D9%A0%D9%A0, 400, tile-path-malformed",
        "tile, 400, tile-path-malformed", "tile/0/000.p/1?width=2, 400, field-unknown"})
    void what_there_is_not_is_refused(String path, int status, String code) {
        Answer answer = bank.asAnyone().get("/log/" + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.text("/remedy")).isNotEmpty();
        assertThat(answer.header("Cache-Control")).doesNotContain("immutable");
    }

    /** As bytes on the wire: a client of Java would tidy them up. */
    @ParameterizedTest
    @ValueSource(strings = {"/log/tile/0/../../../api/books", "/log/tile/0/%2e%2e/000",
        "/log/tile/0/..%2f000", "/log/tile/0%2f000", "/log/tile//0/000", "/log/tile/0/000;a=b",
        "/log/tile/0/000%00", "/log/tile/0/\\000", "/log/tile/0/000%0a", "/log/tile/0/%252e%252e",
        "/log/../api/books", "/log/tile/0/./000", "/log/key/..", "/log/", "/log", "/log/other"})
    void no_trick_with_a_path_leads_to_anything(String path) throws Exception {
        URI uri = bank.uri("/");
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(
                    socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer.substring(9, 12)).as(answer).isIn("400", "401", "404");
        }
    }

    // ------------------------------------------------------------------ proofs

    @Test
    void an_auditor_gets_a_proof_that_holds_without_the_bank() throws Exception {
        long size = awaitAll();
        for (long position : new long[] {0, 255, 256, size - 1}) {
            Answer answer = bank.as("auditor").get("/api/proofs/entries/" + position);
            assertThat(answer.header("Content-Disposition"))
                    .contains("entry-" + position + ".tlog-proof");
            TlogProof proof = TlogProof.parse(answer.body().getBytes(StandardCharsets.UTF_8));
            byte[] entry = bank.part(Ledger.class).reader().read(position, 1).getFirst().bytes();
            assertThat(proof.verify(key(), Hash.leaf(Hash.sha(entry).bytes())).size())
                    .isGreaterThanOrEqualTo(size);
        }
    }

    @Test
    void who_may_read_an_achievement_may_have_its_proof() throws Exception {
        Answer written = record("PROVED");
        awaitAll();
        String address = "/api/achievements/" + written.text("/id") + "/proof?after="
                + written.header("Ledger-Position");
        for (String user : List.of("learner", "college", "registrar", "auditor")) {
            Answer answer = bank.as(user).get(address);
            assertThat(answer.status()).as(user + answer.body()).isEqualTo(200);
            TlogProof proof = TlogProof.parse(answer.body().getBytes(StandardCharsets.UTF_8));
            assertThat(proof.index()).isEqualTo(
                    Long.parseLong(written.header("Ledger-Position")));
            proof.verify(key(), Hash.leaf(proof.extra()));
        }
        assertThat(bank.as("stranger").get(address).status()).isEqualTo(403);
        assertThat(bank.as("evaluator").get(address).status()).isEqualTo(403);
        assertThat(bank.asAnyone().get(address).status()).isEqualTo(401);
    }

    @Test
    void consistency_is_proved_between_any_two_published_sizes() throws Exception {
        LogReader log = overHttp();
        Checkpoint newer = Checkpoint.open(Note.parse(log.checkpoint()), key());
        for (long from : new long[] {1, 256, 257, newer.size()}) {
            assertThat(consistency(from, newer.size()).holds(
                    new Tree(log, from).root(), newer.root())).isTrue();
        }
        assertThat(bank.as("auditor").get("/api/proofs/consistency?from=2").json().at("/to")
                .asLong()).isGreaterThanOrEqualTo(newer.size());
    }

    private ConsistencyProof consistency(long from, long to) {
        Answer answer = bank.as("auditor")
                .get("/api/proofs/consistency?from=" + from + "&to=" + to);
        return new ConsistencyProof(from, to, answer.json().at("/hashes").valueStream()
                .map(h -> Hash.parse(h.asString())).toList());
    }

    @ParameterizedTest
    @CsvSource({"entries/1000000, 404, entry-not-published",
        "entries/-1, 422, whole-number-malformed", "entries/x, 422, whole-number-malformed",
        "consistency?from=0, 404, sizes-not-published",
        "consistency?from=3&to=2, 404, sizes-not-published",
        "consistency?from=1&to=1000000, 404, sizes-not-published",
        "consistency, 422, required"})
    void what_is_not_published_has_no_proof(String path, int status, String code) {
        Answer answer = bank.as("auditor").get("/api/proofs/" + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.text("/code")).isEqualTo(code);
    }

    @Test
    void the_state_of_the_log_is_told_to_auditors_and_registrars() throws Exception {
        long size = awaitAll();
        Answer answer = bank.as("auditor").get("/api/proofs");
        assertThat(answer.text("/origin")).isEqualTo("localhost:8080/log");
        assertThat(answer.text("/key")).isEqualTo(key().text());
        assertThat(answer.json().at("/published").asLong()).isGreaterThanOrEqualTo(size);
        assertThat(answer.json().has("halted")).isFalse();
        for (String path : List.of("", "/entries/0", "/consistency?from=1")) {
            assertThat(bank.as("college").get("/api/proofs" + path).status()).isEqualTo(403);
            assertThat(bank.as("learner").get("/api/proofs" + path).status()).isEqualTo(403);
            assertThat(bank.asAnyone().get("/api/proofs" + path).status()).isEqualTo(401);
        }
    }

    // ------------------------------------------------------------------ at odds

    @Test
    void a_bank_at_odds_with_what_it_signed_works_on_and_signs_nothing() throws Exception {
        Path data = folder.resolve("at-odds");
        try (BankOverHttp other = new BankOverHttp(data)) {
            other.registerInstitutions();
            PublishedLog log = other.part(PublishedLog.class);
            assertThat(log.awaitPublished(2, LONG)).isTrue();
            SigningKey key = SigningKey.parse(
                    Files.readAllLines(data.resolve("keys/log.key")).getFirst());
            // As if more had been signed for than the ledger holds since it was restored.
            byte[] newer = key.sign(new Checkpoint(key.verifier().name(), 1_000,
                    Hash.leaf(new byte[0])).text()).bytes();
            other.close();
            Files.write(data.resolve("keys/log.checkpoint"), newer);
            other.restart();
            assertThat(other.part(PublishedLog.class).awaitPublished(1, LONG)).isFalse();
            assertThat(other.open("AT-ODDS")).hasSize(16);
            Answer state = other.as("auditor").get("/api/proofs");
            assertThat(state.text("/halted")).contains("1000", "docs/formats/log.md");
            assertThat(state.json().has("published")).isFalse();
            for (String path : List.of("/log/checkpoint", "/log/tile/0/000.p/1")) {
                Answer answer = other.asAnyone().get(path);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text("/code")).isEqualTo("log-not-published");
            }
            assertThat(other.as("auditor").get("/api/proofs/entries/0").status()).isEqualTo(503);
            assertThat(Files.readAllBytes(data.resolve("keys/log.checkpoint"))).isEqualTo(newer);
        }
    }

    // ------------------------------------------------------------------ others' code

    @Test
    void a_program_in_go_that_knows_nothing_of_the_bank_agrees() throws Exception {
        Path program = program();
        long size = awaitAll();
        Path before = Files.write(folder.resolve("older"), older);
        Path proof = Files.writeString(folder.resolve("entry.tlog-proof"),
                bank.as("auditor").get("/api/proofs/entries/257").body());
        TlogProof read = TlogProof.parse(Files.readAllBytes(proof));
        Checkpoint newer = Checkpoint.open(read.note(), key());
        assertThat(newer.size()).isGreaterThanOrEqualTo(size);
        Path consistency = Files.writeString(folder.resolve("consistency"), consistency(
                Checkpoint.open(Note.parse(older), key()).size(), newer.size()).hashes().stream()
                .map(Hash::base64).collect(Collectors.joining("\n")));
        List<String> arguments = List.of(key().text(), bank.uri("/log").toString(),
                before.toString(), proof.toString(), consistency.toString());
        assertThat(run(program, arguments)).startsWith("0 all holds:");
        Files.writeString(consistency, Hash.EMPTY.base64());
        assertThat(run(program, arguments)).startsWith("1 consistency:");
        Files.write(proof, new TlogProof(read.extra(), 256, read.hashes(), read.note()).bytes());
        assertThat(run(program, arguments)).startsWith("1 inclusion:");
    }

    /** Compiles it; the test is left out where Go or the library is missing. */
    private static Path program() throws Exception {
        Path source = Path.of("test/go/checklog");
        assertThat(source).exists();
        Path program = folder.resolve("checklog");
        Path said = folder.resolve("go.txt");
        try {
            ProcessBuilder builder = new ProcessBuilder("go", "build", "-o",
                    program.toString(), ".").directory(source.toFile())
                    .redirectErrorStream(true).redirectOutput(said.toFile());
            Map<String, String> environment = builder.environment();
            // Debian keeps libraries of Go there; nothing is fetched.
            environment.putIfAbsent("GOPATH", "/usr/share/gocode");
            environment.put("GO111MODULE", "off");
            environment.put("GOFLAGS", "");
            environment.put("GOCACHE", folder.resolve("go-cache").toString());
            Process go = builder.start();
            assertThat(go.waitFor(5, TimeUnit.MINUTES)).isTrue();
            String text = Files.readString(said);
            if (go.exitValue() == 0) {
                return program;
            }
            assertThat(text).contains("cannot find package");
        } catch (IOException e) {
            assertThat(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(f -> Path.of(f, "go"))).noneMatch(Files::isExecutable);
        }
        String missing = "Left out: the check of the log by Go's own libraries; go or"
                + " golang.org/x/mod is not here (Debian: golang-go, golang-golang-x-mod-dev).";
        System.out.println(missing);
        return Assumptions.abort(missing);
    }

    private static String run(Path program, List<String> arguments) throws Exception {
        Path said = folder.resolve("checklog.txt");
        Process process = new ProcessBuilder(Stream.concat(
                Stream.of(program.toString()), arguments.stream()).toList())
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() + " " + Files.readString(said);
    }
}
