package creditbank.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Test vectors that others made, where they are at hand. */
final class Vectors {

    private static final JsonMapper JSON = new JsonMapper();

    private Vectors() {
    }

    /** The folder, looked for from the working folder upwards; a test is left out without it. */
    static Path folder(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("../shared/vectors").resolve(name).normalize();
            if (Files.exists(folder)) {
                return folder;
            }
        }
        String missing = "Left out: ../shared/vectors/" + name + " is not there.";
        System.out.println(missing);
        return Assumptions.abort(missing);
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        return JSON.readTree(file.toFile());
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
