package creditbank.rulebook;

import creditbank.rulebook.Allocation.Line;
import creditbank.rulebook.Allocation.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The first choice in stated order that gains so much, where each line counts whole or not at all.
 * Piece by piece it takes what fits and goes back where the rest can no longer gain what is
 * missing. All that the pieces after one see of what came before is what is left: where they failed
 * with as much left they are not tried again, whichever pieces took it, and of which twin.
 */
final class Filling {

    /**
     * What a search came to.
     *
     * @param amounts  what was found, if anything was
     * @param complete whether all was searched that had to be
     * @param steps    how often something was taken
     */
    record Found(Optional<List<List<Long>>> amounts, boolean complete, long steps) {
    }

    /** What the pieces after one find. */
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
    private final Room room;
    private final Cuts cuts;
    /** By option, the number of its target's kind; a kind has one target only if it has no twins. */
    private final int[] kinds;
    private final Set<State> dead = new HashSet<>();
    private final int[] none;
    private final boolean[] taken;
    private long missing;
    private long steps;

    private Filling(Allocation asked, long gain, long mostSteps) {
        this.mostSteps = mostSteps;
        options = asked.options();
        starts = starts(options);
        room = new Room(asked);
        cuts = new Cuts(asked);
        Map<Integer, Integer> ofTargets = Twins.kindsOfTargets(asked);
        kinds = options.stream().mapToInt(option ->
                ofTargets.get(option.lines().getFirst().target())).toArray();
        none = new int[ofTargets.size()];
        Arrays.fill(none, -1);
        taken = new boolean[options.size()];
        missing = gain;
    }

    /** @param asked its options stand in order of their pieces */
    static Found first(Allocation asked, long gain, long mostSteps) {
        Filling filling = new Filling(asked, gain, mostSteps);
        boolean found = filling.fill(0);
        return new Found(found ? Optional.of(filling.amounts()) : Optional.empty(),
                found || filling.steps < mostSteps, filling.steps);
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

    /** Whether this piece, by its place, and those after it can gain what is missing. */
    private boolean fill(int piece) {
        if (piece == starts.length - 1) {
            return missing == 0;
        }
        if (cuts.most(piece) < missing) {
            return false;
        }
        State state = new State(room.seenFrom(starts[piece], missing));
        if (dead.contains(state)) {
            return false;
        }
        if (fill(piece, starts[piece], none)) {
            return true;
        }
        if (steps < mostSteps) {
            dead.add(state);
        }
        return false;
    }

    /**
     * @param option  of this piece's options, the first that is not decided
     * @param skipped by kind, the untouched target that this piece left out: taking its twin
     *                instead would stand later and gain the same
     */
    private boolean fill(int piece, int option, int[] skipped) {
        int[] own = skipped;
        for (int i = option; i < starts[piece + 1]; i++) {
            boolean untouched = room.isUntouched(i);
            int target = options.get(i).lines().getFirst().target();
            int instead = own[kinds[i]];
            if (untouched && instead >= 0 && instead != target || !room.fits(i)) {
                continue;
            }
            if (steps == mostSteps) {
                return false;
            }
            steps++;
            take(i, 1);
            if (fill(piece, i + 1, own)) {
                return true;
            }
            take(i, -1);
            if (untouched && instead < 0) {
                own = own == skipped ? own.clone() : own;
                own[kinds[i]] = target;
            }
        }
        return fill(piece + 1);
    }

    private void take(int option, int sign) {
        taken[option] = sign > 0;
        missing -= sign * options.get(option).gain();
        room.take(option, sign);
        cuts.take(option, sign);
    }

    private List<List<Long>> amounts() {
        List<List<Long>> amounts = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            amounts.add(taken[i] ? options.get(i).lines().stream().map(Line::most)
                    .toList() : List.of());
        }
        return amounts;
    }
}
