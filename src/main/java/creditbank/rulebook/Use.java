package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.TargetId;
import org.jspecify.annotations.Nullable;

/**
 * What was recognised before and still stands.
 *
 * @param evidence   the piece, with all its attributes: limits count over it
 * @param target     towards what
 * @param clause     under which clause; absent for what no rulebook decided
 * @param hundredths how many credits, in the rulebook's unit
 * @param purpose    what for
 * @param career     in which course of studies; absent is the one that is asked for now
 * @param by         what used it, by its id; absent where nobody can say
 */
public record Use(Evidence evidence, Target target, @Nullable ClauseId clause, long hundredths,
        Purpose purpose, @Nullable String career, @Nullable String by) {

    /** What evidence was used for. */
    public enum Purpose {
        /** It counted as credits. */
        CREDIT,
        /** A course need not be taken. */
        EXEMPTION,
        /** It gave admission. */
        ACCESS,
        /** It was given up for something else, such as a certificate: no clause ignores that. */
        REDEEMED
    }

    boolean isInThisCareer() {
        return career == null;
    }
}
