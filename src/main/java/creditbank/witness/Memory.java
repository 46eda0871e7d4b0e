package creditbank.witness;

import creditbank.files.PrivateFiles;
import creditbank.proof.Hash;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.SigningKey;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a witness ({@code docs/formats/witness.md}): its key, a file for each log, evidence.
 *
 * <p>Trusted: what {@link #keep} has returned from survives a loss of power; one process at a
 * time. Not trusted: an older copy of the folder. Whoever puts one in place lets the witness cosign
 * what it would have refused.
 */
final class Memory implements AutoCloseable {

    private static final int MOST_KEY_BYTES = 4_096;
    /** A log at odds with itself could else fill the disk. */
    private static final int MOST_EVIDENCE = 200;
    private static final String ENDING = ".log";

    private final Path logs;
    private final Path evidence;
    private final SigningKey key;
    private final FileChannel lock;

    /**
     * Takes the folder, making it at first, and its key.
     *
     * @param name of the key, if it is made now
     * @throws IllegalStateException with what to do, if another process has the folder, or the key
     *                               is damaged, or gone from a witness that has cosigned something
     */
    Memory(Path folder, Path keyFile, String name, SecureRandom random) throws IOException {
        this.logs = folder.resolve("logs");
        this.evidence = folder.resolve("evidence");
        PrivateFiles.makeFolder(folder);
        this.lock = locked(folder.resolve("witness.lock"));
        try {
            if (!Files.exists(keyFile)) {
                if (!files().isEmpty()) {
                    throw new IllegalStateException(keyFile + " is missing, but checkpoints were"
                            + " already cosigned with it. Put its backup back, or name the right"
                            + " one with --key-file. 见证密钥缺失，请恢复备份或用 --key-file 指定。");
                }
                SigningKey made = SigningKey.generate(name, VerifierKey.Kind.COSIGNATURE, random);
                PrivateFiles.makeFolder(parentOf(keyFile));
                PrivateFiles.create(keyFile, (made.text() + "\n" + made.verifier().text() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
            this.key = read(keyFile);
            PrivateFiles.makeFolder(logs);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Path parentOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another witness in this process: the same as in another.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IllegalStateException(parentOf(file) + " is in use by another witness. Two with"
                + " one memory could cosign two histories; name another folder with --state."
                + " 该目录正被另一个见证进程使用。");
    }

    private static SigningKey read(Path file) throws IOException {
        if (Files.size(file) > MOST_KEY_BYTES) {
            throw new IllegalStateException(file + " is no key: it is too large. 密钥文件无效。");
        }
        List<String> lines = Files.readAllLines(file);
        try {
            SigningKey key = SigningKey.parse(lines.isEmpty() ? "" : lines.getFirst());
            if (key.verifier().kind() != VerifierKey.Kind.COSIGNATURE) {
                throw new IllegalArgumentException("it is a key of a log, not of a witness");
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " is not the key of a witness ("
                    + e.getMessage() + "). 不是见证密钥。", e);
        }
    }

    SigningKey key() {
        return key;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(logs)) {
            return all.filter(f -> f.getFileName().toString().endsWith(ENDING)).sorted().toList();
        }
    }

    /**
     * All logs that are watched.
     *
     * @throws IllegalStateException with what to do, if a file is not what was written: a witness
     *                               that forgets would cosign anything
     */
    List<Watched> watched() throws IOException {
        List<Watched> all = new ArrayList<>();
        for (Path file : files()) {
            try {
                Watched watched = Watched.parse(Files.readAllBytes(file), key.verifier());
                if (!file.equals(fileOf(watched.origin()))) {
                    throw new IllegalArgumentException("it has the name of another log's file");
                }
                all.add(watched);
            } catch (IllegalArgumentException | NotVerified e) {
                throw new IllegalStateException(file + " is not what this witness remembered ("
                        + e.getMessage() + "). Put the newest copy of it back; without it the"
                        + " witness would believe anything. 见证记录已损坏，请恢复最新备份。", e);
            }
        }
        return all;
    }

    /** Origins hold slashes, and may differ in case alone. */
    private Path fileOf(String origin) {
        return logs.resolve(digits(origin) + ENDING);
    }

    private static String digits(String text) {
        byte[] hash = Hash.sha(text.getBytes(StandardCharsets.UTF_8)).bytes();
        return HexFormat.of().formatHex(hash, 0, 8);
    }

    /** Returns once it is on the disk. */
    void keep(Watched watched) throws IOException {
        PrivateFiles.write(fileOf(watched.origin()), watched.bytes());
    }

    /** Keeps notes that contradict each other; answers where. The same ones are kept once. */
    List<Path> keepEvidence(@Nullable Note known, Note shown) throws IOException {
        PrivateFiles.makeFolder(evidence);
        List<Path> kept = new ArrayList<>();
        for (Note note : known == null ? List.of(shown) : List.of(known, shown)) {
            Path file = evidence.resolve(digits(note.text()) + ".checkpoint");
            if (!Files.exists(file)) {
                if (countOfEvidence() >= MOST_EVIDENCE) {
                    continue;
                }
                PrivateFiles.create(file, note.bytes());
            }
            kept.add(file);
        }
        return kept;
    }

    private long countOfEvidence() throws IOException {
        try (Stream<Path> all = Files.list(evidence)) {
            return all.count();
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
