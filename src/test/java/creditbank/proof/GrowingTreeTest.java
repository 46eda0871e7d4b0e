package creditbank.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GrowingTreeTest {

    @Test
    void its_root_is_that_of_the_definition_at_every_size() {
        GrowingTree tree = new GrowingTree();
        List<Hash> leaves = new ArrayList<>();
        for (int size = 0; size < 700; size++) {
            assertThat(tree.size()).isEqualTo(size);
            assertThat(tree.root()).as("size " + size).isEqualTo(root(leaves));
            Hash leaf = Hash.leaf(new byte[] {(byte) size, (byte) (size >> 8)});
            leaves.add(leaf);
            tree.add(leaf);
        }
    }

    /** RFC 6962, 2.1. */
    private static Hash root(List<Hash> leaves) {
        if (leaves.size() < 2) {
            return leaves.isEmpty() ? Hash.EMPTY : leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return Hash.node(root(leaves.subList(0, split)),
                root(leaves.subList(split, leaves.size())));
    }
}
