package creditbank.publishing;

import creditbank.files.PrivateFiles;
import creditbank.proof.Checkpoint;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.SigningKey;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of the log and, beside it, the last checkpoint signed with it: {@code log.key} and {@code
 * log.checkpoint} in the keys folder ({@code docs/formats/keys-folder.md}). Apart from the data
 * folder, so that a ledger restored from an old copy is not signed for as if nothing had been.
 */
final class LogKey {

    private static final int MOST_BYTES = 4_096;

    private final SigningKey key;
    private final Path checkpoint;

    private LogKey(SigningKey key, Path checkpoint) {
        this.key = key;
        this.checkpoint = checkpoint;
    }

    /**
     * Reads the key, or makes one for a log that has signed nothing yet.
     *
     * @param origin    of the log; empty for the one that the key has, and for one of its own that
     *                  no other log has where a key is made
     * @param published where the log's last checkpoint lies, if it has one
     * @throws IllegalStateException with what to do, if the key is another log's, is damaged, or
     *                               is gone from a log that has signed something
     */
    static LogKey open(Path folder, String origin, Path published, SecureRandom random) {
        Path file = folder.resolve("log.key");
        Path checkpoint = folder.resolve("log.checkpoint");
        try {
            checkOrigin(origin);
            if (!Files.exists(file)) {
                if (Files.exists(checkpoint) || Files.exists(published)) {
                    throw new IllegalStateException(file + " is missing, but checkpoints were"
                            + " already signed with it. Put the backup of the keys folder back."
                            + " If the key is lost for good, docs/formats/log.md says under \"A"
                            + " new key\" how another log is begun.");
                }
                SigningKey made = SigningKey.generate(
                        origin.isEmpty() ? ofItsOwn(random) : origin,
                        VerifierKey.Kind.ED25519, random);
                PrivateFiles.create(file, (made.text() + "\n" + made.verifier().text() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
            SigningKey key = read(file);
            if (!origin.isEmpty() && !key.verifier().name().equals(origin)) {
                throw new IllegalStateException(file + " is the key of the log "
                        + key.verifier().name() + ", but creditbank.log.origin says " + origin
                        + ". Set it to " + key.verifier().name() + ". If another log is wanted,"
                        + " docs/formats/log.md says under \"A new key\" how it is begun.");
            }
            return new LogKey(key, checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException("The keys folder cannot be used: " + e.getMessage(), e);
        }
    }

    /** Leads to this machine alone, as every name under localhost does (RFC 6761). */
    private static String ofItsOwn(SecureRandom random) {
        byte[] own = new byte[8];
        random.nextBytes(own);
        return HexFormat.of().formatHex(own) + ".localhost/log";
    }

    private static void checkOrigin(String origin) {
        if (!origin.isEmpty() && !origin.matches("[A-Za-z0-9.:_\\[\\]-]+(/[A-Za-z0-9._~-]+)*")
                || origin.length() > 200) {
            throw new IllegalStateException("creditbank.log.origin is the address of the log"
                    + " without scheme and without a slash at the end, such as"
                    + " bank.example.org/log; not: " + origin);
        }
    }

    private static SigningKey read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IllegalStateException(file + " is no key: it is too large.");
        }
        List<String> lines = Files.readAllLines(file);
        try {
            SigningKey key = SigningKey.parse(lines.isEmpty() ? "" : lines.getFirst());
            if (lines.size() != 2 || !lines.getLast().equals(key.verifier().text())) {
                throw new IllegalArgumentException("its second line is not the verifier key");
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " is not a signing key and its verifier key ("
                    + e.getMessage() + "). Put the backup of the keys folder back.", e);
        }
    }

    VerifierKey verifier() {
        return key.verifier();
    }

    /**
     * Signs a checkpoint and keeps it. When this returns, no other of that size or smaller is ever
     * signed with this key, as long as the keys folder keeps what lies in it.
     *
     * @throws IOException if such a one was signed: also by somebody else since this one looked
     */
    Note sign(Checkpoint next) throws IOException {
        try {
            Note last = lastSigned();
            Checkpoint signed = last == null ? null : Checkpoint.parse(last.text());
            if (signed != null && signed.size() >= next.size() && !signed.equals(next)) {
                throw new IOException("Beside the log's key lies a checkpoint over " + signed.size()
                        + " entries; another one over " + next.size() + " is not signed. Does"
                        + " another bank sign with this key?");
            }
        } catch (NotVerified e) {
            throw new IOException(e.getMessage(), e);
        }
        Note note = key.sign(next.text());
        PrivateFiles.write(checkpoint, note.bytes());
        return note;
    }

    /**
     * The last checkpoint that was signed, as far as this folder knows.
     *
     * @throws NotVerified if what lies there is not one of this key
     */
    @Nullable Note lastSigned() throws IOException, NotVerified {
        return signed(checkpoint);
    }

    /** @throws NotVerified if what lies there is not a checkpoint of this key */
    @Nullable Note signed(Path file) throws IOException, NotVerified {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            if (Files.size(file) > Note.MOST_BYTES) {
                throw new NotVerified(file + " is too large for a checkpoint.");
            }
            Note note = Note.parse(Files.readAllBytes(file));
            Checkpoint.open(note, verifier());
            return note;
        } catch (IllegalArgumentException e) {
            throw new NotVerified(file + " is no checkpoint: " + e.getMessage());
        }
    }
}
