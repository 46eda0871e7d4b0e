package creditbank.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import creditbank.proof.AddCheckpoint;
import creditbank.proof.Note;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A witness over HTTP: {@code POST /add-checkpoint}, {@code GET /checkpoint} (what it cosigned last
 * of the log it follows) and {@code GET /key}.
 */
public final class WitnessServer implements AutoCloseable {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int BACKLOG = 50;
    private static final System.Logger LOG = System.getLogger(WitnessServer.class.getName());

    static {
        // Read by the server's classes once, as they are loaded: seconds, and connections.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        System.setProperty("jdk.httpserver.maxConnections", "200");
    }

    private record Reply(int status, String contentType, byte[] body) {
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Witness witness;
    private final String origin;

    /** @param origin the log whose last cosigned checkpoint is shown */
    public WitnessServer(Witness witness, String origin, InetSocketAddress address)
            throws IOException {
        this.witness = witness;
        this.origin = origin;
        this.server = HttpServer.create(address, BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply;
            try {
                reply = answer(exchange);
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "The witness cannot answer", e);
                reply = text(500, "The witness cannot answer now; nothing was cosigned.");
            }
            exchange.getResponseHeaders().set("Content-Type", reply.contentType);
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status, head ? -1 : reply.body.length);
            if (!head) {
                exchange.getResponseBody().write(reply.body);
            }
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        boolean reading = method.equals("GET") || method.equals("HEAD");
        return switch (exchange.getRequestURI().getPath()) {
            case "/add-checkpoint" -> method.equals("POST") ? add(exchange) : notSo("POST");
            case "/checkpoint" -> reading ? checkpoint() : notSo("GET");
            case "/key" -> reading ? text(200, witness.verifier().text()) : notSo("GET");
            default -> text(404, "A witness has /checkpoint, /key and /add-checkpoint.");
        };
    }

    private Reply checkpoint() {
        Watched watched = witness.watched(origin);
        @Nullable Note last = watched == null ? null : watched.last();
        return last == null ? text(404, "Nothing of " + origin + " is cosigned yet.")
                : new Reply(200, TEXT, last.bytes());
    }

    private Reply add(HttpExchange exchange) throws IOException {
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(AddCheckpoint.MOST_BYTES + 1);
        }
        Answer answer;
        try {
            answer = witness.add(AddCheckpoint.parse(body));
        } catch (IllegalArgumentException e) {
            answer = new Answer.Malformed(String.valueOf(e.getMessage()));
        }
        return new Reply(answer.status(), answer.contentType(), answer.body());
    }

    private static Reply notSo(String method) {
        return text(405, "This is asked with " + method + ".");
    }

    private static Reply text(int status, String sentence) {
        return new Reply(status, TEXT, (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
