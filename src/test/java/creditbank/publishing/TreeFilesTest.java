package creditbank.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.proof.Hash;
import creditbank.proof.LogReader;
import creditbank.proof.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TreeFilesTest {

    private static final Random RANDOM = new Random(20261129);

    @TempDir
    Path folder;

    private static byte[] records(int count) {
        byte[] records = new byte[count * Hash.SIZE];
        new Random(count).nextBytes(records);
        return records;
    }

    /** By the definition, of the records themselves. */
    private static Hash root(byte[] records, int low, int high) {
        if (high - low == 0) {
            return Hash.EMPTY;
        }
        if (high - low == 1) {
            return Hash.leaf(Arrays.copyOfRange(
                    records, low * Hash.SIZE, high * Hash.SIZE));
        }
        int split = Integer.highestOneBit(high - low - 1);
        return Hash.node(root(records, low, low + split), root(records, low + split, high));
    }

    private static Hash root(TreeFiles tree, long size) throws IOException {
        return new Tree(new LogReader() {
            @Override
            public byte[] checkpoint() {
                throw new UnsupportedOperationException();
            }

            @Override
            public byte[] tile(int level, long index, int width) throws IOException {
                return tree.tile(level, index, width);
            }

            @Override
            public byte[] entries(long index, int width) throws IOException {
                return tree.entries(index, width);
            }
        }, size).root();
    }

    private static void append(TreeFiles tree, byte[] records, int from, int to)
            throws IOException {
        tree.append(Arrays.copyOfRange(records, from * Hash.SIZE, to * Hash.SIZE));
    }

    @RepeatedTest(20)
    void however_the_records_come_the_tree_is_that_of_their_definition() throws IOException {
        int count = RANDOM.nextInt(RANDOM.nextBoolean() ? 600 : 3_000);
        byte[] records = records(count);
        try (TreeFiles tree = new TreeFiles(folder)) {
            assertThat(tree.cutTo(0)).isTrue();
            int at = 0;
            while (at < count) {
                int next = Math.min(count, at + RANDOM.nextInt(400));
                append(tree, records, at, next);
                at = next;
                if (RANDOM.nextInt(4) == 0) {
                    assertThat(root(tree, at)).isEqualTo(root(records, 0, at));
                }
            }
            assertThat(root(tree, count)).isEqualTo(root(records, 0, count));
        }
        assertThat(sizes()).startsWith("records " + count, "level-1 " + count / 256);
    }

    @Test
    void three_levels_stand_as_two_do() throws IOException {
        int count = 256 * 256 + 300;
        byte[] records = records(count);
        try (TreeFiles tree = new TreeFiles(folder)) {
            assertThat(tree.cutTo(0)).isTrue();
            append(tree, records, 0, count);
            assertThat(root(tree, count)).isEqualTo(root(records, 0, count));
            assertThat(tree.tile(2, 0, 1)).isEqualTo(root(records, 0, 65_536).bytes());
        }
        assertThat(sizes()).containsExactly("records " + count, "level-1 257", "level-2 1");
        try (TreeFiles tree = new TreeFiles(folder)) {
            assertThat(tree.cutTo(count)).isTrue();
            assertThat(root(tree, count)).isEqualTo(root(records, 0, count));
        }
    }

    private List<String> sizes() {
        return Stream.of("records", "level-1", "level-2", "level-3").map(folder::resolve)
                .filter(Files::exists).map(f -> {
                    try {
                        return f.getFileName() + " " + Files.size(f) / Hash.SIZE;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }).toList();
    }

    /** After a crash each file ends where it happens to end, at what was forced or behind it. */
    @RepeatedTest(20)
    void what_a_crash_left_behind_the_last_force_is_cut_off_and_added_again() throws IOException {
        int count = 1 + RANDOM.nextInt(2_000);
        int forced = RANDOM.nextInt(count + 1);
        byte[] records = records(count);
        try (TreeFiles tree = new TreeFiles(folder)) {
            assertThat(tree.cutTo(0)).isTrue();
            append(tree, records, 0, forced);
            tree.force();
            append(tree, records, forced, count);
        }
        cut("records", forced);
        cut("level-1", forced / 256);
        try (TreeFiles tree = new TreeFiles(folder)) {
            assertThat(tree.cutTo(forced)).isTrue();
            assertThat(root(tree, forced)).isEqualTo(root(records, 0, forced));
            append(tree, records, forced, count);
            assertThat(root(tree, count)).isEqualTo(root(records, 0, count));
        }
    }

    private void cut(String name, long atLeast) throws IOException {
        try (FileChannel file = FileChannel.open(
                folder.resolve(name), StandardOpenOption.WRITE)) {
            long least = atLeast * Hash.SIZE;
            file.truncate(least + RANDOM.nextLong(file.size() - least + 1));
        }
    }

    @Test
    void files_that_are_too_short_are_told_and_left_alone() throws IOException {
        try (TreeFiles tree = new TreeFiles(folder)) {
            assertThat(tree.cutTo(0)).isTrue();
            append(tree, records(300), 0, 300);
        }
        try (TreeFiles tree = new TreeFiles(folder)) {
            assertThat(tree.cutTo(301)).isFalse();
            assertThat(tree.cutTo(512)).isFalse();
        }
        assertThat(sizes()).containsExactly("records 300", "level-1 1");
        Files.delete(folder.resolve("level-1"));
        try (TreeFiles tree = new TreeFiles(folder)) {
            assertThat(tree.cutTo(300)).isFalse();
            assertThat(tree.cutTo(255)).isTrue();
        }
    }
}
