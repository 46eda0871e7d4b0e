package creditbank.witness;

import creditbank.proof.Checkpoint;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.VerifierKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A log that a witness watches, as one file holds it ({@code docs/formats/witness.md}).
 *
 * @param key     whose checkpoints are believed, for good
 * @param address where it is followed
 * @param last    the checkpoint cosigned last, with the cosignature; {@code null} before the first
 */
public record Watched(VerifierKey key, URI address, @Nullable Note last) {

    private static final int MOST_BYTES = Note.MOST_BYTES + 4_096;

    /**
     * Reads the file that {@link #bytes} writes.
     *
     * @throws IllegalArgumentException if it is not written as one
     * @throws NotVerified              if the log or the witness has not signed what it holds
     */
    static Watched parse(byte[] bytes, VerifierKey witness) throws NotVerified {
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(bytes.length + " bytes");
        }
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", 4);
        if (parts.length != 4 || !parts[2].isEmpty()) {
            throw new IllegalArgumentException("a key, an address and a blank line are expected");
        }
        VerifierKey key = VerifierKey.parse(parts[0]);
        Note last = null;
        if (!parts[3].isEmpty()) {
            last = Note.parse(parts[3].getBytes(StandardCharsets.UTF_8));
            Checkpoint.open(last, key);
            last.mustBeSignedBy(witness);
        }
        Watched watched = new Watched(key, URI.create(parts[1]), last);
        if (!Arrays.equals(watched.bytes(), bytes)) {
            throw new IllegalArgumentException("it is not written as this program writes it");
        }
        return watched;
    }

    byte[] bytes() {
        String head = key.text() + "\n" + address + "\n\n";
        return (last == null ? head : head + new String(last.bytes(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }

    public String origin() {
        return key.name();
    }

    /** What was cosigned last; {@code null} before the first. */
    public @Nullable Checkpoint checkpoint() {
        return last == null ? null : Checkpoint.parse(last.text());
    }

    /** Of the checkpoint cosigned last; 0 before the first. */
    public long size() {
        Checkpoint known = checkpoint();
        return known == null ? 0 : known.size();
    }

    Watched with(Note cosigned) {
        return new Watched(key, address, cosigned);
    }
}
