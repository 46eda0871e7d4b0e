package creditbank;

import creditbank.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bank's files: {@code ledger.db} (the truth), {@code index.db}, {@code views.db} and the
 * folder {@code log} (can be made again), and apart from them the keys folder. Both open to one
 * process at a time: two with one log's key could sign two histories.
 */
public final class DataFolder implements AutoCloseable {

    private final Path data;
    private final Path keys;
    private final List<FileChannel> locks;

    private DataFolder(Path data, Path keys, List<FileChannel> locks) {
        this.data = data;
        this.keys = keys;
        this.locks = locks;
    }

    /**
     * Takes both folders for this process, making what is missing.
     *
     * @throws IllegalStateException with what to do, if another process has one of them
     */
    public static DataFolder take(Path data, Path keys) {
        try {
            PrivateFiles.makeFolder(data);
            PrivateFiles.makeFolder(keys);
            FileChannel ofData = locked(data.resolve("bank.lock"), "The data folder "
                    + data.toAbsolutePath() + " is in use by another process of the bank. Stop"
                    + " that one first, use it over HTTP, or name another folder:"
                    + " --creditbank.data=FOLDER to serve, --data FOLDER with another"
                    + " command.");
            try {
                return taken(data, keys, ofData);
            } catch (IOException | RuntimeException e) {
                ofData.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + data.toAbsolutePath()
                    + " cannot be used: " + e.getMessage()
                    + ". Give the user who runs the bank the right to write there.", e);
        }
    }

    private static DataFolder taken(Path data, Path keys, FileChannel ofData) throws IOException {
        makePrivate(keys.resolve("keys.lock"));
        FileChannel ofKeys = locked(keys.resolve("keys.lock"), "Another bank serves with the keys"
                + " in " + keys.toAbsolutePath() + ". Two with one key could sign two histories."
                + " Stop that one first, or name this bank's own keys folder:"
                + " --creditbank.keys=FOLDER to serve, --keys FOLDER with another command.");
        try {
            DataFolder folder = new DataFolder(data, keys, List.of(ofKeys, ofData));
            for (Path file : List.of(folder.ledger(), folder.index(), folder.views())) {
                makePrivate(file);
            }
            return folder;
        } catch (IOException | RuntimeException e) {
            ofKeys.close();
            throw e;
        }
    }

    /**
     * SQLite gives a file that is not there the permissions of the process; one that is there and
     * empty is as good to it, and what it lays beside the file has the permissions of the file.
     */
    static void makePrivate(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                PrivateFiles.create(file, new byte[0]);
            } catch (FileAlreadyExistsException e) {
                // Another process has just made it; who takes it, the locks decide.
            }
        }
    }

    /** A private folder with nothing in it. */
    static Path emptied(Path folder) throws IOException {
        PrivateFiles.makeFolder(folder);
        try (Stream<Path> left = Files.list(folder)) {
            for (Path each : left.toList()) {
                Files.delete(each);
            }
        }
        return folder;
    }

    private static FileChannel locked(Path file, String otherwise) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new IllegalStateException(otherwise);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path data() {
        return data;
    }

    public Path keys() {
        return keys;
    }

    public Path ledger() {
        return data.resolve("ledger.db");
    }

    public Path index() {
        return data.resolve("index.db");
    }

    public Path views() {
        return data.resolve("views.db");
    }

    /** Gives both folders back; the locks go with their channels. */
    @Override
    public void close() {
        for (FileChannel lock : locks) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The lock of " + data + " or " + keys + " could not be given back", e);
            }
        }
    }
}
