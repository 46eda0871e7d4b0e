package creditbank.cli;

import creditbank.proof.Note;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Keys and notes that are given on the command line. */
final class LogOptions {

    private LogOptions() {
    }

    static @Nullable VerifierKey key(CommandSpec spec, String option, @Nullable String text) {
        return text == null ? null : keys(spec, option, List.of(text)).getFirst();
    }

    static List<VerifierKey> keys(CommandSpec spec, String option, List<String> texts) {
        try {
            return texts.stream().map(t -> VerifierKey.parse(t.strip())).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option
                    + " takes a verifier key, name+hash+key: " + e.getMessage(), e);
        }
    }

    static @Nullable Note note(CommandSpec spec, String option, @Nullable Path file)
            throws IOException {
        if (file == null) {
            return null;
        }
        if (!Files.isRegularFile(file) || Files.size(file) > Note.MOST_BYTES) {
            throw new ParameterException(spec.commandLine(),
                    option + " takes a checkpoint, and " + file + " is none.");
        }
        try {
            return Note.parse(Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option
                    + " takes a checkpoint, and " + file + " is none: " + e.getMessage(), e);
        }
    }
}
