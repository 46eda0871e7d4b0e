package creditbank.audit;

import creditbank.proof.Hash;
import creditbank.proof.LogReader;
import creditbank.proof.Note;
import creditbank.proof.TilePath;
import creditbank.proof.VerifierKey;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a log ({@code docs/formats/log.md}), read without the bank, which may go on writing
 * meanwhile: what a checkpoint was signed over never changes. Nothing that comes out of it is
 * trusted.
 */
public final class LogFolder implements LogReader {

    private static final int MOST_KEY_BYTES = 4_096;

    private final Path folder;
    private final byte[] checkpoint;

    /**
     * Takes the checkpoint; what is asked for later is of it.
     *
     * @throws java.nio.file.NoSuchFileException if nothing was published
     */
    public LogFolder(Path data) throws IOException {
        this.folder = folder(data);
        this.checkpoint = note(folder.resolve("checkpoint"));
    }

    static Path folder(Path data) {
        return data.resolve("log");
    }

    /** The file in which the hashes of a level stand; those of level 0 are the records. */
    static Path file(Path folder, int level) {
        return folder.resolve(level == 0 ? "records" : "level-" + level);
    }

    /** A note, if it is not larger than one is. */
    static byte[] note(Path file) throws IOException {
        if (Files.size(file) > Note.MOST_BYTES) {
            throw new IOException(file + " is too large for a note.");
        }
        return Files.readAllBytes(file);
    }

    /**
     * The verifier key beside the signing key, which is not looked at.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static VerifierKey verifierKey(Path keys) throws IOException {
        Path file = keys.resolve("log.key");
        if (Files.size(file) > MOST_KEY_BYTES) {
            throw new IllegalArgumentException(file + " is no key: it is too large.");
        }
        List<String> lines = Files.readAllLines(file);
        return VerifierKey.parse(lines.isEmpty() ? "" : lines.getLast());
    }

    @Override
    public byte[] checkpoint() {
        return checkpoint.clone();
    }

    @Override
    public byte[] tile(int level, long index, int width) throws IOException {
        byte[] hashes = read(level, index * TilePath.WIDTH, width);
        return level == 0 ? Hash.leaves(hashes) : hashes;
    }

    @Override
    public byte[] entries(long index, int width) throws IOException {
        byte[] records = read(0, index * TilePath.WIDTH, width);
        ByteBuffer all = ByteBuffer.allocate(width * (Short.BYTES + Hash.SIZE));
        for (int from = 0; from < records.length; from += Hash.SIZE) {
            all.putShort((short) Hash.SIZE).put(records, from, Hash.SIZE);
        }
        return all.array();
    }

    private byte[] read(int level, long first, int count) throws IOException {
        Path file = file(folder, level);
        ByteBuffer bytes = ByteBuffer.allocate(count * Hash.SIZE);
        try (FileChannel from = FileChannel.open(file)) {
            while (bytes.hasRemaining()) {
                if (from.read(bytes, first * Hash.SIZE + bytes.position()) < 0) {
                    throw new EOFException(file + " ends before hash " + (first + count));
                }
            }
        }
        return bytes.array();
    }
}
