package creditbank.api.recognition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that does not count.
 *
 * @param evidence which piece
 * @param target   towards what; absent where the best allocation found no place at all
 * @param clause   which clause refuses it, or comes nearest to awarding it; absent where no clause
 *                 has to do with it
 * @param code     why
 * @param facts    the inputs that mattered
 * @param missing  what would have to change; empty where nothing could
 */
public record RefusedLine(EvidenceId evidence, @Nullable TargetId target,
        @Nullable ClauseId clause, RefusalCode code, List<Fact> facts, List<Shortfall> missing) {

    /** The fact that tells what used a piece, by the id of that. */
    public static final String USED_BY = "used-by";

    public RefusedLine {
        facts = List.copyOf(facts);
        missing = List.copyOf(missing);
    }
}
