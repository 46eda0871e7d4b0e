package creditbank.publishing;

import creditbank.files.PrivateFiles;
import creditbank.proof.Hash;
import creditbank.proof.TilePath;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The tree on the disk ({@code docs/formats/log.md}): records one behind the other, and for each
 * level above the hashes of the full tiles below. A tile is a slice of such a file. One thread
 * writes; any number read what stands.
 *
 * <p>Trusted: what was forced stands, and stands in front of everything that was added since. Not
 * trusted: the end of a file after a crash ({@link #cutTo}), or anything in it that somebody has
 * edited; the tree can be made again from the ledger.
 */
public final class TreeFiles implements AutoCloseable {

    private static final int LEVELS = 8;
    private static final int WIDTH = TilePath.WIDTH;
    private static final int SIZE = Hash.SIZE;

    /** One file, and what of it belongs to a tile that is not full yet. */
    private final class Level {
        private final Path file;
        private final FileChannel channel;
        private final int level;
        private final byte[] edge = new byte[WIDTH * SIZE];
        private int width;
        private final ByteArrayOutputStream added = new ByteArrayOutputStream();

        Level(int level) throws IOException {
            this.level = level;
            this.file = folder.resolve(level == 0 ? "records" : "level-" + level);
            if (!Files.exists(file)) {
                PrivateFiles.create(file, new byte[0]);
            }
            this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        }

        /** How many hashes it holds of a tree of that size. */
        long count(long size) {
            return size >> 8 * level;
        }

        boolean holds(long size) throws IOException {
            return channel.size() >= count(size) * SIZE;
        }

        void cutTo(long size) throws IOException {
            long count = count(size);
            channel.truncate(count * SIZE);
            channel.position(count * SIZE);
            added.reset();
            width = (int) (count % WIDTH);
            byte[] last = read(count - width, width);
            System.arraycopy(level == 0 ? Hash.leaves(last) : last, 0, edge, 0, last.length);
        }

        /** Takes a hash; if a tile is full with it, the level above takes the tile's. */
        void add(byte[] hashes, int from) throws IOException {
            System.arraycopy(hashes, from, edge, width * SIZE, SIZE);
            if (++width == WIDTH) {
                byte[] root = Hash.root(edge, 0, WIDTH).bytes();
                width = 0;
                Level above = level(level + 1);
                above.added.write(root);
                above.add(root, 0);
            }
        }

        void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        /** From a channel of its own: a reader that is interrupted closes what it reads from. */
        byte[] read(long first, int count) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(count * SIZE);
            try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
                while (bytes.hasRemaining()) {
                    if (from.read(bytes, first * SIZE + bytes.position()) < 0) {
                        throw new EOFException(file + " ends before hash " + (first + count));
                    }
                }
            }
            return bytes.array();
        }
    }

    private final Path folder;
    private final List<Level> levels = new CopyOnWriteArrayList<>();
    private volatile long size;

    /** Opens the files in a folder, making what is missing; {@link #cutTo} has to come next. */
    public TreeFiles(Path folder) throws IOException {
        this.folder = folder;
        PrivateFiles.makeFolder(folder);
        try {
            for (int level = 0; level < LEVELS && (level < 2 || Files.exists(
                    folder.resolve("level-" + level))); level++) {
                levels.add(new Level(level));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Level level(int level) throws IOException {
        while (levels.size() <= level) {
            levels.add(new Level(levels.size()));
        }
        return levels.get(level);
    }

    /**
     * Leaves the first {@code wanted} records and nothing behind them. Answers false, and has
     * changed nothing, where the files hold less.
     */
    public boolean cutTo(long wanted) throws IOException {
        for (int level = 0; level < LEVELS && wanted >> 8 * level > 0; level++) {
            if (!level(level).holds(wanted)) {
                return false;
            }
        }
        for (Level each : levels) {
            each.cutTo(wanted);
        }
        size = wanted;
        return true;
    }

    /** How many records were added. */
    public long size() {
        return size;
    }

    /** Adds records of 32 bytes each, one behind the other; they stand once {@link #force}d. */
    public void append(byte[] records) throws IOException {
        byte[] leaves = Hash.leaves(records);
        Level lowest = level(0);
        for (int from = 0; from < leaves.length; from += SIZE) {
            lowest.add(leaves, from);
        }
        lowest.write(ByteBuffer.wrap(records));
        for (Level each : levels) {
            each.write(ByteBuffer.wrap(each.added.toByteArray()));
            each.added.reset();
        }
        size += records.length / SIZE;
    }

    /** Returns when all that was added survives a loss of power. */
    public void force() throws IOException {
        for (Level each : levels) {
            each.channel.force(false);
        }
    }

    /** Leaves are hashed when asked for: a tile of them takes less time than a page of the disk. */
    public byte[] tile(int level, long index, int width) throws IOException {
        byte[] hashes = level < levels.size()
                ? levels.get(level).read(index * WIDTH, width) : new byte[0];
        return level == 0 ? Hash.leaves(hashes) : hashes;
    }

    /** The records themselves, 32 bytes each. */
    public byte[] records(long first, int count) throws IOException {
        return levels.getFirst().read(first, count);
    }

    public byte[] entries(long index, int width) throws IOException {
        byte[] records = records(index * WIDTH, width);
        ByteBuffer bundle = ByteBuffer.allocate(width * (Short.BYTES + SIZE));
        for (int from = 0; from < records.length; from += SIZE) {
            bundle.putShort((short) SIZE).put(records, from, SIZE);
        }
        return bundle.array();
    }

    @Override
    public void close() throws IOException {
        for (Level each : levels) {
            each.channel.close();
        }
    }
}
