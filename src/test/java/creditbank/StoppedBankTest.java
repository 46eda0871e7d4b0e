package creditbank;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp;
import creditbank.http.BankOverHttp.Answer;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bank in a process of its own that is asked to end (SIGTERM) in the middle of its work. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(240)
class StoppedBankTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SIGTERM = 128 + 15;
    private static final int WRITERS = 8;
    private static final int ROWS = 30_000;
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<String> printed = new ConcurrentLinkedQueue<>();
    /** By idempotency key. */
    private final Map<String, Acknowledged> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> strange = new ConcurrentLinkedQueue<>();

    private record Acknowledged(String id, long position) {
    }

    @BeforeEach
    void register() {
        try (BankOverHttp bank = new BankOverHttp(folder.resolve("data"))) {
            bank.registerInstitutions();
        }
    }

    @Test
    void a_bank_that_is_asked_to_end_while_it_works_ends_soon_and_keeps_what_it_acknowledged()
            throws Exception {
        String running;
        try (Served bank = new Served()) {
            running = bank.json(bank.request("/api/imports", "college")
                    .header("Content-Type", "multipart/form-data; boundary=rows")
                    .POST(BodyPublishers.ofString(upload()))).at("/id").asString();
            CountDownLatch enough = new CountDownLatch(200);
            try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
                for (int i = 0; i < WRITERS; i++) {
                    String name = "writer-" + i + "-";
                    writers.execute(() -> write(bank, name, enough));
                }
                assertThat(enough.await(60, TimeUnit.SECONDS)).as("commands stand").isTrue();
                bank.awaitRecorded(running, 1_000);
                bank.end();
            }
        }
        nothingWentWrong();
        try (BankOverHttp bank = new BankOverHttp(folder.resolve("data"))) {
            everyAcknowledgedCommandStandsOnce(bank);
            theImportGoesOnToItsEnd(bank, running);
        }
    }

    @Test
    void a_request_that_does_not_come_to_its_end_does_not_keep_the_bank_open() throws Exception {
        try (Served bank = new Served();
                Socket slow = bank.connect(); Socket idle = bank.connect()) {
            slow.getOutputStream().write(("POST /api/imports HTTP/1.1\r\nHost: bank\r\n"
                    + signedIn("college") + "\r\nContent-Length: 1000000\r\nContent-Type:"
                    + " multipart/form-data; boundary=rows\r\n\r\n" + upload().substring(0, 5_000))
                    .getBytes(StandardCharsets.UTF_8));
            idle.getOutputStream().write("GET / HTTP/1.1\r\nHost: bank\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            assertThat(idle.getInputStream().read()).isPositive();
            while (isEmpty(folder.resolve("data/incoming"))) {
                // The upload has not begun to arrive.
                Thread.sleep(20);
            }
            bank.end();
        }
        nothingWentWrong();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.findAny().isEmpty();
        }
    }

    private void nothingWentWrong() {
        assertThat(strange).as("answers that are neither a receipt nor a refusal").isEmpty();
        assertThat(printed).as("failures in the log").noneMatch(line -> line.contains(" ERROR ")
                || line.contains("Exception") || line.startsWith("\tat "));
    }

    // ------------------------------------------------------------------ before

    /** A bank behind a real port, in a process of its own. */
    private final class Served implements AutoCloseable {
        private final Process process;
        private final Thread listener;
        private final CountDownLatch open = new CountDownLatch(1);
        private volatile String address = "";

        Served() throws Exception {
            process = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED", "-Xmx512m",
                    "-cp", System.getProperty("java.class.path"), Creditbank.class.getName(),
                    "--creditbank.data=" + folder.resolve("data"), "--creditbank.sample=false",
                    "--server.port=0").redirectErrorStream(true).start();
            listener = Thread.ofPlatform().start(this::listen);
            assertThat(open.await(60, TimeUnit.SECONDS)).as(() -> "it opens: " + printed).isTrue();
        }

        private void listen() {
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    printed.add(line);
                    int at = line.indexOf("http://localhost:");
                    if (at >= 0 && line.contains("is open at")) {
                        address = line.substring(at).split(" ")[0];
                        open.countDown();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        HttpRequest.Builder request(String path, String user) {
            String[] header = signedIn(user).split(": ");
            return HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(Duration.ofSeconds(60)).header(header[0], header[1]);
        }

        HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
            try {
                return client.send(request.build(), BodyHandlers.ofString());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        JsonNode json(HttpRequest.Builder request) throws IOException {
            return JSON.readTree(send(request).body());
        }

        Socket connect() throws IOException {
            return new Socket("127.0.0.1", URI.create(address).getPort());
        }

        void awaitRecorded(String id, int rows) throws Exception {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            JsonNode status = json(request("/api/imports/" + id, "college"));
            while (status.at("/recorded").asInt() < rows && System.nanoTime() < end) {
                Thread.sleep(20);
                status = json(request("/api/imports/" + id, "college"));
            }
            assertThat(status.at("/state").asString()).as(status.toString()).isEqualTo("RUNNING");
        }

        /** Asks it to end, as an operator or the system does. */
        void end() throws Exception {
            long asked = System.nanoTime();
            process.toHandle().destroy();
            boolean ended = process.waitFor(SOON.toMillis(), TimeUnit.MILLISECONDS);
            System.out.printf("StoppedBankTest: ended %s after %.1f s, %d acknowledged%n", ended,
                    (System.nanoTime() - asked) / 1e9, acknowledged.size());
            assertThat(ended).as("it ends soon").isTrue();
            assertThat(process.exitValue()).isEqualTo(SIGTERM);
            listener.join();
        }

        @Override
        public void close() throws Exception {
            process.toHandle().destroyForcibly();
            process.waitFor();
            listener.join();
        }
    }

    private static String signedIn(String user) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(
                (user + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    /** Opens an account and records in it, over and over, until the bank is gone. */
    private void write(Served bank, String name, CountDownLatch enough) {
        for (int i = 0; ; i++) {
            String key = name + i;
            try {
                HttpResponse<String> response = bank.send(bank.request("/api/learners", "college")
                        .header("Idempotency-Key", key).header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(person(key))));
                if (response.statusCode() == 503) {
                    continue;
                }
                if (response.statusCode() != 201) {
                    strange.add(response.statusCode() + " " + response.body());
                    return;
                }
                acknowledged.put(key, new Acknowledged(
                        JSON.readTree(response.body()).at("/id").asString(),
                        response.headers().firstValueAsLong("Ledger-Position").orElseThrow()));
                enough.countDown();
            } catch (IOException e) {
                // No answer: it may stand or not, and the bank is not to be reached any more.
                return;
            }
        }
    }

    private static String person(String passport) {
        return """
                {"name":"王小明","documentKind":"PASSPORT","documentNumber":"%s"}"""
                .formatted(passport);
    }

    private static String upload() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            lines.add("""
                    {"name":"王小明","documentKind":"PASSPORT","documentNumber":"row-%d",\
                    "kind":"COURSE","issuer":"college","recordKey":"K-%d","title":"焊接",\
                    "credits.amount":"1.00","credits.unit":"CN","happenedOn":"2024-06-30"}"""
                    .formatted(i, i));
        }
        return "--rows\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.jsonl\""
                + "\r\nContent-Type: application/jsonl\r\n\r\n" + String.join("\n", lines)
                + "\r\n--rows--\r\n";
    }

    // ------------------------------------------------------------------ after

    private void everyAcknowledgedCommandStandsOnce(BankOverHttp bank) {
        LedgerReader ledger = bank.part(Ledger.class).reader();
        acknowledged.forEach((key, before) -> {
            assertThat(ledger.read(before.position(), 1)).singleElement().satisfies(entry ->
                    assertThat(EntryFormat.read(entry).stream())
                            .isEqualTo("learner/" + before.id()));
            Answer again = bank.as("college").header("Idempotency-Key", key)
                    .post("/api/learners", person(key));
            assertThat(again.text("/id")).as(key).isEqualTo(before.id());
            assertThat(again.header("Ledger-Position")).isEqualTo("" + before.position());
        });
    }

    private static void theImportGoesOnToItsEnd(BankOverHttp bank, String id)
            throws InterruptedException {
        Answer status = bank.as("college").get("/api/imports/" + id);
        while (List.of("WAITING", "RUNNING").contains(status.text("/state"))) {
            Thread.sleep(50);
            status = bank.as("college").get("/api/imports/" + id);
        }
        assertThat(status.text("/state")).as(status.body()).isEqualTo("DONE");
        int recorded = status.json().at("/recorded").asInt();
        int stoodAlready = status.json().at("/alreadyThere").asInt();
        assertThat(stoodAlready).isGreaterThanOrEqualTo(1_000).isLessThan(ROWS);
        assertThat(recorded + stoodAlready).isEqualTo(ROWS);
    }
}
