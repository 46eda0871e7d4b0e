package creditbank.rulebook;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a choice comes to under a bound, exactly. */
final class Tally {

    private final Allocation asked;
    private final List<List<Long>> amounts;
    /** By the bounds themselves: what is equal holds a list of all its lines to compare. */
    private final Map<Bound, Chosen> sums = new IdentityHashMap<>();

    Tally(Allocation asked, List<List<Long>> amounts) {
        this.asked = asked;
        this.amounts = amounts;
    }

    /** Under the bound, as chosen. */
    long of(Bound bound) {
        return with(bound, -1);
    }

    /** As chosen, and one more option in full if it is not chosen yet; none for -1. */
    long with(Bound bound, int more) {
        Chosen chosen = sums.computeIfAbsent(bound, this::chosen);
        List<At> added = chosen.left.getOrDefault(more, List.of());
        if (added.isEmpty()) {
            return bound.measure() == Measure.CREDITS ? chosen.sum : chosen.counted.size();
        }
        if (bound.measure() == Measure.CREDITS) {
            return chosen.sum + added.stream().mapToLong(at -> asked.line(at).most()).sum();
        }
        return chosen.counted.size() + added.stream().map(at -> asked.counted(bound, at))
                .filter(key -> !chosen.counted.contains(key)).distinct().count();
    }

    /**
     * What a bound comes to as chosen.
     *
     * @param sum     of credits
     * @param counted what is counted, where that is what it bounds
     * @param left    its lines of options that are not chosen, by option
     */
    private record Chosen(long sum, Set<Integer> counted, Map<Integer, List<At>> left) {
    }

    private Chosen chosen(Bound bound) {
        long sum = 0;
        Set<Integer> counted = new HashSet<>();
        Map<Integer, List<At>> left = new HashMap<>();
        for (At at : bound.lines()) {
            List<Long> amount = amounts.get(at.option());
            if (amount.isEmpty()) {
                left.computeIfAbsent(at.option(), _ -> new ArrayList<>()).add(at);
                continue;
            }
            sum += amount.get(at.line());
            if (bound.measure() != Measure.CREDITS) {
                counted.add(asked.counted(bound, at));
            }
        }
        return new Chosen(sum, counted, left);
    }
}
