package creditbank.proof;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A SHA-256, and how those of a Merkle tree are made (RFC 6962). */
public final class Hash {

    /** In bytes. */
    public static final int SIZE = 32;

    /** The root of a tree without records: SHA-256 of nothing. */
    public static final Hash EMPTY = new Hash(sha256().digest());

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if these are not 32 bytes */
    public static Hash of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static Hash of(byte[] bytes, int from, int to) {
        if (to - from != SIZE) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + (to - from));
        }
        return new Hash(Arrays.copyOfRange(bytes, from, to));
    }

    /**
     * Reads the form that {@link #base64} writes, and no other of the same bytes.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Hash parse(String base64) {
        return of(Text.base64(base64));
    }

    /** SHA-256 of the bytes: what the bank's log holds as the record of an entry. */
    public static Hash sha(byte[] bytes) {
        return new Hash(sha256().digest(bytes));
    }

    /** SHA-256(00 ‖ record). */
    public static Hash leaf(byte[] record) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return new Hash(digest.digest(record));
    }

    /** SHA-256(01 ‖ left ‖ right). */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /**
     * The root of a complete subtree, from the hashes of its lowest row.
     *
     * @param row   hashes one behind the other
     * @param from  in which byte the first one begins
     * @param count how many, a power of two
     */
    public static Hash root(byte[] row, int from, int count) {
        if (Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException(count + " hashes are no complete subtree");
        }
        MessageDigest digest = sha256();
        byte[] left = Arrays.copyOfRange(row, from, from + count * SIZE);
        byte[] node = new byte[1 + 2 * SIZE];
        node[0] = NODE;
        for (int size = count; size > 1; size /= 2) {
            for (int i = 0; i < size / 2; i++) {
                System.arraycopy(left, 2 * i * SIZE, node, 1, 2 * SIZE);
                digest(digest, node, left, i * SIZE);
            }
        }
        return of(left, 0, SIZE);
    }

    /** The leaves of records that have 32 bytes each, one behind the other. */
    public static byte[] leaves(byte[] records) {
        MessageDigest digest = sha256();
        byte[] leaves = new byte[records.length];
        byte[] leaf = new byte[1 + SIZE];
        leaf[0] = LEAF;
        for (int from = 0; from < records.length; from += SIZE) {
            System.arraycopy(records, from, leaf, 1, SIZE);
            digest(digest, leaf, leaves, from);
        }
        return leaves;
    }

    /** In one piece and in place: a tree is nothing but this, millions of times. */
    private static void digest(MessageDigest digest, byte[] message, byte[] into, int at) {
        digest.update(message);
        try {
            digest.digest(into, at, SIZE);
        } catch (DigestException e) {
            throw new IllegalStateException("There is room for a hash", e);
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** As it stands in checkpoints and proofs: standard base64 with padding. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return base64();
    }
}
