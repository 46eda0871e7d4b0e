package creditbank;

import creditbank.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bank's files: {@code ledger.db} (the truth), {@code index.db}, {@code views.db} and the folder
 * {@code log} (can be made again), and apart from them the keys folder. Open to one process at a time.
 */
public final class DataFolder implements AutoCloseable {

    private final Path data;
    private final Path keys;
    private final FileChannel channel;

    private DataFolder(Path data, Path keys, FileChannel channel) {
        this.data = data;
        this.keys = keys;
        this.channel = channel;
    }

    /** Takes the folder for this process, making what is missing. */
    public static DataFolder take(Path data, Path keys) {
        try {
            PrivateFiles.makeFolder(data);
            PrivateFiles.makeFolder(keys);
            FileChannel channel = FileChannel.open(data.resolve("bank.lock"),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new IllegalStateException("The data folder " + data.toAbsolutePath()
                        + " is in use by another process of the bank. Stop that one first, use"
                        + " it over HTTP, or name another folder:"
                        + " --creditbank.data=FOLDER to serve, --data FOLDER with another"
                        + " command.");
            }
            DataFolder folder = new DataFolder(data, keys, channel);
            for (Path file : List.of(folder.ledger(), folder.index(), folder.views())) {
                makePrivate(file);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + data.toAbsolutePath()
                    + " cannot be used: " + e.getMessage()
                    + ". Give the user who runs the bank the right to write there.", e);
        }
    }

    /**
     * SQLite gives a file that is not there the permissions of the process; one that is there and
     * empty is as good to it, and what it lays beside the file has the permissions of the file.
     */
    static void makePrivate(Path file) throws IOException {
        if (!Files.exists(file)) {
            PrivateFiles.create(file, new byte[0]);
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

    /** Gives the folder back; the lock goes with the channel. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of " + data + " could not be given back", e);
        }
    }
}
