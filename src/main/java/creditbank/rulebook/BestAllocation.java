package creditbank.rulebook;

import creditbank.rulebook.Allocation.Choice;
import creditbank.rulebook.Allocation.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The best choice: most gain; then fewest pieces; then the earliest (the least sum of the pieces'
 * days); then the pieces that stand first; then the larger lines before the smaller, and of equals
 * those that stand first. It is exact and there is only one, so it does not hang on how the search
 * goes; a count of steps, and no clock, ends the search.
 *
 * <p>What does not compete is taken apart first. In each part the most that can be gained is found;
 * then sets of pieces are tried in the order just told, and the first set that can gain as much is
 * the best one. Where each line counts whole or not at all a {@link Filling} tells whether it can;
 * where lines may count in part it takes a solver, {@link Packing}.
 */
final class BestAllocation {

    /** More are not searched: each step costs as much as there are options. */
    static final int MOST_OPTIONS = 6_000;

    /** Dead ends that the searches of one part may run into in all before proving is given up. */
    static final long MOST_FAILS = 2_000;

    /** Options that are taken in one part's fillings before proving is given up. */
    static final long MOST_STEPS = 160_000;

    /** Gains that are tried, from the ceiling downwards. */
    static final int MOST_GAINS = 16;

    /** Sets of pieces that are looked at in one part before proving is given up. */
    static final int MOST_SETS = 2_000;

    private final Allocation part;
    /** Whether each line counts whole or not at all. */
    private final boolean isWhole;
    private final Map<Integer, Integer> kindsOfPieces;
    private final Map<Integer, Integer> kindsOfTargets;
    private long fails = MOST_FAILS;
    private long steps = MOST_STEPS;

    private BestAllocation(Allocation part) {
        this.part = part;
        isWhole = part.options().stream().flatMap(option -> option.lines().stream())
                .allMatch(line -> line.least() == line.most());
        kindsOfPieces = Twins.kinds(part);
        kindsOfTargets = Twins.kindsOfTargets(part);
    }

    static Choice of(Allocation asked) {
        Allocation tight = asked.withoutIdleBounds();
        List<List<Long>> amounts = new ArrayList<>();
        asked.options().forEach(option -> amounts.add(List.of()));
        boolean proven = true;
        for (List<Integer> part : parts(tight)) {
            Choice choice = ofPart(tight.restrictedTo(part));
            proven &= choice.proven();
            for (int i = 0; i < part.size(); i++) {
                amounts.set(part.get(i), choice.amounts().get(i));
            }
        }
        return new Choice(List.copyOf(amounts), proven);
    }

