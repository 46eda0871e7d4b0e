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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a witness ({@code docs/formats/witness.md}): its key, a file for each log, and what
 * contradicts them. Beside the key stands which logs there are: a key without its memory would
 * cosign anything.
 *
 * <p>Trusted: what {@link #keep} has returned from survives a loss of power; one process at a
 * time; a file that is lost is noticed as long as the key and what lies beside it are not. Not
 * trusted: an older copy of the folder. Whoever puts one in place lets the witness cosign what it
 * would have refused.
 */
final class Memory implements AutoCloseable {

    private static final int MOST_KEY_BYTES = 4_096;
    /** Not ".log": what cleans up or makes backups passes over files of that name. */
    private static final String ENDING = ".watched";

    private final Path logs;
    private final Path contradictions;
    private final Path origins;
    private final SigningKey key;
    private final FileChannel lock;

    /**
     * Takes the folder, making it at first, and its key.
     *
     * @param name of the key, if it is made now
     * @throws IllegalStateException with what to do, if another process has the folder, or the key
     *                               is damaged, or gone from a witness that watches something
     */
    Memory(Path folder, Path keyFile, String name, SecureRandom random) throws IOException {
        this.logs = folder.resolve("watched");
        this.contradictions = folder.resolve("contradictions");
        this.origins = keyFile.resolveSibling(keyFile.getFileName() + ".origins");
        PrivateFiles.makeFolder(folder);
        this.lock = locked(folder.resolve("witness.lock"));
        try {
            if (!Files.exists(keyFile)) {
                make(keyFile, name, random);
            }
            this.key = read(keyFile);
            PrivateFiles.makeFolder(logs);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void make(Path keyFile, String name, SecureRandom random) throws IOException {
        boolean watching = Files.exists(origins);
        if (!files().isEmpty() || watching && !named().isEmpty()) {
            throw new IllegalStateException(keyFile + " is missing, but checkpoints were"
                    + " already cosigned with it. Put its backup back, or name the right"
                    + " one with --key-file. 见证密钥缺失，请恢复备份或用 --key-file 指定。");
        }
        PrivateFiles.makeFolder(parentOf(keyFile));
        if (!watching) {
            // Before the key: a key without this file is one whose memory is not known.
            PrivateFiles.create(origins, new byte[0]);
        }
        SigningKey made = SigningKey.generate(name, VerifierKey.Kind.COSIGNATURE, random);
        PrivateFiles.create(keyFile, (made.text() + "\n" + made.verifier().text() + "\n")
                .getBytes(StandardCharsets.UTF_8));
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
     * @throws IllegalStateException with what to do, if a file is not what was written, or one is
     *                               missing: a witness that forgets would cosign anything
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
        mustBeAllNamed(all);
        return all;
    }

    private void mustBeAllNamed(List<Watched> all) throws IOException {
        Set<String> there = new TreeSet<>();
        all.forEach(w -> there.add(w.origin()));
        Set<String> gone = named();
        boolean unnamed = !gone.containsAll(there);
        gone.removeAll(there);
        if (!gone.isEmpty()) {
            throw missing(gone);
        }
        if (unnamed) {
            // A crash came between the two, and nothing was cosigned yet.
            write(there);
        }
    }

    private IllegalStateException missing(Set<String> gone) {
        return new IllegalStateException("This witness watches " + String.join(", ", gone)
                + ", as " + origins + " says, but what it remembers of that is not in " + logs
                + ". Put the newest copy back, or name the right folder with --state; without it"
                + " the witness would believe anything. If there is none, begin with a new folder"
                + " and a new key. 见证记录缺失，请恢复最新备份或用 --state 指定；"
                + "若已无备份，请以新目录和新密钥重新开始。");
    }

    /** The origins that stand beside the key. */
    private Set<String> named() throws IOException {
        if (!Files.exists(origins)) {
            throw new IllegalStateException(origins + " is missing. It names the logs watched with"
                    + " the key beside it; without it nobody can say whether anything was"
                    + " forgotten. Put its backup back, or begin with a new folder and a new key."
                    + " 所见证日志的清单缺失，请恢复备份，或以新目录和新密钥重新开始。");
        }
        return new TreeSet<>(Files.readAllLines(origins));
    }

    private void write(Set<String> named) throws IOException {
        StringBuilder lines = new StringBuilder();
        named.forEach(origin -> lines.append(origin).append('\n'));
        PrivateFiles.write(origins, lines.toString().getBytes(StandardCharsets.UTF_8));
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

    /**
     * Keeps the first that is remembered of a log, and names it beside the key.
     *
     * @throws IllegalStateException if it is named there already: what was remembered of it is
     *                               elsewhere or lost
     */
    void begin(Watched watched) throws IOException {
        Set<String> named = named();
        if (!named.add(watched.origin())) {
            throw missing(Set.of(watched.origin()));
        }
        keep(watched);
        write(named);
    }

    /**
     * Keeps what a log has signed and this witness does not cosign. The same is kept once.
     *
     * @return where; {@code null} if there is enough of its kind of that log
     */
    @Nullable Path keep(Contradiction found) throws IOException {
        PrivateFiles.makeFolder(contradictions);
        String start = digits(found.log().name()) + "-" + found.kind().word() + "-";
        Path file = contradictions.resolve(start + digits(found.pair()) + ".contradiction");
        if (!Files.exists(file)) {
            if (keptOf(start) >= found.kind().most()) {
                return null;
            }
            PrivateFiles.create(file, found.bytes());
        }
        return file;
    }

    private long keptOf(String start) throws IOException {
        try (Stream<Path> all = Files.list(contradictions)) {
            return all.filter(f -> f.getFileName().toString().startsWith(start)).count();
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
