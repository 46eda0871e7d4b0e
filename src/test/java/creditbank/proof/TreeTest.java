package creditbank.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TreeTest {

    /** Tiles computed from all leaves, by the definition in RFC 6962 and nothing cleverer. */
    private record Leaves(List<Hash> leaves) implements LogReader {

        static Leaves random(Random random, int count) {
            List<Hash> leaves = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] record = new byte[random.nextInt(40)];
                random.nextBytes(record);
                leaves.add(Hash.leaf(record));
            }
            return new Leaves(leaves);
        }

        Hash root(int low, int high) {
            if (high - low == 0) {
                return Hash.EMPTY;
            }
            if (high - low == 1) {
                return leaves.get(low);
            }
            int split = Integer.highestOneBit(high - low - 1);
            return Hash.node(root(low, low + split), root(low + split, high));
        }

        @Override
        public byte[] checkpoint() {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] tile(int level, long index, int width) {
            int below = 1 << 8 * level;
            byte[] tile = new byte[width * Hash.SIZE];
            for (int i = 0; i < width; i++) {
                int low = ((int) index * 256 + i) * below;
                System.arraycopy(root(low, low + below).bytes(), 0, tile, i * Hash.SIZE,
                        Hash.SIZE);
            }
            return tile;
        }

        @Override
        public byte[] entries(long index, int width) {
            throw new UnsupportedOperationException();
        }
    }

    private static final Random RANDOM = new Random(20261128);

    @RepeatedTest(40)
    void proofs_of_any_size_hold_and_one_changed_bit_breaks_them() throws IOException {
        int size = 1 + RANDOM.nextInt(RANDOM.nextBoolean() ? 20 : 1_500);
        Leaves leaves = Leaves.random(RANDOM, size);
        Tree tree = new Tree(leaves, size);
        Hash root = leaves.root(0, size);
        assertThat(tree.root()).isEqualTo(root);
        for (int i = 0; i < 10; i++) {
            int index = RANDOM.nextInt(size);
            InclusionProof proof = tree.inclusion(index);
            Hash leaf = leaves.leaves.get(index);
            assertThat(proof.holds(leaf, root)).as(index + " of " + size).isTrue();
            assertThat(proof.holds(flipped(leaf), root)).isFalse();
            assertThat(proof.holds(leaf, flipped(root))).isFalse();
            changed(proof.hashes()).forEach(other -> assertThat(
                    new InclusionProof(index, size, other).holds(leaf, root)).isFalse());
            int from = 1 + RANDOM.nextInt(size);
            ConsistencyProof consistency = tree.consistency(from);
            Hash older = leaves.root(0, from);
            assertThat(consistency.holds(older, root)).as(from + " to " + size).isTrue();
            assertThat(consistency.holds(flipped(older), root)).isFalse();
            changed(consistency.hashes()).forEach(other -> assertThat(
                    new ConsistencyProof(from, size, other).holds(older, root)).isFalse());
        }
    }

    /** One hash changed, one missing, one too many, for each place. */
    private static List<List<Hash>> changed(List<Hash> hashes) {
        List<List<Hash>> changed = new ArrayList<>();
        for (int i = 0; i <= hashes.size(); i++) {
            List<Hash> more = new ArrayList<>(hashes);
            more.add(i, Hash.EMPTY);
            changed.add(more);
            if (i < hashes.size()) {
                List<Hash> other = new ArrayList<>(hashes);
                other.set(i, flipped(other.get(i)));
                changed.add(other);
                List<Hash> less = new ArrayList<>(hashes);
                less.remove(i);
                changed.add(less);
            }
        }
        return changed;
    }

    private static Hash flipped(Hash hash) {
        byte[] bytes = hash.bytes();
        bytes[RANDOM.nextInt(bytes.length)] ^= (byte) (1 << RANDOM.nextInt(8));
        return Hash.of(bytes);
    }

    @Test
    void no_index_or_size_makes_a_verifier_throw_or_believe() {
        long[] odd = {Long.MIN_VALUE, -1, 0, 1, 2, 1L << 62, Long.MAX_VALUE};
        Hash[] many = new Hash[63];
        Arrays.fill(many, Hash.EMPTY);
        for (long one : odd) {
            for (long other : odd) {
                for (int count : new int[] {0, 1, 62, 63}) {
                    List<Hash> hashes = Arrays.asList(many).subList(0, count);
                    assertThat(new InclusionProof(one, other, hashes)
                            .holds(Hash.leaf(new byte[1]), Hash.EMPTY)).isFalse();
                    assertThat(new ConsistencyProof(one, other, hashes)
                            .holds(Hash.leaf(new byte[1]), Hash.EMPTY)).isFalse();
                }
            }
        }
    }

    @Test
    void what_is_not_in_the_tree_has_no_proof() {
        Tree tree = new Tree(Leaves.random(RANDOM, 5), 5);
        for (long index : new long[] {-1, 5, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> tree.inclusion(index))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (long from : new long[] {-1, 0, 6}) {
            assertThatThrownBy(() -> tree.consistency(from))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_tile_of_another_width_is_not_taken() {
        LogReader longer = new LogReader() {
            @Override
            public byte[] checkpoint() {
                return new byte[0];
            }

            @Override
            public byte[] tile(int level, long index, int width) {
                return new byte[(width + 1) * Hash.SIZE];
            }

            @Override
            public byte[] entries(long index, int width) {
                return new byte[0];
            }
        };
        assertThatThrownBy(() -> new Tree(longer, 3).root()).isInstanceOf(IOException.class);
    }
}
