package creditbank.audit;

import creditbank.proof.Note;
import creditbank.proof.VerifierKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What whoever verifies knows from elsewhere, and so need not take the bank's word for.
 *
 * @param key        of the log
 * @param witnesses  keys of those who are to have cosigned
 * @param checkpoint one that they kept
 */
public record Known(@Nullable VerifierKey key, List<VerifierKey> witnesses,
        @Nullable Note checkpoint) {

    /** Nothing. */
    public static final Known NOTHING = new Known(null, List.of(), null);

    public Known {
        witnesses = List.copyOf(witnesses);
    }
}
