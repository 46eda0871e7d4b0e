package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Fact;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.Shortfall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece before one target, judged by itself: what it would be, were it alone. */
sealed interface Candidate {

    /**
     * @param clause    which clause awards it
     * @param worth     all the clause gives the piece, less what was used of it before
     * @param whole     whether it counts whole or not at all: a course is filled, towards a group
     *                  or programme all that the piece is worth counts
     * @param exemption whether no credits are given
     */
    record Eligible(Evidence evidence, Target target, Clause clause, long worth, boolean whole,
            boolean exemption, @Nullable String grade, List<Fact> facts) implements Candidate {

        /** The most this line can count. */
        long most() {
            Long room = target.credits();
            return exemption ? 0 : room == null || whole && !target.isCourse() ? worth
                    : Math.min(worth, room);
        }
    }

    record Ineligible(Evidence evidence, Target target, @Nullable ClauseId clause,
            RefusalCode code, List<Fact> facts, List<Shortfall> missing) implements Candidate {
    }
}
