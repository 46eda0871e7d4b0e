package creditbank.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Files and folders for the user alone who runs the bank, on file systems that know permissions.
 *
 * <p>Trusted: once {@link #write} has returned, the file survives a loss of power; before, there is
 * the old file or the new one, never a part of one. Not trusted: two writers of the same file at
 * once.
 */
public final class PrivateFiles {

    /** What a crash may leave of a file that was not yet whole; the next writing replaces it. */
    private static final String UNFINISHED = ".new";

    private PrivateFiles() {
    }

    /** Puts a file in its place as a whole, over an older one if there is one. */
    public static void write(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        // Another one's permissions would outlive its content.
        Files.deleteIfExists(unfinished);
        try {
            try (FileChannel to = FileChannel.open(unfinished,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    permissions(file.getFileSystem(), "rw-------"))) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                // Whole on the disk before it carries its name.
                to.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        force(folderOf(file));
    }

    /** Makes a folder, and those above it, where they are missing. */
    public static void makeFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            makeFolder(folderOf(folder));
            Files.createDirectories(folder, permissions(folder.getFileSystem(), "rwx------"));
            force(folderOf(folder));
        }
    }

    private static Path folderOf(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(),
                () -> path + " lies in no folder");
    }

    /** The names in a folder are content of the folder, and forced to the disk with it. */
    private static void force(Path folder) throws IOException {
        // Elsewhere a folder cannot be opened, and its names are journalled by the file system.
        if (knowsPermissions(folder.getFileSystem())) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
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
