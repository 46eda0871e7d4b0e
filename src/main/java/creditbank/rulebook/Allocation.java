package creditbank.rulebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Lines that compete for what limits leave: which of them stand?
 *
 * @param days    the day of each piece of evidence, as a number that grows; pieces go by their
 *                place in this list
 * @param options what can be chosen, in stated order
 * @param bounds  what may not be passed
 */
record Allocation(List<Long> days, List<Option> options, List<Bound> bounds) {

    /** One piece before one or several targets, chosen as a whole. */
    record Option(int piece, List<Line> lines) {
        long gain() {
            long gain = 0;
            for (Line line : lines) {
                gain += line.gain();
            }
            return gain;
        }
    }

    /**
     * @param target which target, by number
     * @param least  hundredths, at least so many if it is chosen
     * @param most   hundredths, at most so many
     * @param worth  what it weighs in the comparison if it counts no credits: of an exemption
     */
    record Line(int target, long least, long most, long worth) {
        /** At most. */
        long gain() {
            return Math.max(most, worth);
        }
    }

    enum Measure { CREDITS, PIECES, TARGETS }

    /**
     * @param lines the lines it sums over, each as its option's and its own number
     * @param most  what they may come to: hundredths, or a count
     */
    record Bound(Measure measure, List<At> lines, long most) {
    }

    record At(int option, int line) {
    }

    /**
     * A choice.
     *
     * @param amounts for each option either nothing, or the hundredths of each of its lines
     * @param proven  whether it is known to be the best
     */
    record Choice(List<List<Long>> amounts, boolean proven) {
    }

    Line line(At at) {
        return options.get(at.option()).lines().get(at.line());
    }

    /** What a line is counted as under a measure of different things: its piece or its target. */
    int counted(Bound bound, At at) {
        return bound.measure() == Measure.PIECES ? options.get(at.option()).piece()
                : line(at).target();
    }

    long gain(List<List<Long>> amounts) {
        long gain = 0;
        for (int i = 0; i < amounts.size(); i++) {
            for (int j = 0; j < amounts.get(i).size(); j++) {
                gain += Math.max(amounts.get(i).get(j), line(new At(i, j)).worth());
            }
        }
        return gain;
    }

    /** Without the bounds that not even all lines together could pass. */
    Allocation withoutIdleBounds() {
        Map<Integer, List<Set<At>>> once = onceOnly();
        return new Allocation(days, options, bounds.stream()
                .filter(bound -> all(bound, once) > bound.most()).toList());
    }

    private long all(Bound bound, Map<Integer, List<Set<At>>> once) {
        if (bound.measure() != Measure.CREDITS) {
            return bound.lines().stream().map(at -> counted(bound, at)).distinct().count();
        }
        Map<Integer, List<At>> byPiece = new HashMap<>();
        for (At at : bound.lines()) {
            byPiece.computeIfAbsent(options.get(at.option()).piece(), p -> new ArrayList<>())
                    .add(at);
        }
        long all = 0;
        for (Map.Entry<Integer, List<At>> piece : byPiece.entrySet()) {
            LongStream most = piece.getValue().stream().mapToLong(at -> line(at).most());
            boolean isOnce = once.getOrDefault(piece.getKey(), List.of()).stream()
                    .anyMatch(lines -> lines.containsAll(piece.getValue()));
            all += isOnce && isOfDifferentTargets(piece.getValue()) ? most.max().orElse(0)
                    : most.sum();
        }
        return all;
    }

    private boolean isOfDifferentTargets(List<At> lines) {
        return lines.stream().map(at -> line(at).target()).distinct().count() == lines.size();
    }

    /** By piece, the lines of it of which a bound lets only one target's stand. */
    private Map<Integer, List<Set<At>>> onceOnly() {
        Map<Integer, List<Set<At>>> once = new HashMap<>();
        for (Bound bound : bounds) {
            if (bound.measure() == Measure.TARGETS && bound.most() == 1) {
                Set<At> lines = Set.copyOf(bound.lines());
                bound.lines().stream().map(at -> options.get(at.option()).piece()).distinct()
                        .forEach(piece -> once.computeIfAbsent(piece, p -> new ArrayList<>())
                                .add(lines));
            }
        }
        return once;
    }

    /** These options, in this order, and what is left of the bounds over them. */
    Allocation restrictedTo(List<Integer> own) {
        int[] number = new int[options.size()];
        Arrays.fill(number, -1);
        for (int i = 0; i < own.size(); i++) {
            number[own.get(i)] = i;
        }
        List<Bound> left = bounds.stream().map(bound -> new Bound(bound.measure(),
                        bound.lines().stream().filter(at -> number[at.option()] >= 0)
                                .map(at -> new At(number[at.option()], at.line())).toList(),
                        bound.most()))
                .filter(bound -> !bound.lines().isEmpty()).toList();
        return new Allocation(days, own.stream().map(options::get).toList(), left);
    }
}
