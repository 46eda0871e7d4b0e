package creditbank.witness;

import creditbank.proof.AddCheckpoint;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Another's witness, asked over HTTP. Nothing it answers is taken for a cosignature unverified. */
public final class WitnessOverHttp implements AutoCloseable {

    private static final Duration TO_ANSWER = Duration.ofSeconds(5);

    private final HttpClient client = Exchange.client();
    private final VerifierKey key;
    private final URI address;

    /**
     * @param key     of the witness
     * @param address below which it takes {@code add-checkpoint}
     * @throws IllegalArgumentException if the key is no witness's or the address not one of HTTP
     */
    public WitnessOverHttp(VerifierKey key, URI address) {
        if (key.kind() != VerifierKey.Kind.COSIGNATURE) {
            throw new IllegalArgumentException(key + " is the key of a log, not of a witness");
        }
        this.key = key;
        this.address = Addresses.ofHttp(address.toString());
    }

    /**
     * Reads {@code verifier-key URL}.
     *
     * @throws IllegalArgumentException if it is not written so
     */
    public static WitnessOverHttp parse(String setting) {
        String[] parts = setting.strip().split("\\s+");
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "a witness is its verifier key, a space and its address: " + setting);
        }
        return new WitnessOverHttp(VerifierKey.parse(parts[0]), Addresses.ofHttp(parts[1]));
    }

    public VerifierKey key() {
        return key;
    }

    public URI address() {
        return address;
    }

    /** @throws IOException if it does not answer, or nothing that a witness answers */
    public Answer add(AddCheckpoint request) throws IOException {
        HttpResponse<byte[]> answer = Exchange.send(client,
                HttpRequest.newBuilder(URI.create(address + "/add-checkpoint"))
                        .POST(BodyPublishers.ofByteArray(request.bytes())).build(),
                Note.MOST_BYTES, TO_ANSWER);
        try {
            return switch (answer.statusCode()) {
                case 200 -> new Answer.Cosigned(request.cosignatures(answer.body(), key));
                case 409 -> new Answer.OtherSize(AddCheckpoint.size(answer.body()));
                case 422 -> new Answer.ProofWrong();
                case 403 -> new Answer.NotSigned();
                case 404 -> new Answer.UnknownOrigin();
                case 400 -> new Answer.Malformed("it says so");
                default -> throw new IOException(address + " answers " + answer.statusCode());
            };
        } catch (NotVerified | IllegalArgumentException e) {
            throw new IOException(address + " answers " + answer.statusCode()
                    + " with something else than a witness does: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
