package creditbank.witness;

import creditbank.proof.Hash;
import creditbank.proof.LogReader;
import creditbank.proof.Note;
import creditbank.proof.TilePath;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A log as it is served (C2SP tlog-tiles). All questions to one reader have to be answered within a
 * time together, so a log that answers drop by drop holds nobody up.
 */
public final class LogOverHttp implements LogReader {

    private static final int MOST_KEY_BYTES = 4_096;
    private static final int MOST_RECORD_BYTES = 2 + 65_535;

    private final HttpClient client;
    private final URI address;
    private final long until;

    /** For one reader or many. */
    public static HttpClient client() {
        return Exchange.client();
    }

    /** @param address of the log, without a slash at its end */
    public LogOverHttp(HttpClient client, URI address, Duration inAll) {
        this.client = client;
        this.address = address;
        this.until = System.nanoTime() + inAll.toNanos();
    }

    @Override
    public byte[] checkpoint() throws IOException {
        return get("checkpoint", Note.MOST_BYTES);
    }

    @Override
    public byte[] tile(int level, long index, int width) throws IOException {
        return get(new TilePath(level, index, width).text(), width * Hash.SIZE);
    }

    @Override
    public byte[] entries(long index, int width) throws IOException {
        return get(new TilePath(TilePath.ENTRIES, index, width).text(),
                width * MOST_RECORD_BYTES);
    }

    /** The key that the log shows of itself, as good as whoever answers at its address. */
    public VerifierKey key() throws IOException {
        try {
            return VerifierKey.parse(new String(
                    get("key", MOST_KEY_BYTES), StandardCharsets.UTF_8).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(address + "/key is no verifier key: " + e.getMessage(), e);
        }
    }

    private byte[] get(String path, int most) throws IOException {
        Duration left = Duration.ofNanos(until - System.nanoTime());
        if (!left.isPositive()) {
            throw new IOException(address + " did not answer all that was asked in time");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/" + path)).build();
        HttpResponse<byte[]> answer = Exchange.send(client, request, most, left);
        if (answer.statusCode() != 200) {
            throw new IOException(request.uri() + " answers " + answer.statusCode());
        }
        return answer.body();
    }
}
