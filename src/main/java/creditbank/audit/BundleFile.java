package creditbank.audit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The zip of a bundle, of which nothing is trusted: it is never unpacked to the disk, holds no
 * names but those of a bundle, each once, and no more than a bundle holds, however small it is
 * packed.
 */
final class BundleFile implements AutoCloseable {

    static final String README = "README.txt";
    static final String ABOUT = "bundle.json";
    static final String KEY = "verifier-key";
    static final String CHECKPOINT = "checkpoint";
    static final String SINCE = "since-checkpoint";
    static final String CONSISTENCY = "consistency";
    static final String ENTRIES = "entries.ndjson";
    static final String RECORDS = "records.txt";
    static final String TABLE = "entries.csv";
    static final String SUMS = "SHA256SUMS";

    /** Those that are always there. */
    static final Set<String> ALWAYS =
            Set.of(README, ABOUT, KEY, CHECKPOINT, ENTRIES, RECORDS, TABLE, SUMS);

    private static final Pattern PROOF =
            Pattern.compile("proofs/(?:0|[1-9][0-9]{0,17})\\.tlog-proof");
    private static final int MOST_FILES = 10_100;
    private static final long MOST_PACKED = 512L << 20;
    private static final long MOST_BYTES = 512L << 20;
    private static final int MOST_OF_DIRECTORY = 4 << 20;
    /** What a text of a bundle is packed to is far more; a bomb is packed to a thousandth. */
    private static final int MOST_RATIO = 200;
    private static final long SMALL = 1 << 20;

    private static final int END_BYTES = 22;
    private static final int END_MARK = 0x06054b50;

    /** It is no bundle, or one that was made to do harm. */
    static final class NoBundle extends Exception {
        private static final long serialVersionUID = 1L;

        NoBundle(String why) {
            super(why);
        }
    }

    private final ZipFile zip;
    private final Map<String, ZipEntry> files = new HashMap<>();

    /** @throws NoBundle with what is wrong */
    BundleFile(Path path) throws NoBundle, IOException {
        checkEnd(path);
        try {
            this.zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            throw new NoBundle("it is not a zip that can be read: " + e.getMessage());
        }
        try {
            long bytes = 0;
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                checkName(entry.getName());
                if (files.put(entry.getName(), entry) != null) {
                    throw new NoBundle("it holds " + entry.getName() + " twice");
                }
                long size = entry.getSize();
                long packed = entry.getCompressedSize();
                bytes += Math.max(size, 0);
                if (size < 0 || packed < 0 || bytes > MOST_BYTES
                        || size > SMALL && size / MOST_RATIO > packed) {
                    throw new NoBundle("unpacked it would be too large: " + entry.getName());
                }
            }
        } catch (NoBundle | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** Before anything of it is held in memory. */
    private static void checkEnd(Path path) throws NoBundle, IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (Files.size(path) > MOST_PACKED || file.length() < END_BYTES) {
                throw new NoBundle("it has " + file.length() + " bytes");
            }
            byte[] end = new byte[END_BYTES];
            file.seek(file.length() - END_BYTES);
            file.readFully(end);
            ByteBuffer fields = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
            int count = Short.toUnsignedInt(fields.getShort(10));
            long directory = Integer.toUnsignedLong(fields.getInt(12));
            if (fields.getInt(0) != END_MARK) {
                throw new NoBundle("it is not a zip, or one with something behind its end");
            }
            if (count > MOST_FILES || directory > MOST_OF_DIRECTORY) {
                throw new NoBundle("it holds " + count + " files");
            }
        }
    }

    private static void checkName(String name) throws NoBundle {
        if (!ALWAYS.contains(name) && !name.equals(SINCE) && !name.equals(CONSISTENCY)
                && !PROOF.matcher(name).matches()) {
            throw new NoBundle("no bundle holds a file of the name "
                    + name.replaceAll("[^ -~]", "?"));
        }
    }

    static String proof(long position) {
        return "proofs/" + position + ".tlog-proof";
    }

    Set<String> names() {
        return Set.copyOf(files.keySet());
    }

    boolean holds(String name) {
        return files.containsKey(name);
    }

    /** @throws IOException also if it is missing or larger than so many bytes */
    byte[] bytes(String name, int most) throws IOException {
        try (InputStream in = open(name)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException(name + " has more than " + most + " bytes");
            }
            return bytes;
        }
    }

    String text(String name, int most) throws IOException {
        return new String(bytes(name, most), StandardCharsets.UTF_8);
    }

    /** Ends with an exception where there is more than the zip says. */
    InputStream open(String name) throws IOException {
        ZipEntry entry = files.get(name);
        if (entry == null) {
            throw new IOException("there is no " + name);
        }
        return new Bounded(zip.getInputStream(entry), name, entry.getSize());
    }

    private static final class Bounded extends FilterInputStream {
        private final String name;
        private long left;

        Bounded(InputStream in, String name, long size) {
            super(in);
            this.name = name;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int most) throws IOException {
            int read = super.read(into, at, most);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new IOException(name + " is larger than the zip says");
            }
            return read;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
