package creditbank.views;

import creditbank.api.digest.StateDigest;
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

/** Makes a {@link StateDigest} of one document after the other, in their order. */
public final class StateSum {

    private final MessageDigest sha;

    public StateSum() {
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

    /** @param entries how many the projection has folded */
    public StateDigest of(Projection projection, long entries) {
        return new StateDigest(projection.name(), projection.version(), entries,
                new Digest(HexFormat.of().formatHex(sha.digest())));
    }
}
