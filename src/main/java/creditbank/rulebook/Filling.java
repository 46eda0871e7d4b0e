package creditbank.rulebook;

import creditbank.rulebook.Allocation.Line;
import creditbank.rulebook.Allocation.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The first choice in stated order that gains so much, where each line counts whole or not at all.
 * Piece by piece it gives each the first of what it can take that lets the others gain what is
 * missing; whether they can is tried with those first that have the least to choose from. All that
 * open pieces see of what came before is what is left: where they failed with as much left they are
 * not tried again, whichever pieces took it, and of which twin.
 */
final class Filling {

    /**
     * What a search came to.
     *
     * @param amounts  what was found, if anything was
     * @param complete whether all was searched that had to be: if not, what was found gains so
     *                 much, and may not be the first
     * @param steps    how often something was taken
     */
    record Found(Optional<List<List<Long>>> amounts, boolean complete, long steps) {
    }

    /** What the open pieces see. */
    private record State(long[] words) {
        @Override
        public boolean equals(Object other) {
            return other instanceof State state && Arrays.equals(words, state.words);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }
    }

    private final long mostSteps;
    private final List<Option> options;
    /** By piece in order, its first option; at last, their number. */
    private final int[] starts;
    /** The pieces, those with the fewest options first. */
    private final int[] hardest;
    private final Room room;
    private final boolean remembers;
    private final UpperBound bound;
    /** By option, its target and the number of that one's kind. */
    private final int[] targets;
    private final int[] kinds;
    private final int[] none;
    private final Set<State> dead = new HashSet<>();
    private final boolean[] taken;
    /** Of the last filling that gained all, what was taken; empty before the first. */
    private boolean[] known = {};
    private long missing;
    private long steps;
    /** Pieces before this one are done for good. */
    private int settled;

    /** @param ofTargets by target, the number of its kind: twins are of the same */
    private Filling(Allocation asked, Map<Integer, Integer> ofTargets, long gain,
            long mostSteps) {
        this.mostSteps = mostSteps;
        options = asked.options();
        starts = starts(options);
        hardest = IntStream.range(0, starts.length - 1).boxed()
                .sorted(Comparator.comparing(piece -> starts[piece + 1] - starts[piece]))
                .mapToInt(piece -> piece).toArray();
        room = new Room(asked, ofTargets, starts);
        remembers = room.isToldInNumbers();
        bound = new UpperBound(asked);
        targets = options.stream().mapToInt(option -> option.lines().getFirst().target())
                .toArray();
        kinds = Arrays.stream(targets).map(target ->
                Objects.requireNonNull(ofTargets.get(target))).toArray();
        none = new int[ofTargets.size()];
        Arrays.fill(none, -1);
        taken = new boolean[options.size()];
        missing = gain;
    }

    /**
     * @param asked     its options stand in order of their pieces
     * @param ofTargets by target, the number of its kind: twins are of the same
     */
    static Found first(Allocation asked, Map<Integer, Integer> ofTargets, long gain,
            long mostSteps) {
        Filling filling = new Filling(asked, ofTargets, gain, mostSteps);
        boolean found = filling.others(0);
        while (found && filling.settled < filling.hardest.length) {
            int piece = filling.settled++;
            found = filling.fill(piece, filling.starts[piece], filling.none,
                    () -> filling.othersBeside(piece));
            filling.settle(piece);
        }
        return filling.found(found);
    }

    /** Any that gains so much, likewise. */
    static Found any(Allocation asked, Map<Integer, Integer> ofTargets, long gain,
            long mostSteps) {
        Filling filling = new Filling(asked, ofTargets, gain, mostSteps);
        return filling.found(filling.others(0));
    }

    private Found found(boolean found) {
        return new Found(amounts(), found || steps < mostSteps, steps);
    }

    /** For good, as it is known to be best. */
    private void settle(int piece) {
        for (int i = starts[piece]; i < starts[piece + 1]; i++) {
            if (known[i]) {
                take(i, 1);
            }
        }
        open(piece, -1);
    }

    private static int[] starts(List<Option> options) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            if (i == 0 || options.get(i).piece() != options.get(i - 1).piece()) {
                starts.add(i);
            }
        }
        starts.add(options.size());
        return starts.stream().mapToInt(start -> start).toArray();
    }

    /** Whether the pieces that are not settled can gain what is missing: these, hardest first. */
    private boolean others(int place) {
        if (place == hardest.length) {
            known = missing == 0 ? taken.clone() : known;
            return missing == 0;
        }
        int piece = hardest[place];
        if (piece < settled) {
            return others(place + 1);
        }
        if (missing < 0 || bound.most() < missing) {
            return false;
        }
        State state = new State(room.seen(settled, place, missing));
        if (remembers && dead.contains(state)) {
            return false;
        }
        if (fill(piece, starts[piece], none, () -> others(place + 1))) {
            return true;
        }
        if (remembers && steps < mostSteps) {
            dead.add(state);
        }
        return false;
    }

    /** Whether they can with what the last settled piece has: it may be known already. */
    private boolean othersBeside(int piece) {
        return Arrays.equals(taken, starts[piece], starts[piece + 1],
                known, starts[piece], starts[piece + 1]) || others(0);
    }

    /**
     * Whether the rest succeeds with anything that this piece can take, the first of it first. In
     * the end all is given back.
     *
     * @param option  of its options, the first that is not decided
     * @param skipped by kind, the untouched target that it left out: taking its twin instead would
     *                stand later and gain the same
     */
    private boolean fill(int piece, int option, int[] skipped, BooleanSupplier rest) {
        int[] own = skipped;
        for (int i = option; i < starts[piece + 1]; i++) {
            int instead = own[kinds[i]];
            boolean untouched = room.isUntouched(i);
            if (untouched && instead >= 0 && instead != targets[i] || !room.fits(i)) {
                continue;
            }
            if (steps == mostSteps) {
                return false;
            }
            steps++;
            take(i, 1);
            boolean found = fill(piece, i + 1, own, rest);
            take(i, -1);
            if (found) {
                return true;
            }
            if (untouched && instead < 0) {
                own = own == skipped ? own.clone() : own;
                own[kinds[i]] = targets[i];
            }
        }
        open(piece, -1);
        boolean found = rest.getAsBoolean();
        open(piece, 1);
        return found;
    }

    private void open(int piece, int sign) {
        room.open(piece, sign);
        bound.open(piece, sign);
    }

    private void take(int option, int sign) {
        taken[option] = sign > 0;
        missing -= sign * options.get(option).gain();
        room.take(option, sign);
        bound.take(option, sign);
    }

    private Optional<List<List<Long>>> amounts() {
        if (known.length == 0) {
            return Optional.empty();
        }
        List<List<Long>> amounts = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            amounts.add(known[i] ? options.get(i).lines().stream().map(Line::most).toList()
                    : List.of());
        }
        return Optional.of(amounts);
    }
}
