package creditbank.rulebook;

import creditbank.api.rulebook.Mistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The rulebooks and cases that are committed. */
public final class Shipped {

    private Shipped() {
    }

    public static String rulebook(String name) {
        return read(folder("rulebooks").resolve(name + ".yaml"));
    }

    static String schema() {
        return read(folder("rulebooks").resolve("rulebook.schema.json"));
    }

    public static List<Path> rulebooks() {
        return files("rulebooks", ".yaml");
    }

    public static List<Path> conformance() {
        return files("conformance", ".yaml");
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page under {@code docs/}. */
    static String page(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("docs").resolve(name))) {
                return read(at.resolve("docs").resolve(name));
            }
        }
        throw new AssertionError("docs/" + name + " is missing");
    }

    private static List<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(String name) {
        try {
            return Path.of(Shipped.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    public static Rulebook readable(String yaml) {
        return switch (RulebookReader.read(yaml)) {
            case RulebookReader.Reading.Read(Rulebook rulebook) -> rulebook;
            case RulebookReader.Reading.Unreadable(List<Mistake> mistakes) ->
                    throw new AssertionError("unreadable: " + mistakes);
        };
    }
}
