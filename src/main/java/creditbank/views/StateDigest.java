package creditbank.views;

import creditbank.api.value.Digest;
import creditbank.ledger.EntryFormat;
import creditbank.projections.Projection;
import creditbank.projections.View;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * All documents of a projection in 32 bytes ({@code docs/formats/state-digest.md}): the same
 * entries give the same digest on any machine and in any keeper.
 *
 * @param version of the projection, whose folds and shapes the digest is of
 * @param entries how many entries it has folded
 */
public record StateDigest(String projection, int version, long entries, Digest digest) {

    /** What is digested, one document after the other in their order. */
    public static final class Sum {

        private final MessageDigest sha;

        public Sum() {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256", e);
            }
        }

        /** The views of a projection in the order in which they are digested. */
        public static List<View<?>> views(Projection projection) {
            return projection.views().stream()
                    .sorted(Comparator.<View<?>, String>comparing(View::name)).toList();
        }

        public void add(View<?> view, String key, byte[] document) {
            part(view.name().getBytes(StandardCharsets.UTF_8));
            part(key.getBytes(StandardCharsets.UTF_8));
            part(document);
        }

        /** For a keeper that does not keep the bytes. */
        public void add(View<?> view, String key, Object document) {
            add(view, key, EntryFormat.JSON.writeValueAsBytes(document));
        }

        private void part(byte[] bytes) {
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha.update(bytes);
        }

        public StateDigest of(Projection projection, long entries) {
            return new StateDigest(projection.name(), projection.version(), entries,
                    new Digest(HexFormat.of().formatHex(sha.digest())));
        }
    }
}
