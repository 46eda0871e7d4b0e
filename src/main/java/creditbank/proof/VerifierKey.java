package creditbank.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key that signatures of notes are checked with, written {@code name+hash+base64(kind ‖ key)}.
 *
 * <p>Ed25519 is checked by Java's own provider. It recomputes R and compares bytes, without
 * cofactor: what is not canonical, in key or signature, and what leaves a residue of low order
 * fails. Keys of low order are accepted, and many signatures with them. That is fine here: a
 * verifier is given its keys by somebody it believes, nobody but the key's owner can sign with an
 * honest key, and whoever hands out a key of low order has only made worthless what is signed with
 * it.
 */
public final class VerifierKey {

    /** What is signed, and which form the signature has. */
    public enum Kind {
        /** The text alone: of a log. */
        ED25519(1),
        /** The text and a time: of a witness ({@link Cosignature}). */
        COSIGNATURE(4);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        byte code() {
            return code;
        }

        private static Kind of(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("a key of an unknown kind: " + code);
        }
    }

    static final int KEY_BYTES = 32;
    private static final int HASH_DIGITS = 8;
    private static final int LONGEST_NAME = 200;
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final Kind kind;
    private final byte[] bytes;
    private final PublicKey key;

    public VerifierKey(String name, Kind kind, byte[] publicKey) {
        checkName(name);
        if (publicKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes, not " + publicKey.length);
        }
        this.name = name;
        this.kind = kind;
        this.bytes = publicKey.clone();
        try {
            this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(
                    ByteBuffer.allocate(X509.length + KEY_BYTES).put(X509).put(bytes).array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key of Ed25519: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if it is not written like one */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "a verifier key is name+hash+key: " + Text.shortened(text));
        }
        byte[] blob = Text.base64(parts[2]);
        if (blob.length == 0) {
            throw new IllegalArgumentException("an empty key");
        }
        VerifierKey key = new VerifierKey(
                parts[0], Kind.of(blob[0]), Arrays.copyOfRange(blob, 1, blob.length));
        if (!key.hash().equals(parts[1])) {
            throw new IllegalArgumentException("the key of " + key.name + " has the hash "
                    + key.hash() + ", not " + Text.shortened(parts[1]));
        }
        return key;
    }

    /** Names have neither spaces nor {@code +}. */
    static void checkName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(c ->
                c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c)
                        || Character.isISOControl(c))) {
            throw new IllegalArgumentException("not the name of a key: " + Text.shortened(name));
        }
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** The first four bytes of SHA-256(name ‖ 0A ‖ kind ‖ key). */
    public int id() {
        byte[] start = (name + "\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Hash.sha(ByteBuffer.allocate(start.length + 1 + KEY_BYTES)
                .put(start).put(kind.code()).put(bytes).array()).bytes()).getInt();
    }

    private String hash() {
        String hash = HexFormat.of().toHexDigits(id());
        assert hash.length() == HASH_DIGITS;
        return hash;
    }

    byte[] publicKey() {
        return bytes.clone();
    }

    /** As it is handed out. */
    public String text() {
        return name + "+" + hash() + "+" + Base64.getEncoder().encodeToString(
                ByteBuffer.allocate(1 + KEY_BYTES).put(kind.code()).put(bytes).array());
    }

    boolean isNamedIn(Note.Signature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    /** Whether the signature is this key's, over this text. */
    public boolean verifies(String text, Note.Signature signature) {
        return isNamedIn(signature) && switch (kind) {
            case ED25519 -> verifies(text.getBytes(StandardCharsets.UTF_8), signature.bytes());
            case COSIGNATURE -> Cosignature.isOf(signature)
                    && verifies(Cosignature.of(signature).signed(text),
                            Cosignature.of(signature).bytes());
        };
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            java.security.Signature ed25519 = java.security.Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey k && text().equals(k.text());
    }

    @Override
    public int hashCode() {
        return id();
    }

    @Override
    public String toString() {
        return text();
    }
}
