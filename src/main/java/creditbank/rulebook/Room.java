package creditbank.rulebook;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Line;
import creditbank.rulebook.Allocation.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is left of the bounds while options, of whole lines only, are taken and given back. */
final class Room {

    /** How an option weighs on a bound: in credits, or with the different things it counts. */
    private record Weight(int bound, long credits, int[] things) {
    }

    private final Weight[][] weights;
    private final long[] left;
    /** By bound and thing, how often it is counted. */
    private final int[][] times;
    /** By option, its targets; by target, how often it is taken. */
    private final int[][] targets;
    private final int[] taken;
    private final long[] most;
    private final List<Across> across = new ArrayList<>();
    private final List<List<Own>> kinds;
    private final int seenAtMost;

    /**
     * A bound over several targets.
     *
     * @param last the last option that it holds
     */
    private record Across(int bound, int last) {
    }

    /**
     * A target, among its twins.
     *
     * @param last    the last option that has a line of it
     * @param bounds  those over it alone
     * @param counted where it is counted, as bound and thing
     */
    private record Own(int last, int[] bounds, List<int[]> counted) {
    }

    Room(Allocation asked) {
        int many = asked.bounds().size();
        most = asked.bounds().stream().mapToLong(Bound::most).toArray();
        left = most.clone();
        times = new int[many][];
        List<Map<Integer, Integer>> things = new ArrayList<>();
        List<List<Weight>> of = new ArrayList<>();
        asked.options().forEach(option -> of.add(new ArrayList<>()));
        for (int b = 0; b < many; b++) {
            things.add(weigh(asked, b, of));
            times[b] = new int[things.get(b).size()];
        }
        weights = of.stream().map(each -> each.toArray(Weight[]::new)).toArray(Weight[][]::new);
        Map<Integer, Integer> numbers = new HashMap<>();
        targets = asked.options().stream().map(option -> option.lines().stream()
                .mapToInt(line -> numbers.computeIfAbsent(line.target(), t -> numbers.size()))
                .toArray()).toArray(int[][]::new);
        taken = new int[numbers.size()];
        kinds = kinds(asked, things);
        seenAtMost = 2 + across.size() + taken.length;
        kinds.forEach(twins -> twins.forEach(this::mustBeTold));
    }

    /** Adds what the options weigh on a bound; gives the numbers of the things it counts. */
    private static Map<Integer, Integer> weigh(Allocation asked, int bound,
            List<List<Weight>> weights) {
        Bound of = asked.bounds().get(bound);
        Map<Integer, List<At>> lines = new TreeMap<>();
        of.lines().forEach(at ->
                lines.computeIfAbsent(at.option(), o -> new ArrayList<>()).add(at));
        Map<Integer, Integer> things = new HashMap<>();
        lines.forEach((option, own) -> weights.get(option).add(of.measure() == Measure.CREDITS
                ? new Weight(bound, own.stream().mapToLong(at -> asked.line(at).most()).sum(),
                        new int[0])
                : new Weight(bound, 0, own.stream().mapToInt(at -> things.computeIfAbsent(
                        asked.counted(of, at), t -> things.size())).distinct().toArray())));
        return things;
    }

    private List<List<Own>> kinds(Allocation asked, List<Map<Integer, Integer>> things) {
        Map<Integer, List<Integer>> ownBounds = new HashMap<>();
        Map<Integer, List<int[]>> counted = new HashMap<>();
        for (int b = 0; b < asked.bounds().size(); b++) {
            Bound bound = asked.bounds().get(b);
            int[] over = bound.lines().stream().mapToInt(at -> asked.line(at).target()).distinct()
                    .toArray();
            if (over.length == 1) {
                ownBounds.computeIfAbsent(over[0], t -> new ArrayList<>()).add(b);
            } else {
                across.add(new Across(b, bound.lines().stream().mapToInt(At::option).max()
                        .orElse(-1)));
            }
            if (bound.measure() == Measure.TARGETS) {
                for (int target : over) {
                    counted.computeIfAbsent(target, t -> new ArrayList<>())
                            .add(new int[] {b, things.get(b).get(target)});
                }
            }
        }
        Map<Integer, List<Integer>> optionsOf = new HashMap<>();
        for (int i = 0; i < targets.length; i++) {
            for (Line line : asked.options().get(i).lines()) {
                optionsOf.computeIfAbsent(line.target(), t -> new ArrayList<>()).add(i);
            }
        }
        Map<Integer, List<Own>> kinds = new TreeMap<>();
        Twins.kindsOfTargets(asked).forEach((target, kind) ->
                kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(new Own(
                        optionsOf.get(target).getLast(),
                        ownBounds.getOrDefault(target, List.of()).stream()
                                .sorted(inOrder(asked, optionsOf.get(target)))
                                .mapToInt(b -> b).toArray(),
                        counted.getOrDefault(target, List.of()))));
        return List.copyOf(kinds.values());
    }

    /** The same order in each twin. */
    private static Comparator<Integer> inOrder(Allocation asked, List<Integer> options) {
        return Comparator.comparing((Integer b) -> asked.bounds().get(b).measure())
                .thenComparing(b -> asked.bounds().get(b).most())
                .thenComparing(b -> asked.bounds().get(b).lines().stream()
                        .mapToInt(at -> options.indexOf(at.option())).sorted().toArray(),
                        Arrays::compare);
    }

    boolean fits(int option) {
        for (Weight weight : weights[option]) {
            long needed = weight.credits();
            for (int thing : weight.things()) {
                needed += times[weight.bound()][thing] == 0 ? 1 : 0;
            }
            if (needed > left[weight.bound()]) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing is taken yet of any target that this option has. */
    boolean isUntouched(int option) {
        for (int target : targets[option]) {
            if (taken[target] > 0) {
                return false;
            }
        }
        return true;
    }

    /** @param sign 1, or -1 to give back */
    void take(int option, int sign) {
        for (Weight weight : weights[option]) {
            left[weight.bound()] -= sign * weight.credits();
            int[] own = times[weight.bound()];
            for (int thing : weight.things()) {
                left[weight.bound()] -= own[thing] == 0 || own[thing] + sign == 0 ? sign : 0;
                own[thing] += sign;
            }
        }
        for (int target : targets[option]) {
            taken[target] += sign;
        }
    }

    /**
     * All that the options from this one on, the first of its piece, see of what was taken before;
     * which of several twins it was they do not.
     */
    long[] seenFrom(int option, long missing) {
        long[] seen = new long[seenAtMost];
        int many = 0;
        seen[many++] = option;
        seen[many++] = missing;
        for (Across bound : across) {
            if (bound.last() >= option) {
                seen[many++] = left[bound.bound()];
            }
        }
        for (List<Own> twins : kinds) {
            if (twins.getFirst().last() >= option) {
                int first = many;
                for (Own target : twins) {
                    seen[many++] = seen(target);
                }
                Arrays.sort(seen, first, many);
            }
        }
        return Arrays.copyOf(seen, many);
    }

    /** @throws ArithmeticException if there is more to tell of it than one number can */
    private void mustBeTold(Own target) {
        long all = 1L << target.counted().size();
        for (int bound : target.bounds()) {
            all = Math.multiplyExact(all, most[bound] + 1);
        }
    }

    private long seen(Own target) {
        long seen = 0;
        for (int bound : target.bounds()) {
            seen = seen * (most[bound] + 1) + left[bound];
        }
        for (int[] at : target.counted()) {
            seen = seen * 2 + (times[at[0]][at[1]] > 0 ? 1 : 0);
        }
        return seen;
    }
}
