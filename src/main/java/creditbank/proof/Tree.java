package creditbank.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree of a log's first {@code size} records, read from its tiles as far as a question needs
 * them. For one question or a few: it keeps every tile it has read. What it makes is only as good
 * as the tiles; who is given a root or a proof holds it against a checkpoint.
 */
public final class Tree {

    private static final int ROWS = 8;
    private static final int WIDTH = TilePath.WIDTH;

    private record Place(int level, long index) {
    }

    private final LogReader log;
    private final long size;
    private final Map<Place, byte[]> tiles = new HashMap<>();

    /** @param size how many records; 0 or more */
    public Tree(LogReader log, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree of " + size);
        }
        this.log = log;
        this.size = size;
    }

    public long size() {
        return size;
    }

    public Hash root() throws IOException {
        return size == 0 ? Hash.EMPTY : root(0, size);
    }

    /** @throws IllegalArgumentException if the tree has no such leaf */
    public Hash leaf(long index) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(index + " of " + size);
        }
        return node(0, index);
    }

    /** @throws IllegalArgumentException if the tree has no such leaf */
    public InclusionProof inclusion(long index) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(index + " of " + size);
        }
        List<Hash> hashes = new ArrayList<>();
        long low = 0;
        long high = size;
        while (high - low > 1) {
            long middle = low + split(high - low);
            if (index < middle) {
                hashes.addFirst(root(middle, high));
                high = middle;
            } else {
                hashes.addFirst(root(low, middle));
                low = middle;
            }
        }
        return new InclusionProof(index, size, hashes);
    }

    /**
     * That this tree begins with its first {@code from} records.
     *
     * @throws IllegalArgumentException if {@code from} is not between 1 and the size
     */
    public ConsistencyProof consistency(long from) throws IOException {
        if (from < 1 || from > size) {
            throw new IllegalArgumentException("from " + from + " to " + size);
        }
        List<Hash> hashes = new ArrayList<>();
        long low = 0;
        long high = size;
        while (high != from) {
            long middle = low + split(high - low);
            if (from <= middle) {
                hashes.addFirst(root(middle, high));
                high = middle;
            } else {
                hashes.addFirst(root(low, middle));
                low = middle;
            }
        }
        if (low > 0) {
            hashes.addFirst(root(low, high));
        }
        return new ConsistencyProof(from, size, hashes);
    }

    private Hash root(long low, long high) throws IOException {
        long count = high - low;
        if (Long.bitCount(count) == 1) {
            int row = Long.numberOfTrailingZeros(count);
            return node(row, low >> row);
        }
        long middle = low + split(count);
        return Hash.node(root(low, middle), root(middle, high));
    }

    /** The largest power of two below. */
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }

    /** The root of a complete subtree of 2^row leaves. */
    private Hash node(int row, long index) throws IOException {
        int level = row / ROWS;
        int count = 1 << row % ROWS;
        long first = index * count;
        byte[] tile = tile(new Place(level, first / WIDTH));
        return Hash.root(tile, (int) (first % WIDTH) * Hash.SIZE, count);
    }

    private byte[] tile(Place place) throws IOException {
        byte[] known = tiles.get(place);
        if (known != null) {
            return known;
        }
        int width = TilePath.width(place.level, place.index, size);
        byte[] read = log.tile(place.level, place.index, width);
        if (read.length != width * Hash.SIZE) {
            throw new IOException("A tile of " + read.length + " bytes where "
                    + width * Hash.SIZE + " were asked for: level " + place.level + ", index "
                    + place.index);
        }
        tiles.put(place, read);
        return read;
    }
}
