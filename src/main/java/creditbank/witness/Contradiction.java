package creditbank.witness;

import creditbank.proof.Note;
import creditbank.proof.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a log has signed and a witness does not cosign, as one file holds it ({@code
 * docs/formats/witness.md}).
 *
 * @param log   whose key both notes are verified with
 * @param at    when it was seen
 * @param known what was cosigned before, with the cosignature; {@code null} where nothing was
 * @param shown as it was shown
 */
record Contradiction(Kind kind, VerifierKey log, Instant at, @Nullable Note known, Note shown) {

    /**
     * What contradicts. Only the first two cannot come of an honest log, so the others are not kept
     * again and again.
     */
    enum Kind {
        /** Two roots for one size: both signatures say it to anybody. Never turned away. */
        FORK(Integer.MAX_VALUE),
        /** A longer history that does not begin with the known one, as the tiles said. */
        HISTORY(200),
        /** Fewer entries than are known; an old copy on the way looks the same. */
        SHORTER(1),
        /** Tiles that do not lead to the checkpoint; damage on the way looks the same. */
        TILES(1);

        private final int most;

        Kind(int most) {
            this.most = most;
        }

        /** How many are kept of one log, the first ones. */
        int most() {
            return most;
        }

        /** As files say it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((kind.word() + "\n" + at + "\n" + log.text() + "\n\n")
                .getBytes(StandardCharsets.UTF_8));
        if (known != null) {
            all.writeBytes(known.bytes());
            all.write('\n');
        }
        all.writeBytes(shown.bytes());
        return all.toByteArray();
    }

    /** The same for the same two texts, whenever they are seen and whoever else signed them. */
    String pair() {
        return known == null ? shown.text() : known.text() + "\n" + shown.text();
    }
}
