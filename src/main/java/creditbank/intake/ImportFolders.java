package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.value.Rule;
import creditbank.files.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where imports lie on the disk: a folder for each, named by its id, with {@code job.json}, the
 * {@code upload} and the {@code rejected} rows. Only the user who runs the bank can read it (on
 * file systems that know permissions).
 */
final class ImportFolders {

    private static final String JOB = "job.json";
    private static final String UPLOAD = "upload";
    private static final String REJECTED = "rejected";

    private final Path folder;
    private final long mostBytes;

    /** @param mostBytes larger files are refused */
    ImportFolders(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        try {
            PrivateFiles.makeFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of imports " + folder
                    + " cannot be made; give the user who runs the bank the right to.", e);
        }
    }

    Path upload(String id) {
        return folder.resolve(id).resolve(UPLOAD);
    }

    Path rejected(String id) {
        return folder.resolve(id).resolve(REJECTED);
    }

    /** Of every import that has a folder. */
    List<String> ids() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .map(own -> String.valueOf(own.getFileName())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of imports cannot be read", e);
        }
    }

    // ------------------------------------------------------------------ uploads

    /**
     * Makes the folder of a new import.
     *
     * @throws FileAlreadyExistsException if an import of that id has one
     */
    void create(String id) throws IOException {
        PrivateFiles.createFolder(folder.resolve(id));
    }

    /**
     * Stores the upload of an import durably; answers the SHA-256 of what was stored.
     *
     * @throws Refused if it is too large
     */
    String store(String id, InputStream content) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel to = FileChannel.open(upload(id), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
                if (bytes > mostBytes) {
                    throw Rule.FILE_TOO_LARGE.brokenBy("> " + mostBytes);
                }
                digest.update(buffer, 0, read);
                ByteBuffer part = ByteBuffer.wrap(buffer, 0, read);
                while (part.hasRemaining()) {
                    to.write(part);
                }
            }
            to.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    // ------------------------------------------------------------------ descriptions

    /**
     * The description of an import; none if it has no folder or never became one.
     *
     * @throws IOException if what stands there is not its description
     */
    Optional<ImportJob> read(String id) throws IOException {
        Path json = description(id);
        try {
            return Files.exists(json)
                    ? Optional.of(ImportJob.read(id, Files.readAllBytes(json)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            // Forgotten just now.
            return Optional.empty();
        }
    }

    Instant described(String id) throws IOException {
        return Files.getLastModifiedTime(description(id)).toInstant();
    }

    Path description(String id) {
        return folder.resolve(id).resolve(JOB);
    }

    /**
     * Replaces the old description as a whole: a reader sees the one or the other.
     *
     * @throws Refused if it cannot be written
     */
    void save(ImportJob job) {
        Path json = description(job.id());
        try {
            PrivateFiles.write(json, job.write());
        } catch (IOException e) {
            throw new Refused(new Refusal.FileNotStored(json + ": " + e.getMessage()));
        }
    }

    // ------------------------------------------------------------------ deleting

    void deleteUpload(String id) {
        delete(upload(id));
    }

    /** With all that is in it. */
    void delete(String id) {
        Path own = folder.resolve(id);
        List<Path> inside = new ArrayList<>();
        if (Files.exists(own)) {
            try (Stream<Path> all = Files.list(own)) {
                all.forEach(inside::add);
            } catch (IOException e) {
                throw new UncheckedIOException(own + " cannot be deleted", e);
            }
            inside.add(own);
        }
        inside.forEach(ImportFolders::delete);
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " holds personal data and cannot be deleted;"
                    + " delete it by hand", e);
        }
    }
}
