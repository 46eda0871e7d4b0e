package creditbank.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A key that signs notes, written {@code PRIVATE+KEY+name+hash+base64(kind ‖ seed)} as Go's {@code
 * sumdb/note} does. Never printed by {@link #toString}.
 */
public final class SigningKey {

    private static final String START = "PRIVATE+KEY+";
    private static final int SEED = 32;

    private final VerifierKey verifier;
    private final byte[] seed;
    private final PrivateKey key;

    /** @param seed 32 bytes nobody else knows */
    public SigningKey(String name, VerifierKey.Kind kind, byte[] seed) {
        if (seed.length != SEED) {
            throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
        }
        this.seed = seed.clone();
        KeyPair pair = pair(this.seed);
        this.key = pair.getPrivate();
        byte[] encoded = pair.getPublic().getEncoded();
        this.verifier = new VerifierKey(name, kind, Arrays.copyOfRange(
                encoded, encoded.length - VerifierKey.KEY_BYTES, encoded.length));
    }

    public static SigningKey generate(String name, VerifierKey.Kind kind, SecureRandom random) {
        byte[] seed = new byte[SEED];
        random.nextBytes(seed);
        return new SigningKey(name, kind, seed);
    }

    /**
     * Java derives a public key only where it generates a pair, from 32 random bytes: so it is
     * given the seed for them.
     */
    private static KeyPair pair(byte[] seed) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
            pairs.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
                private static final long serialVersionUID = 1L;

                @Override
                public void nextBytes(byte[] bytes) {
                    if (bytes.length != SEED) {
                        throw new IllegalStateException("Ed25519 asks for 32 random bytes");
                    }
                    System.arraycopy(seed, 0, bytes, 0, SEED);
                }
            });
            return pairs.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java since 15 has Ed25519", e);
        }
    }

    /** @throws IllegalArgumentException if it is not written like one; does not tell the text */
    public static SigningKey parse(String text) {
        String[] parts = text.startsWith(START)
                ? text.substring(START.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "a signing key is PRIVATE+KEY+name+hash+base64");
        }
        byte[] blob;
        try {
            blob = Base64.getDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the signing key's last part is not base64");
        }
        for (VerifierKey.Kind kind : VerifierKey.Kind.values()) {
            if (blob.length == 1 + SEED && blob[0] == kind.code()) {
                SigningKey key = new SigningKey(
                        parts[0], kind, Arrays.copyOfRange(blob, 1, blob.length));
                if (!key.text().equals(text)) {
                    throw new IllegalArgumentException(
                            "the signing key of " + parts[0] + " has another hash");
                }
                return key;
            }
        }
        throw new IllegalArgumentException("a signing key of an unknown kind or length");
    }

    /** As it is kept: a secret. */
    public String text() {
        String[] parts = verifier.text().split("\\+", 3);
        return START + parts[0] + "+" + parts[1] + "+" + Base64.getEncoder().encodeToString(
                ByteBuffer.allocate(1 + SEED).put(verifier.kind().code()).put(seed).array());
    }

    public VerifierKey verifier() {
        return verifier;
    }

    /** A note with the text and this key's signature, for a log's key. */
    public Note sign(String text) {
        must(VerifierKey.Kind.ED25519);
        return new Note(text, List.of(new Note.Signature(verifier.name(),
                verifier.id(), sign(text.getBytes(StandardCharsets.UTF_8)))));
    }

    /**
     * This key's signature over a checkpoint, for a witness's key.
     *
     * @param time when it was seen, in seconds since 1970
     */
    public Note.Signature cosign(String text, long time) {
        must(VerifierKey.Kind.COSIGNATURE);
        return new Note.Signature(verifier.name(), verifier.id(),
                new Cosignature(time, sign(Cosignature.signed(time, text))).blob());
    }

    private void must(VerifierKey.Kind kind) {
        if (verifier.kind() != kind) {
            throw new IllegalStateException(verifier.name() + " is a key for "
                    + verifier.kind() + ", not for " + kind);
        }
    }

    private byte[] sign(byte[] message) {
        try {
            java.security.Signature ed25519 = java.security.Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 does not sign", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + verifier + "]";
    }
}
