package creditbank.rulebook;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Line;
import creditbank.rulebook.Allocation.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through the options in stated order and takes each that still fits, as full as it fits. As
 * less always fits where more does, no choice stands before this one in stated order; only where
 * several lines of one option count in part might a smaller share of one have let in the other.
 */
final class Greedy {

    private final Allocation asked;
    private final long[] left;
    private final List<Map<Integer, Integer>> counted = new ArrayList<>();
    private final Map<At, List<Integer>> boundsOf = new HashMap<>();

    private Greedy(Allocation asked) {
        this.asked = asked;
        this.left = asked.bounds().stream().mapToLong(Bound::most).toArray();
        for (int b = 0; b < left.length; b++) {
            counted.add(new HashMap<>());
            for (At at : asked.bounds().get(b).lines()) {
                boundsOf.computeIfAbsent(at, a -> new ArrayList<>()).add(b);
            }
        }
    }

    static List<List<Long>> fill(Allocation asked) {
        return fill(asked, asked.options().stream().map(option -> List.<Long>of()).toList());
    }

    /** On top of what is chosen already. */
    static List<List<Long>> fill(Allocation asked, List<List<Long>> chosen) {
        Greedy greedy = new Greedy(asked);
        for (int i = 0; i < chosen.size(); i++) {
            for (int j = 0; j < chosen.get(i).size(); j++) {
                greedy.take(new At(i, j), chosen.get(i).get(j), 1);
            }
        }
        List<List<Long>> amounts = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            amounts.add(chosen.get(i).isEmpty() ? greedy.option(i) : chosen.get(i));
        }
        return amounts;
    }

    private List<Long> option(int option) {
        List<Line> lines = asked.options().get(option).lines();
        List<Long> amounts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            At at = new At(option, i);
            long amount = lines.get(i).most();
            boolean fits = true;
            for (int b : boundsOf.getOrDefault(at, List.of())) {
                Bound bound = asked.bounds().get(b);
                if (bound.measure() == Measure.CREDITS) {
                    amount = Math.min(amount, left[b]);
                } else {
                    fits &= left[b] > 0 || counted.get(b).containsKey(asked.counted(bound, at));
                }
            }
            if (!fits || amount < lines.get(i).least()) {
                for (int j = 0; j < i; j++) {
                    take(new At(option, j), amounts.get(j), -1);
                }
                return List.of();
            }
            take(at, amount, 1);
            amounts.add(amount);
        }
        return amounts;
    }

    /** @param sign 1, or -1 to give back */
    private void take(At at, long amount, int sign) {
        for (int b : boundsOf.getOrDefault(at, List.of())) {
            Bound bound = asked.bounds().get(b);
            if (bound.measure() == Measure.CREDITS) {
                left[b] -= sign * amount;
                continue;
            }
            int key = asked.counted(bound, at);
            int before = counted.get(b).getOrDefault(key, 0);
            if (before + sign == 0) {
                counted.get(b).remove(key);
            } else {
                counted.get(b).put(key, before + sign);
            }
            left[b] -= before == 0 || before + sign == 0 ? sign : 0;
        }
    }
}
