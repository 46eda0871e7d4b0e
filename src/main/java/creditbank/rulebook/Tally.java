package creditbank.rulebook;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Measure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a choice comes to under a bound, exactly. */
record Tally(Allocation asked, List<List<Long>> amounts) {

    /** Under the bound, as chosen. */
    long of(Bound bound) {
        return with(bound, -1);
    }

    /** As chosen, and one more option in full if it is not chosen yet; none for -1. */
    long with(Bound bound, int more) {
        long sum = 0;
        Set<Integer> different = new HashSet<>();
        for (At at : bound.lines()) {
            List<Long> chosen = amounts.get(at.option());
            if (chosen.isEmpty() && at.option() != more) {
                continue;
            }
            sum += chosen.isEmpty() ? asked.line(at).most() : chosen.get(at.line());
            if (bound.measure() != Measure.CREDITS) {
                different.add(asked.counted(bound, at));
            }
        }
        return bound.measure() == Measure.CREDITS ? sum : different.size();
    }
}
