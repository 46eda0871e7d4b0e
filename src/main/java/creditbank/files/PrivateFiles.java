package creditbank.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files and folders for the user alone who runs the bank, on file systems that know permissions.
 *
 * <p>Trusted: once a method has returned, what it wrote survives a loss of power; before, there is
 * the old file or the new one, never a part of one. So the folder is forced to the disk with the
 * file, and one that may not be read, which cannot be forced, is refused before anything in it
 * changes. Where no folder can be opened at all (Windows), names are left to the journal of the
 * file system. Not trusted: two writers of the same file at once, but for {@link #create}.
 */
public final class PrivateFiles {

    /** What a crash may leave of a file that was not yet whole. */
    private static final String UNFINISHED = ".new";

    private PrivateFiles() {
    }

    /** Puts a file in its place as a whole, over an older one if there is one. */
    public static void write(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileChannel names = names(folderOf(file))) {
            // Another one's permissions would outlive its content.
            Files.deleteIfExists(unfinished);
            try {
                fill(unfinished, content);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            force(names);
        }
    }

    /**
     * Puts a file in its place as a whole, where there is none. On file systems without links (such
     * as FAT) a loss of power at that moment can leave a part of it.
     *
     * @throws FileAlreadyExistsException if there is one, also if another process has put it there
     *                                    just now; it stays as it is
     */
    public static void create(Path file, byte[] content) throws IOException {
        Path folder = folderOf(file);
        try (FileChannel names = names(folder)) {
            // Several may try at once, each with a file of its own; one of them gets the name.
            Path unfinished = folder.resolve(file.getFileName() + "." + UUID.randomUUID()
                    + UNFINISHED);
            try {
                fill(unfinished, content);
                link(file, unfinished, content);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            force(names);
        }
    }

    /** A move would replace what is there; a link never does. */
    private static void link(Path file, Path unfinished, byte[] content) throws IOException {
        try {
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            try {
                fill(file, content);
            } catch (IOException other) {
                other.addSuppressed(e);
                throw other;
            }
        }
    }

    private static void fill(Path file, byte[] content) throws IOException {
        try (FileChannel to = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                permissions(file.getFileSystem(), "rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            // Whole on the disk before it carries its name.
            to.force(true);
        }
    }

    /** Makes a folder, and those above it, where they are missing. */
    public static void makeFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            makeFolder(folderOf(folder));
            try (FileChannel names = names(folderOf(folder))) {
                Files.createDirectories(folder, permissions(folder.getFileSystem(), "rwx------"));
                force(names);
            }
        }
    }

    /**
     * Makes a folder in one that is there.
     *
     * @throws FileAlreadyExistsException if there is one of that name
     */
    public static void createFolder(Path folder) throws IOException {
        try (FileChannel names = names(folderOf(folder))) {
            Files.createDirectory(folder, permissions(folder.getFileSystem(), "rwx------"));
            force(names);
        }
    }

    private static Path folderOf(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(),
                () -> path + " lies in no folder");
    }

    /** The names in a folder are content of the folder, and forced to the disk with it. */
    private static @Nullable FileChannel names(Path folder) throws IOException {
        return knowsPermissions(folder.getFileSystem())
                ? FileChannel.open(folder, StandardOpenOption.READ) : null;
    }

    private static void force(@Nullable FileChannel names) throws IOException {
        if (names != null) {
            names.force(true);
        }
    }

    private static FileAttribute<?>[] permissions(FileSystem files, String permissions) {
        return knowsPermissions(files)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsPermissions(FileSystem files) {
        return files.supportedFileAttributeViews().contains("posix");
    }
}
