package creditbank.witness;

import com.sun.net.httpserver.HttpServer;
import creditbank.proof.LogReader;
import creditbank.proof.TilePath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A log behind HTTP that is no bank's. What it shows can be changed at any time. */
public final class ServedLog implements AutoCloseable {

    private final HttpServer server;
    private final String key;
    private volatile LogReader log;

    public ServedLog(MadeUpLog log) throws IOException {
        this.log = log;
        this.key = log.verifier().text();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/log/", exchange -> {
            try (exchange) {
                byte[] body;
                try {
                    body = answer(exchange.getRequestURI().getPath().substring("/log/".length()));
                } catch (IOException e) {
                    exchange.sendResponseHeaders(404, -1);
                    return;
                }
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    private byte[] answer(String path) throws IOException {
        if (path.equals("checkpoint")) {
            return log.checkpoint();
        }
        if (path.equals("key")) {
            return (key + "\n").getBytes(StandardCharsets.UTF_8);
        }
        TilePath tile = TilePath.parse(path);
        return log.tile(tile.level(), tile.index(), tile.width());
    }

    public void show(LogReader other) {
        log = other;
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
