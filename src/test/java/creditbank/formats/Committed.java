package creditbank.formats;

import creditbank.api.Recorded;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What is committed beside the tests, and the pages that speak of it. */
public final class Committed {

    /**
     * One entry.
     *
     * @param file the event's name, and behind a tilde what is particular about this one
     */
    public record Example(String file, String line) {

        String type() {
            return file.replaceFirst("~.*", "");
        }

        byte[] bytes() {
            return line.getBytes(StandardCharsets.UTF_8);
        }

        /** As if it stood at a position; its stream and sequence are read from the bytes. */
        public Recorded at(long position) {
            return EntryFormat.read(new Entry(position, "", 0, bytes()));
        }

        @Override
        public String toString() {
            return file;
        }
    }

    private Committed() {
    }

    /** The examples of entries, in the order of their time: together they are one history. */
    public static List<Example> entries() {
        try (Stream<Path> files = Files.list(resource("events"))) {
            return files
                    .map(f -> new Example(f.getFileName().toString().replace(".json", ""),
                            read(f).stripTrailing()))
                    .sorted(Comparator.comparing((Example e) -> e.at(0).recordedAt())
                            .thenComparing(e -> e.at(0).sequence()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A committed file under {@code formats/}. */
    public static String text(String name) {
        return read(resource(name));
    }

    public static List<String> lines(String name) {
        return text(name).lines().toList();
    }

    /** A page under {@code docs/formats/}. */
    public static String page(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path page = at.resolve("docs/formats").resolve(name);
            if (Files.exists(page)) {
                return read(page);
            }
        }
        throw new AssertionError("docs/formats/" + name + " is missing");
    }

    private static Path resource(String name) {
        return Path.of(Objects.requireNonNull(
                Committed.class.getResource("/formats/" + name), name).getPath());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
