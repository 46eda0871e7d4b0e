package creditbank.proof;

import java.util.ArrayList;
import java.util.List;

/** The root over leaves that come one after the other; needs the memory of a hash for each row. */
public final class GrowingTree {

    /** The roots of complete subtrees by their row; what the size has no bit of is out of date. */
    private final List<Hash> complete = new ArrayList<>();
    private long size;

    public long size() {
        return size;
    }

    public void add(Hash leaf) {
        Hash up = leaf;
        int row = 0;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            up = Hash.node(complete.get(row++), up);
        }
        if (row == complete.size()) {
            complete.add(up);
        } else {
            complete.set(row, up);
        }
        size++;
    }

    public Hash root() {
        if (size == 0) {
            return Hash.EMPTY;
        }
        int row = Long.numberOfTrailingZeros(size);
        Hash root = complete.get(row);
        for (long rest = size >> ++row; rest > 0; rest >>= 1, row++) {
            if ((rest & 1) == 1) {
                root = Hash.node(complete.get(row), root);
            }
        }
        return root;
    }
}
