package creditbank.api.recognition;

import creditbank.api.value.Credits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that counts.
 *
 * @param evidence  which piece
 * @param target    towards what
 * @param clause    which clause awards it
 * @param credits   how much it counts here; absent where it is an exemption (免修, 免考):
 *                  the target need not be taken, and no credits are given
 * @param worth     all that the clause gives the piece, before the target's and other limits;
 *                  absent with {@code credits}
 * @param grade     the grade to record, where the clause names one
 * @param facts     the inputs that mattered, in the clause's order
 * @param limits    the clauses whose limits it was counted under
 */
public record GrantedLine(EvidenceId evidence, TargetId target, ClauseId clause,
        @Nullable Credits credits, @Nullable Credits worth, @Nullable String grade,
        List<Fact> facts, List<ClauseId> limits) {

    public GrantedLine {
        if ((credits == null) != (worth == null)) {
            throw new IllegalArgumentException("credits and worth stand together or not at all");
        }
        facts = List.copyOf(facts);
        limits = List.copyOf(limits);
    }
}
