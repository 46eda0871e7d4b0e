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
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

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
    /** The bounds over several targets, and the targets, each among its twins. */
    private final int[] across;
    private final List<List<Own>> kinds;
    /** By piece, those of both that it has lines of; how many open pieces have. */
    private final int[][] acrossOf;
    private final int[][] kindsOf;
    private final int[] openAcross;
    private final int[] openKinds;

    /**
     * A target.
     *
     * @param bounds  those over it alone
     * @param counted where it is counted, as bound and thing
     */
    private record Own(int[] bounds, List<int[]> counted) {
    }

    /**
     * @param ofTargets by target, the number of its kind: twins are of the same
     * @param starts    by piece in order, its first option; at last, their number
     */
    Room(Allocation asked, Map<Integer, Integer> ofTargets, int[] starts) {
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
        // The narrowest are passed first.
        weights = of.stream().map(each -> each.stream()
                .sorted(Comparator.comparingInt(w -> asked.bounds().get(w.bound()).lines().size()))
                .toArray(Weight[]::new)).toArray(Weight[][]::new);
        Map<Integer, Integer> numbers = new HashMap<>();
        targets = asked.options().stream().map(option -> option.lines().stream()
                .mapToInt(line -> numbers.computeIfAbsent(line.target(), t -> numbers.size()))
                .toArray()).toArray(int[][]::new);
        taken = new int[numbers.size()];
        across = IntStream.range(0, many).filter(b -> isAcross(asked, asked.bounds().get(b)))
                .toArray();
        kinds = kinds(asked, ofTargets, things);
        int pieces = starts.length - 1;
        acrossOf = new int[pieces][];
        kindsOf = new int[pieces][];
        openAcross = new int[many];
        openKinds = new int[kinds.size()];
        for (int piece = 0; piece < pieces; piece++) {
            acrossOf[piece] = IntStream.range(starts[piece], starts[piece + 1])
                    .flatMap(option -> Arrays.stream(weights[option]).mapToInt(Weight::bound))
                    .distinct().toArray();
            kindsOf[piece] = IntStream.range(starts[piece], starts[piece + 1]).boxed()
                    .flatMap(option -> asked.options().get(option).lines().stream())
                    .map(line -> Objects.requireNonNull(ofTargets.get(line.target())))
                    .mapToInt(kind -> kind).distinct().toArray();
            open(piece, 1);
        }
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

    private static boolean isAcross(Allocation asked, Bound bound) {
        return bound.lines().stream().mapToInt(at -> asked.line(at).target()).distinct().count()
                > 1;
    }

    private List<List<Own>> kinds(Allocation asked, Map<Integer, Integer> ofTargets,
            List<Map<Integer, Integer>> things) {
        Map<Integer, List<Integer>> ownBounds = new HashMap<>();
        Map<Integer, List<int[]>> counted = new HashMap<>();
        for (int b = 0; b < left.length; b++) {
            Bound bound = asked.bounds().get(b);
            if (!isAcross(asked, bound)) {
                ownBounds.computeIfAbsent(asked.line(bound.lines().getFirst()).target(),
                        t -> new ArrayList<>()).add(b);
            }
            if (bound.measure() == Measure.TARGETS) {
                int own = b;
                things.get(b).forEach((target, thing) -> counted.computeIfAbsent(target,
                        t -> new ArrayList<>()).add(new int[] {own, thing}));
            }
        }
        Map<Integer, List<Integer>> optionsOf = new HashMap<>();
        for (int i = 0; i < targets.length; i++) {
            for (Line line : asked.options().get(i).lines()) {
                optionsOf.computeIfAbsent(line.target(), t -> new ArrayList<>()).add(i);
            }
        }
        List<List<Own>> kinds = new ArrayList<>();
        ofTargets.forEach((target, kind) -> kinds.add(new ArrayList<>()));
        optionsOf.forEach((target, options) -> {
            int[] own = ownBounds.getOrDefault(target, List.of()).stream()
                    .sorted(inOrder(asked, options)).mapToInt(b -> b).toArray();
            kinds.get(Objects.requireNonNull(ofTargets.get(target)))
                    .add(new Own(own, counted.getOrDefault(target, List.of())));
        });
        return kinds;
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

    /** @param sign 1, or -1 if the piece is done */
    void open(int piece, int sign) {
        for (int bound : acrossOf[piece]) {
            openAcross[bound] += sign;
        }
        for (int kind : kindsOf[piece]) {
            openKinds[kind] += sign;
        }
    }

    /**
     * All that the open pieces see of what was taken before; which of several twins it was they do
     * not.
     *
     * @param more what else tells states apart
     */
    long[] seen(long... more) {
        long[] seen = Arrays.copyOf(more, more.length + across.length + taken.length);
        int many = more.length;
        for (int bound : across) {
            if (openAcross[bound] > 0) {
                seen[many++] = left[bound];
            }
        }
        for (int kind = 0; kind < openKinds.length; kind++) {
            if (openKinds[kind] > 0) {
                int first = many;
                for (Own target : kinds.get(kind)) {
                    seen[many++] = seen(target);
                }
                Arrays.sort(seen, first, many);
            }
        }
        return Arrays.copyOf(seen, many);
    }

    /** Whether one number can tell all there is to see of each target; if not, nothing can. */
    boolean isToldInNumbers() {
        return kinds.stream().flatMap(List::stream).allMatch(target -> {
            double all = Math.pow(2, target.counted().size());
            for (int bound : target.bounds()) {
                all *= most[bound] + 1;
            }
            return all < Long.MAX_VALUE;
        });
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
