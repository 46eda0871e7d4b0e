package creditbank.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a witness signs (C2SP tlog-cosignature, cosignature/v1): that it saw this checkpoint at this
 * time, and none before that is inconsistent with it.
 *
 * @param time  in seconds since 1970
 * @param bytes the signature of Ed25519
 */
public record Cosignature(long time, byte[] bytes) {

    private static final int TIME = 8;
    private static final int SIGNATURE = 64;

    public Cosignature {
        if (time < 0 || bytes.length != SIGNATURE) {
            throw new IllegalArgumentException(
                    "a cosignature of the time " + time + " with " + bytes.length + " bytes");
        }
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    static boolean isOf(Note.Signature signature) {
        byte[] blob = signature.bytes();
        return blob.length == TIME + SIGNATURE && ByteBuffer.wrap(blob).getLong() >= 0;
    }

    /** @throws IllegalArgumentException if it is of another kind */
    public static Cosignature of(Note.Signature signature) {
        byte[] blob = signature.bytes();
        if (!isOf(signature)) {
            throw new IllegalArgumentException("no cosignature: " + blob.length + " bytes");
        }
        return new Cosignature(ByteBuffer.wrap(blob).getLong(),
                Arrays.copyOfRange(blob, TIME, blob.length));
    }

    /** As a signature line holds it, behind the key id. */
    byte[] blob() {
        return ByteBuffer.allocate(TIME + SIGNATURE).putLong(time).put(bytes).array();
    }

    byte[] signed(String text) {
        return signed(time, text);
    }

    /** What is signed over a checkpoint's text. */
    static byte[] signed(long time, String text) {
        return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cosignature c && time == c.time && Arrays.equals(bytes, c.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
