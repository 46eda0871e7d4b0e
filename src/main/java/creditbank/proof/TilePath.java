package creditbank.proof;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tile lies below a log's address (C2SP tlog-tiles): {@code tile/0/x001/x234/067} or
 * {@code tile/entries/000.p/17}.
 *
 * @param level 0 to 7, or {@link #ENTRIES}
 * @param index from 0
 * @param width how many hashes or records, 1 to 256; below 256 it is a partial tile
 */
public record TilePath(int level, long index, int width) {

    /** In place of a level: records, not hashes. */
    public static final int ENTRIES = -1;

    /** Of a full tile. */
    public static final int WIDTH = 256;

    private static final int ROWS = 8;
    /** A size has 63 bits. */
    private static final int HIGHEST = 7;
    private static final long MOST = 1L << 55;
    private static final Pattern PATH = Pattern.compile(
            "tile/([0-9]|entries)/((?:x[0-9]{3}/){0,5})([0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public TilePath {
        if (level < ENTRIES || level > HIGHEST || index < 0 || index >= MOST
                || width < 1 || width > WIDTH) {
            throw new IllegalArgumentException(
                    "no tile: level " + level + ", index " + index + ", width " + width);
        }
    }

    /**
     * Reads the one form that {@link #text} writes.
     *
     * @throws IllegalArgumentException on any other, also of the same tile
     */
    public static TilePath parse(String text) {
        Matcher found = PATH.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("not the path of a tile: " + Text.shortened(text));
        }
        int level = found.group(1).equals("entries") ? ENTRIES : Integer.parseInt(found.group(1));
        long index = Long.parseLong(found.group(2).replaceAll("[x/]", "") + found.group(3));
        int width = found.group(4) == null ? WIDTH : Integer.parseInt(found.group(4));
        TilePath path = new TilePath(level, index, width);
        if (!path.text().equals(text)) {
            throw new IllegalArgumentException(
                    "written otherwise, this tile is " + path.text() + ": " + text);
        }
        return path;
    }

    /** Without a slash in front. */
    public String text() {
        StringBuilder text = new StringBuilder("%03d".formatted(index % 1_000));
        for (long rest = index / 1_000; rest > 0; rest /= 1_000) {
            text.insert(0, "x%03d/".formatted(rest % 1_000));
        }
        return "tile/" + (level == ENTRIES ? "entries" : level) + "/" + text
                + (isFull() ? "" : ".p/" + width);
    }

    public boolean isFull() {
        return width == WIDTH;
    }

    /** Whether all of it stands in a tree of that size; what lies below it is complete there. */
    public boolean isWithin(long size) {
        return index * WIDTH + width <= size >> shift(level);
    }

    /**
     * How wide the tile is in a tree of that size.
     *
     * @throws IllegalArgumentException if that tree has nothing of it
     */
    public static int width(int level, long index, long size) {
        long count = (size >> shift(level)) - index * WIDTH;
        if (count < 1) {
            throw new IllegalArgumentException("level " + level + ", index " + index
                    + " is not in a tree of " + size);
        }
        return (int) Math.min(WIDTH, count);
    }

    private static int shift(int level) {
        return ROWS * Math.max(level, 0);
    }
}
