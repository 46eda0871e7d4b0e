package creditbank.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a leaf stands in a tree at an index (RFC 9162, 2.1.3).
 *
 * @param index  of the leaf, from 0
 * @param size   of the tree, in leaves
 * @param hashes from the leaf's neighbour up; 63 at most
 */
public record InclusionProof(long index, long size, List<Hash> hashes) {

    public InclusionProof {
        hashes = List.copyOf(hashes);
    }

    /** Whether the leaf stands there in the tree of that root; no proof of any size throws. */
    public boolean holds(Hash leaf, Hash root) {
        Hash reached = root(leaf);
        return reached != null && reached.equals(root);
    }

    private @Nullable Hash root(Hash leaf) {
        if (index < 0 || index >= size) {
            return null;
        }
        long at = index;
        long last = size - 1;
        Hash root = leaf;
        for (Hash next : hashes) {
            if (last == 0) {
                return null;
            }
            if ((at & 1) == 1 || at == last) {
                root = Hash.node(next, root);
                // At the right edge a row's last hash has no neighbour and moves up as it is.
                int up = (at & 1) == 1 ? 0 : Long.numberOfTrailingZeros(at);
                at = shifted(at, up);
                last = shifted(last, up);
            } else {
                root = Hash.node(root, next);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 ? root : null;
    }

    /** A shift by 64 would be one by 0. */
    static long shifted(long value, int by) {
        return by > 62 ? 0 : value >> by;
    }
}
