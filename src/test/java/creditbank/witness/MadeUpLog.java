package creditbank.witness;

import creditbank.proof.Checkpoint;
import creditbank.proof.ConsistencyProof;
import creditbank.proof.Hash;
import creditbank.proof.LogReader;
import creditbank.proof.Note;
import creditbank.proof.SigningKey;
import creditbank.proof.Tree;
import creditbank.proof.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A log in memory that signs whatever it is told to. */
public final class MadeUpLog implements LogReader {

    public static final String ORIGIN = "bank.example/log";

    private final SigningKey key;
    private final List<Hash> leaves = new ArrayList<>();
    private long shown = -1;

    public MadeUpLog() {
        this(ORIGIN, 1);
    }

    public MadeUpLog(String origin, int seed) {
        this.key = new SigningKey(origin, VerifierKey.Kind.ED25519, seed(seed));
    }

    static byte[] seed(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return bytes;
    }

    /** Entries {@code first of}, {@code second of} and so on, up to a size. */
    public MadeUpLog grownTo(int size, String of) {
        while (leaves.size() < size) {
            leaves.add(Hash.leaf(Hash.sha((of + leaves.size())
                    .getBytes(StandardCharsets.UTF_8)).bytes()));
        }
        return this;
    }

    public MadeUpLog grownTo(int size) {
        return grownTo(size, "entry ");
    }

    /** Shows the checkpoint of an older size from now on. */
    public void show(long size) {
        shown = size;
    }

    public VerifierKey verifier() {
        return key.verifier();
    }

    public Hash root(long size) {
        return size == 0 ? Hash.EMPTY : root(0, (int) size);
    }

    private Hash root(int low, int high) {
        if (high - low == 1) {
            return leaves.get(low);
        }
        int middle = low + Integer.highestOneBit(high - low - 1);
        return Hash.node(root(low, middle), root(middle, high));
    }

    public Note signed(long size) {
        return key.sign(new Checkpoint(key.verifier().name(), size, root(size)).text());
    }

    public List<Hash> proof(long from, long to) throws IOException {
        ConsistencyProof proof = new Tree(this, to).consistency(from);
        return proof.hashes();
    }

    @Override
    public byte[] checkpoint() throws IOException {
        return signed(shown < 0 ? leaves.size() : shown).bytes();
    }

    @Override
    public byte[] tile(int level, long index, int width) throws IOException {
        ByteArrayOutputStream tile = new ByteArrayOutputStream();
        int each = 1 << 8 * level;
        for (int i = 0; i < width; i++) {
            int low = (int) (index * 256 + i) * each;
            if (low + each > leaves.size()) {
                throw new IOException("the tile is not there");
            }
            tile.write(root(low, low + each).bytes());
        }
        return tile.toByteArray();
    }

    @Override
    public byte[] entries(long index, int width) {
        throw new UnsupportedOperationException("a witness needs none");
    }
}
