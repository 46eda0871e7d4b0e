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
 * the best one.
 */
final class BestAllocation {

    /** Dead ends that the searches of one part may run into in all before proving is given up. */
    static final long MOST_FAILS = 2_000;

    /** Options that are taken in one part's fillings before proving is given up. */
    static final long MOST_STEPS = 200_000;

    /** Sets of pieces that are looked at in one part before proving is given up. */
    static final int MOST_SETS = 2_000;

    private final Allocation part;
    private long fails = MOST_FAILS;
    private long steps = MOST_STEPS;

    private BestAllocation(Allocation part) {
        this.part = part;
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
        long ceiling = Ceiling.of(part);
        Optional<Choice> best = first(ceiling);
        if (best.isPresent()) {
            return best.get();
        }
        List<List<Long>> most = Greedy.fill(part);
        if (part.gain(most) < ceiling) {
            Packing.Found found = Packing.most(part, ceiling, most, fails);
            fails -= found.fails();
            most = found.amounts().orElse(most);
            best = found.complete() ? first(part.gain(most)) : Optional.empty();
        }
        return best.isPresent() ? best.get() : new Choice(unproven(most), false);
    }

    /** The first set of pieces that gains so much; empty if none does, or proving is given up. */
    private Optional<Choice> first(long gain) {
        PieceSets sets = new PieceSets(part, gain);
        Map<Integer, Integer> kinds = Twins.kinds(part);
        Set<List<Integer>> tooLittle = new HashSet<>();
        for (int i = 0; i < MOST_SETS; i++) {
            Optional<Set<Integer>> pieces = sets.next();
            if (pieces.isEmpty()) {
                return Optional.empty();
            }
            List<Integer> ofKinds = pieces.get().stream().map(kinds::get).sorted().toList();
            if (tooLittle.contains(ofKinds)) {
                continue;
            }
            List<Integer> own = optionsOf(pieces.get());
            Allocation of = part.restrictedTo(own);
            Packing.Found found = packed(of, gain);
            if (found.amounts().isPresent()) {
                return Optional.of(new Choice(spread(own, found.amounts().get()),
                        found.complete()));
            }
            if (!found.complete()) {
                return Optional.empty();
            }
            tooLittle.add(ofKinds);
        }
        return Optional.empty();
    }

    private Packing.Found packed(Allocation of, long gain) {
        boolean whole = of.options().stream().flatMap(option -> option.lines().stream())
                .allMatch(line -> line.least() == line.most());
        if (whole) {
            Filling.Found found = Filling.first(of, gain, steps);
            steps -= found.steps();
            return new Packing.Found(found.amounts(), found.complete(), 0);
        }
        Packing.Found found = Packing.exactly(of, gain, fails);
        fails -= found.fails();
        return found;
    }

    /** The better of two choices that are not known to be the best: pieces of much gain go first. */
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
