package creditbank.proof;

import creditbank.proof.Note.NotVerified;
import creditbank.proof.Note.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a witness is asked to cosign (C2SP tlog-witness, {@code add-checkpoint}): a checkpoint, and
 * that it continues the one the witness cosigned last.
 *
 * @param old        the size the witness is believed to know; 0 for none
 * @param proof      the hashes of the consistency proof from there; 63 at most
 * @param checkpoint signed by its log
 */
public record AddCheckpoint(long old, List<Hash> proof, Note checkpoint) {

    /** Of a whole request. */
    public static final int MOST_BYTES = Note.MOST_BYTES + 4_096;

    /** The content type of an answer that tells which size the witness knows. */
    public static final String SIZE_TYPE = "text/x.tlog.size";

    private static final String OLD = "old ";
    private static final int MOST_HASHES = 63;

    public AddCheckpoint {
        proof = List.copyOf(proof);
        if (old < 0 || proof.size() > MOST_HASHES) {
            throw new IllegalArgumentException(
                    "a proof from " + old + " with " + proof.size() + " hashes");
        }
    }

    /** @throws IllegalArgumentException if the request is not written as one */
    public static AddCheckpoint parse(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a request of more than " + MOST_BYTES + " bytes");
        }
        String all = Text.utf8(bytes);
        int blank = all.indexOf("\n\n");
        if (blank < 0) {
            throw new IllegalArgumentException(
                    "a request has an empty line before its checkpoint");
        }
        List<String> lines = Arrays.asList(all.substring(0, blank).split("\n", -1));
        if (!lines.getFirst().startsWith(OLD)) {
            throw new IllegalArgumentException("a request begins with the old size");
        }
        return new AddCheckpoint(Text.number(lines.getFirst().substring(OLD.length())),
                lines.stream().skip(1).map(Hash::parse).toList(),
                Note.parse(all.substring(blank + 2).getBytes(StandardCharsets.UTF_8)));
    }

    /** The request as it is sent. */
    public byte[] bytes() {
        StringBuilder all = new StringBuilder(OLD).append(old).append('\n');
        proof.forEach(h -> all.append(h.base64()).append('\n'));
        return all.append('\n').append(new String(checkpoint.bytes(), StandardCharsets.UTF_8))
                .toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The witness's answer: the lines to put below the checkpoint. */
    public static byte[] answer(List<Signature> cosignatures) {
        StringBuilder lines = new StringBuilder();
        cosignatures.forEach(s -> lines.append(s.line()).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Those lines of an answer that are the witness's own, over this checkpoint.
     *
     * @throws NotVerified              if there are none, or if one of them is wrong
     * @throws IllegalArgumentException if the answer is not written as one
     */
    public List<Signature> cosignatures(byte[] answer, VerifierKey witness) throws NotVerified {
        if (answer.length > Note.MOST_BYTES) {
            throw new IllegalArgumentException("an answer of " + answer.length + " bytes");
        }
        Note below = Note.parse((checkpoint.text() + "\n" + Text.utf8(answer))
                .getBytes(StandardCharsets.UTF_8));
        if (!below.text().equals(checkpoint.text())) {
            throw new IllegalArgumentException("an answer is signature lines alone");
        }
        below.mustBeSignedBy(witness);
        return below.verifiedBy(List.of(witness));
    }

    /** The answer that tells another size. */
    public static byte[] answer(long size) {
        return (size + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException if the answer is no size and a line end */
    public static long size(byte[] answer) {
        String text = Text.utf8(answer);
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("a size ends with a line end");
        }
        return Text.number(text.substring(0, text.length() - 1));
    }
}
