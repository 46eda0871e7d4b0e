package creditbank.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PrivateFilesTest {

    private static final int SIZE = 1 << 20;
    private static final int KILLS = 6;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("file");
    }

    @Test
    void a_file_is_replaced_and_nothing_lies_beside_it() throws IOException {
        PrivateFiles.write(file, bytes("old and longer"));
        PrivateFiles.write(file, bytes("new"));
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
    }

    @Test
    void only_the_user_of_the_bank_can_read_what_is_written() throws IOException {
        knowsPermissions();
        Files.writeString(file, "anybody's");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path left = Files.writeString(folder.resolve("file.new"), "half of an older");
        Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rw-rw-rw-"));
        PrivateFiles.write(file, bytes("new"));
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("new");
        assertThat(left).doesNotExist();
    }

    @Test
    void folders_are_made_for_the_user_of_the_bank_alone_and_old_ones_left_as_they_are()
            throws IOException {
        knowsPermissions();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path made = folder.resolve("one/two");
        PrivateFiles.makeFolder(made);
        PrivateFiles.makeFolder(made);
        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("one"))).isEqualTo("rwx------");
        assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void what_cannot_be_written_leaves_the_old_file() throws IOException {
        PrivateFiles.write(file, bytes("old"));
        Files.createDirectories(folder.resolve("file.new/in the way"));
        assertThatThrownBy(() -> PrivateFiles.write(file, bytes("new")))
                .isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");
    }

    @Test
    void what_cannot_take_its_place_leaves_nothing_beside_it() throws IOException {
        Files.createDirectories(file.resolve("in the way"));
        assertThatThrownBy(() -> PrivateFiles.write(file, bytes("new")))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("file.new")).doesNotExist();
    }

    @Test
    void a_file_is_made_where_there_is_none_and_never_replaced() throws IOException {
        PrivateFiles.create(file, bytes("first"));
        assertThatThrownBy(() -> PrivateFiles.create(file, bytes("second")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("first");
        assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(permissions(file)).isEqualTo("rw-------");
        }
    }

    @Test
    void of_many_who_make_a_file_at_once_one_does_and_its_content_stays() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path contested = folder.resolve("contested-" + round);
            AtomicReference<@Nullable String> winner = new AtomicReference<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    String mine = "of " + i;
                    all.add(threads.submit(() -> {
                        try {
                            PrivateFiles.create(contested, bytes(mine));
                            assertThat(winner.compareAndSet(null, mine)).isTrue();
                        } catch (FileAlreadyExistsException e) {
                            assertThat(contested).exists();
                        }
                        return mine;
                    }));
                }
                for (Future<?> each : all) {
                    each.get();
                }
            }
            assertThat(contested).hasContent(Objects.requireNonNull(winner.get()));
        }
    }

    /** An archive knows neither links nor permissions, and none of its folders can be forced. */
    @Test
    void where_there_are_no_links_and_no_permissions_files_are_written_all_the_same()
            throws IOException {
        Map<String, String> isNew = Map.of("create", "true");
        try (FileSystem plain =
                FileSystems.newFileSystem(folder.resolve("plain.zip"), isNew)) {
            Path inside = plain.getPath("/keys/file");
            PrivateFiles.makeFolder(plain.getPath("/keys"));
            PrivateFiles.create(inside, bytes("first"));
            assertThatThrownBy(() -> PrivateFiles.create(inside, bytes("second")))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(Files.readString(inside)).isEqualTo("first");
            PrivateFiles.write(inside, bytes("third"));
            assertThat(Files.readString(inside)).isEqualTo("third");
            try (Stream<Path> left = Files.list(plain.getPath("/keys"))) {
                assertThat(left).hasSize(1);
            }
        }
    }

    @Test
    void a_folder_that_cannot_be_forced_to_the_disk_is_refused_before_anything_changes()
            throws IOException {
        knowsPermissions();
        PrivateFiles.write(file, bytes("old"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("-wx------"));
        try {
            assumeFalse(Files.isReadable(folder), "This user may read everything.");
            assertThatThrownBy(() -> PrivateFiles.write(file, bytes("new")))
                    .isInstanceOf(AccessDeniedException.class);
            assertThat(Files.readString(file)).isEqualTo("old");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void a_new_folder_is_refused_where_one_is_there() throws IOException {
        Path made = folder.resolve("made");
        PrivateFiles.createFolder(made);
        assertThatThrownBy(() -> PrivateFiles.createFolder(made))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> PrivateFiles.createFolder(folder.resolve("one/two")))
                .isInstanceOf(NoSuchFileException.class);
        knowsPermissions();
        assertThat(permissions(made)).isEqualTo("rwx------");
    }

    @Test
    void who_reads_while_it_is_written_sees_the_old_or_the_new() throws Exception {
        PrivateFiles.write(file, whole('a'));
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread reader = Thread.ofPlatform()
                .uncaughtExceptionHandler((_, e) -> failure.set(e)).start(() -> {
                    while (writing.get()) {
                        assertWhole();
                    }
                });
        for (int i = 0; i < 50; i++) {
            PrivateFiles.write(file, whole((char) ('b' + i % 20)));
        }
        writing.set(false);
        reader.join();
        assertThat(failure).hasNullValue();
    }

    @Test
    void a_process_that_is_killed_while_it_writes_leaves_the_old_or_the_new() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < KILLS; round++) {
            writeAndKill(1 + random.nextInt(20), random.nextInt(3_000_000));
            assertWhole();
        }
        PrivateFiles.write(file, bytes("after"));
        assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
    }

    /** Writes without end, and says so each time. */
    static final class Writing {
        private Writing() {
        }

        public static void main(String[] arguments) throws IOException {
            for (int i = 0;; i++) {
                PrivateFiles.write(Path.of(arguments[0]), whole((char) ('a' + i % 26)));
                System.out.println(i);
            }
        }
    }

    private void writeAndKill(int after, int nanos) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Writing.class.getName(),
                file.toString()).redirectErrorStream(true).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < after; i++) {
                assertThat(lines.readLine()).isEqualTo(String.valueOf(i));
            }
            long until = System.nanoTime() + nanos;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void assertWhole() {
        try {
            byte[] found = Files.readAllBytes(file);
            assertThat(found).hasSize(SIZE).isEqualTo(whole((char) found[0]));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] whole(char of) {
        byte[] content = new byte[SIZE];
        Arrays.fill(content, (byte) of);
        return content;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private void knowsPermissions() {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "This file system knows no permissions.");
    }
}
