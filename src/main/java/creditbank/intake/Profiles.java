package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The profiles that come with the bank, by name, and those that users write themselves. */
public final class Profiles {

    /** The bank's own columns: the fields of its forms. */
    public static final String NATIVE = "native";

    private static final List<String> SHIPPED = List.of(NATIVE, "oulad", "elmo");
    private static final long MOST_BYTES = 1 << 20;

    private Profiles() {
    }

    /** Those that come with the bank. */
    public static List<String> names() {
        return SHIPPED;
    }

    /** One that comes with the bank; never a file of this machine. */
    public static Profile named(String name) {
        if (!SHIPPED.contains(name)) {
            throw new Refused(new Refusal.ProfileUnknown(name, String.join(", ", SHIPPED)));
        }
        try (InputStream yaml =
                Profiles.class.getResourceAsStream("profiles/" + name + ".yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("The profile " + name + " is not in the program");
            }
            return ProfileReader.read(
                    name, new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The program itself cannot be read", e);
        }
    }

    /** For the command line: a shipped one's name, or the path of a YAML file. */
    public static Profile nameOrPath(String nameOrPath) {
        return SHIPPED.contains(nameOrPath) ? named(nameOrPath) : file(Path.of(nameOrPath));
    }

    private static Profile file(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new Refused(new Refusal.ProfileUnknown(path.toString(),
                    String.join(", ", SHIPPED) + ", or the path of a YAML file"));
        }
        String name = String.valueOf(path.getFileName()).replaceFirst("\\.ya?ml$", "");
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw unreadable(name, "it is larger than a mebibyte");
            }
            return of(name, Files.readString(path));
        } catch (MalformedInputException e) {
            throw unreadable(name, "it is not UTF-8; save it anew in UTF-8");
        } catch (IOException e) {
            throw unreadable(name, "it cannot be read: " + e.getMessage());
        }
    }

    private static Refused unreadable(String name, String problem) {
        return new Refused(new Refusal.ProfileInvalid(name, 0, "", problem));
    }

    /** A profile in the user's own words. */
    public static Profile of(String name, String yaml) {
        return ProfileReader.read(name, yaml);
    }
}
