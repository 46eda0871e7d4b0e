package creditbank.api.recognition;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a rulebook says on a day to a learner's evidence. The same input gives the same decision,
 * byte by byte. See {@code docs/formats/decision.md}.
 *
 * @param rulebook     which version decided
 * @param on           the day it was decided for
 * @param engine       the revision of the rules by which rulebooks are read that decided: another
 *                     may decide otherwise, and its decisions are not held against this one
 * @param granted      every line that counts, in stated order
 * @param refused      every line that does not, in stated order
 * @param requirements every requirement of the rulebook that applies, met or not
 * @param entitlements the doors that stand open
 * @param flags        what is to be known about the evidence
 * @param search       whether the allocation is proven to be the best
 */
public record Decision(RulebookVersion rulebook, LocalDate on, int engine,
        List<GrantedLine> granted, List<RefusedLine> refused, List<RequirementLine> requirements,
        List<Entitlement> entitlements, List<Flag> flags, Search search) {

    /** How the lines were chosen where limits made them compete. */
    public enum Search {
        /** No other choice gives more credits, or as many with fewer or earlier pieces. */
        PROVEN,
        /** The search ended at its bound of steps: valid, and perhaps not the best. */
        BOUND_REACHED
    }

    public Decision {
        granted = List.copyOf(granted);
        refused = List.copyOf(refused);
        requirements = List.copyOf(requirements);
        entitlements = List.copyOf(entitlements);
        flags = List.copyOf(flags);
    }

    /** The same with pieces that were not even brought before the rulebook, after the others. */
    public Decision with(List<RefusedLine> beside) {
        return new Decision(rulebook, on, engine, granted,
                Stream.concat(refused.stream(), beside.stream()).toList(), requirements,
                entitlements, flags, search);
    }
}
