package creditbank.proof;

import creditbank.proof.Note.NotVerified;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * All that shows without a connection that a record stands in a log (C2SP tlog-proof): a file
 * {@code .tlog-proof} that hangs on a certificate.
 *
 * @param extra  what else whoever checks has to know; empty where nothing
 * @param index  of the record
 * @param hashes of the inclusion proof
 * @param note   the checkpoint it leads to, signed
 */
public record TlogProof(byte[] extra, long index, List<Hash> hashes, Note note) {

    private static final String FIRST = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MOST_HASHES = 63;
    private static final int MOST_BYTES = 2 * Note.MOST_BYTES;

    public TlogProof {
        extra = extra.clone();
        hashes = List.copyOf(hashes);
        if (index < 0 || hashes.size() > MOST_HASHES) {
            throw new IllegalArgumentException(
                    "a proof of " + index + " with " + hashes.size() + " hashes");
        }
    }

    /** @throws IllegalArgumentException if the file is not written as one */
    public static TlogProof parse(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a proof of " + bytes.length + " bytes");
        }
        String all = Text.utf8(bytes);
        int blank = all.indexOf("\n\n");
        if (blank < 0) {
            throw new IllegalArgumentException("a proof has a blank line before its checkpoint");
        }
        List<String> lines = new ArrayList<>(Arrays.asList(all.substring(0, blank).split("\n")));
        if (!lines.removeFirst().equals(FIRST)) {
            throw new IllegalArgumentException("a proof begins with " + FIRST);
        }
        byte[] extra = new byte[0];
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            extra = Text.base64(lines.removeFirst().substring(EXTRA.length()));
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new IllegalArgumentException("a proof says its index");
        }
        long index = Text.number(lines.removeFirst().substring(INDEX.length()));
        return new TlogProof(extra, index, lines.stream().map(Hash::parse).toList(),
                Note.parse(all.substring(blank + 2).getBytes(StandardCharsets.UTF_8)));
    }

    /** The file. */
    public byte[] bytes() {
        StringBuilder head = new StringBuilder(FIRST + "\n");
        if (extra.length > 0) {
            head.append(EXTRA).append(Base64.getEncoder().encodeToString(extra)).append('\n');
        }
        head.append(INDEX).append(index).append('\n');
        hashes.forEach(h -> head.append(h.base64()).append('\n'));
        byte[] start = head.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        byte[] checkpoint = note.bytes();
        return ByteBuffer.allocate(start.length + checkpoint.length)
                .put(start).put(checkpoint).array();
    }

    /**
     * Answers the checkpoint in which the leaf stands, if the log's key has signed it.
     *
     * @throws NotVerified if it has not, or if the leaf does not stand there
     */
    public Checkpoint verify(VerifierKey log, Hash leaf) throws NotVerified {
        Checkpoint checkpoint = Checkpoint.open(note, log);
        if (!new InclusionProof(index, checkpoint.size(), hashes)
                .holds(leaf, checkpoint.root())) {
            throw new NotVerified("The record does not stand at " + index + " in the "
                    + checkpoint.size() + " that were signed for.");
        }
        return checkpoint;
    }

    @Override
    public byte[] extra() {
        return extra.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlogProof p && Arrays.equals(bytes(), p.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }
}