    private static Choice ofPart(Allocation part) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < part.options().size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt((Integer i) -> part.options().get(i).piece())
                .thenComparingLong(i -> -part.options().get(i).gain()));
        Choice choice = new BestAllocation(part.restrictedTo(order)).best();
        List<List<Long>> amounts = new ArrayList<>(choice.amounts());
        for (int i = 0; i < order.size(); i++) {
            amounts.set(order.get(i), choice.amounts().get(i));
        }
        return new Choice(amounts, choice.proven());
    }

    /** Options that no bound and no piece ties together do not compete. */
    private static List<List<Integer>> parts(Allocation asked) {
        int[] head = new int[asked.options().size()];
        Arrays.setAll(head, i -> i);
        Map<Integer, Integer> ofPiece = new LinkedHashMap<>();
        for (int i = 0; i < head.length; i++) {
            Integer first = ofPiece.putIfAbsent(asked.options().get(i).piece(), i);
            join(head, first == null ? i : first, i);
        }
        asked.bounds().forEach(bound -> bound.lines().forEach(at ->
                join(head, bound.lines().getFirst().option(), at.option())));
        Map<Integer, List<Integer>> parts = new LinkedHashMap<>();
        for (int i = 0; i < head.length; i++) {
            parts.computeIfAbsent(find(head, i), h -> new ArrayList<>()).add(i);
        }
        return List.copyOf(parts.values());
    }

    private static int find(int[] head, int i) {
        while (head[i] != i) {
            head[i] = head[head[i]];
            i = head[i];
        }
        return i;
    }

    private static void join(int[] head, int one, int other) {
        int a = find(head, one);
        int b = find(head, other);
        head[Math.max(a, b)] = Math.min(a, b);
    }

    // ------------------------------------------------------------------ one part

    private Choice best() {
        List<List<Long>> most = Greedy.fill(part);
        if (part.options().size() > MOST_OPTIONS) {
            return new Choice(unproven(most), false);
        }
        long gain = part.gain(most);
        long ceiling = Ceiling.of(part);
        boolean proven = true;
        if (gain < ceiling) {
            Packing.Found found = isWhole ? most(ceiling, most)
                    : Packing.most(part, ceiling, most, fails);
            fails -= found.fails();
            most = found.amounts().orElse(most);
            proven = found.complete();
        }
        Optional<Choice> first = first(part.gain(most));
        return first.isEmpty() ? new Choice(unproven(most), false)
                : new Choice(first.get().amounts(), proven && first.get().proven());
    }

    /**
     * What gains most, if more than is known: as much as the ceiling, or a step less, and so on. It
     * dwells on none of them for long; where there are many the solver is asked.
     */
    private Packing.Found most(long ceiling, List<List<Long>> known) {
        long step = Packing.scale(part);
        boolean complete = true;
        long gain = ceiling - ceiling % step;
        for (int i = 0; i < MOST_GAINS && gain > part.gain(known); i++) {
            Filling.Found found = Filling.any(part, kindsOfTargets, gain,
                    Math.min(steps, MOST_STEPS / 8));
            steps -= found.steps();
            complete &= found.complete();
            if (found.amounts().isPresent()) {
                return new Packing.Found(found.amounts(), complete, 0);
            }
            gain -= step;
        }
        if (gain <= part.gain(known)) {
            return new Packing.Found(Optional.empty(), complete, 0);
        }
        Packing.Found found = Packing.most(part, gain, known, fails);
        return new Packing.Found(found.amounts(), complete && found.complete(), found.fails());
    }

    /** The first set of pieces that gains so much; empty if proving is given up. */
    private Optional<Choice> first(long gain) {
        PieceSets sets = new PieceSets(part, gain, 0);
        int fewest = 0;
        Set<List<Integer>> tooLittle = new HashSet<>();
        for (int i = 0; i < MOST_SETS; i++) {
            Set<Integer> pieces = sets.next().orElseThrow(() ->
                    new IllegalStateException("no set of pieces gains " + gain));
            List<Integer> ofKinds = pieces.stream().map(kindsOfPieces::get).sorted().toList();
            if (tooLittle.contains(ofKinds)) {
                continue;
            }
            List<Integer> own = optionsOf(pieces);
            Packing.Found found = packed(part.restrictedTo(own), gain);
            if (found.amounts().isPresent()) {
                return Optional.of(new Choice(spread(own, found.amounts().get()),
                        found.complete()));
            }
            if (!found.complete()) {
                return Optional.empty();
            }
            tooLittle.add(ofKinds);
            if (fewest <= pieces.size() && areTooFew(pieces.size(), gain)) {
                sets = new PieceSets(part, gain, pieces.size() + 1);
            }
            fewest = pieces.size() + 1;
        }
        return Optional.empty();
    }

    /** Whether no set of so many pieces gains so much, whichever they are. */
    private boolean areTooFew(int many, long gain) {
        if (!isWhole || isTogether()) {
            return false;
        }
        Allocation relaxed = Relaxation.of(part, many);
        Filling.Found found = Filling.any(relaxed, Twins.kindsOfTargets(relaxed), gain, steps);
        steps -= found.steps();
        return found.complete() && found.amounts().isEmpty();
    }

    private boolean isTogether() {
        return part.options().stream().anyMatch(option -> option.lines().size() > 1);
    }

    /** The first in stated order that gains so much. */
    private Packing.Found packed(Allocation of, long gain) {
        if (isWhole) {
            Filling.Found found = Filling.first(of, kindsOfTargets, gain, steps);
            steps -= found.steps();
            return new Packing.Found(found.amounts(), found.complete(), 0);
        }
        if (Ceiling.of(of) < gain) {
            return new Packing.Found(Optional.empty(), true, 0);
        }
        List<List<Long>> filled = Greedy.fill(of);
        if (of.gain(filled) == gain) {
            return new Packing.Found(Optional.of(filled), true, 0);
        }
        Packing.Found found = Packing.exactly(of, gain, fails);
        fails -= found.fails();
        return found;
    }

    /** The better of two that are not known to be the best: pieces of much gain go first. */
    private List<List<Long>> unproven(List<List<Long>> known) {
        Map<Integer, Long> most = Ceiling.ofPieces(part);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < part.options().size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingLong(
                i -> -most.getOrDefault(part.options().get(i).piece(), 0L)));
        List<List<Long>> other = spread(order, Greedy.fill(part.restrictedTo(order)));
        return Arrays.compare(worth(other), worth(known)) > 0 ? other : known;
    }

    private long[] worth(List<List<Long>> choice) {
        Set<Integer> pieces = new HashSet<>();
        for (int i = 0; i < choice.size(); i++) {
            if (!choice.get(i).isEmpty()) {
                pieces.add(part.options().get(i).piece());
            }
        }
        return new long[] {part.gain(choice), -pieces.size(),
            -pieces.stream().mapToLong(part.days()::get).sum()};
    }

    private List<Integer> optionsOf(Set<Integer> pieces) {
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < part.options().size(); i++) {
            Option option = part.options().get(i);
            if (pieces.contains(option.piece())) {
                own.add(i);
            }
        }
        return own;
    }

    private List<List<Long>> spread(List<Integer> own, List<List<Long>> amounts) {
        List<List<Long>> all = new ArrayList<>();
        part.options().forEach(option -> all.add(List.of()));
        for (int i = 0; i < own.size(); i++) {
            all.set(own.get(i), amounts.get(i));
        }
        return all;
    }
}
