package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.RefusalCode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule.
 *
 * @param id       within the rulebook
 * @param summary  what it says, for people
 * @param selects  what it speaks of
 * @param award    what it gives; absent for none
 * @param excludes with which code it refuses what it selects; absent if it does not
 * @param flag     what it marks the evidence as; absent if it does not
 * @param ignores  which earlier uses do not stand in the way of its award
 * @param limits   what may not be passed
 * @param requires what there must be
 */
record Clause(ClauseId id, Words summary, Selection selects, @Nullable Award award,
        @Nullable RefusalCode excludes, @Nullable String flag, Set<Earlier> ignores,
        List<Limit> limits, List<Requirement> requires) {

    Clause {
        ignores = Set.copyOf(ignores);
        limits = List.copyOf(limits);
        requires = List.copyOf(requires);
    }

    /** Words for people, in both languages. */
    record Words(String zh, String en) {
    }

    /** Earlier uses of a piece. */
    enum Earlier {
        /** It gave admission. */
        ACCESS,
        /** It counted in another career. */
        OTHER_CAREER,
        /** It counted in part: what is left of its worth may be used. */
        LEFTOVER
    }
}
