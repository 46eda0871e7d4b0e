package creditbank.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * A text with signatures below it (C2SP signed-note).
 *
 * @param text       ends with a line end, which is signed too
 * @param signatures one at least, of anybody
 */
public record Note(String text, List<Signature> signatures) {

    /** Of a whole note. A log's has a few hundred bytes. */
    public static final int MOST_BYTES = 64 * 1024;

    /** A log, its witnesses, and room for those of others. */
    public static final int MOST_SIGNATURES = 100;

    private static final String MARK = "\u2014 ";
    private static final int KEY_ID = 4;

    /** Why a note is not to be believed. */
    public static final class NotVerified extends Exception {
        private static final long serialVersionUID = 1L;

        public NotVerified(String why) {
            super(why);
        }
    }

    /**
     * A signature line.
     *
     * @param name  of the key
     * @param keyId tells keys of one name apart, and proves nothing
     * @param bytes behind the key id; what they are depends on the kind of key
     */
    public record Signature(String name, int keyId, byte[] bytes) {

        public Signature {
            VerifierKey.checkName(name);
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        /** The line, without its end. */
        public String line() {
            return MARK + name + " " + Base64.getEncoder().encodeToString(ByteBuffer
                    .allocate(KEY_ID + bytes.length).putInt(keyId).put(bytes).array());
        }

        private static Signature parse(String line) {
            int space = line.indexOf(' ', MARK.length());
            if (!line.startsWith(MARK) || space < 0) {
                throw new IllegalArgumentException(
                        "not a signature line: " + Text.shortened(line));
            }
            byte[] blob = Text.base64(line.substring(space + 1));
            if (blob.length <= KEY_ID) {
                throw new IllegalArgumentException("a signature of " + blob.length + " bytes");
            }
            return new Signature(line.substring(MARK.length(), space),
                    ByteBuffer.wrap(blob).getInt(),
                    Arrays.copyOfRange(blob, KEY_ID, blob.length));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Signature s && name.equals(s.name) && keyId == s.keyId
                    && Arrays.equals(bytes, s.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.hashCode(bytes);
        }
    }

    public Note {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException(
                    "a note's text ends with a line end and has no other control characters");
        }
        if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
            throw new IllegalArgumentException(signatures.size() + " signatures");
        }
    }

    /**
     * Takes a note apart; nothing of it is verified yet.
     *
     * @throws IllegalArgumentException if it is not written as notes are
     */
    public static Note parse(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a note of " + bytes.length + " bytes");
        }
        String all = Text.utf8(bytes);
        // The last blank line: a text may hold others.
        int end = all.lastIndexOf("\n\n");
        if (end < 0 || !all.endsWith("\n") || end + 2 == all.length()) {
            throw new IllegalArgumentException(
                    "a note is a text, a blank line and signature lines");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : all.substring(end + 2, all.length() - 1).split("\n", -1)) {
            if (signatures.size() == MOST_SIGNATURES) {
                throw new IllegalArgumentException(
                        "more than " + MOST_SIGNATURES + " signatures");
            }
            signatures.add(Signature.parse(line));
        }
        return new Note(all.substring(0, end + 1), signatures);
    }

    /** The note as it is sent. */
    public byte[] bytes() {
        StringBuilder all = new StringBuilder(text).append('\n');
        signatures.forEach(s -> all.append(s.line()).append('\n'));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same text with one more signature below it. */
    public Note with(Signature signature) {
        List<Signature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new Note(text, more);
    }

    /**
     * The signatures of these keys. Those of other keys are passed over.
     *
     * @throws NotVerified if a signature of one of the keys is wrong, whatever the others are
     */
    public List<Signature> verifiedBy(Collection<VerifierKey> keys) throws NotVerified {
        List<Signature> verified = new ArrayList<>();
        for (Signature signature : signatures) {
            for (VerifierKey key : keys) {
                if (!key.isNamedIn(signature)) {
                    continue;
                }
                if (!key.verifies(text, signature)) {
                    throw new NotVerified("The signature of " + key.name() + " is wrong.");
                }
                verified.add(signature);
            }
        }
        return List.copyOf(verified);
    }

    /** @throws NotVerified unless the key has signed the text, and not wrongly besides */
    public void mustBeSignedBy(VerifierKey key) throws NotVerified {
        if (verifiedBy(List.of(key)).isEmpty()) {
            throw new NotVerified("There is no signature of the key " + key.text() + ".");
        }
    }
}
