package creditbank.rulebook;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The sets of pieces that may gain so much, the best first: fewest pieces, then the least sum of
 * days, then those whose pieces stand first. Whether the pieces of a set get in each other's way is
 * not looked at here: a set left out cannot gain so much, one that is given perhaps can.
 */
final class PieceSets {

    /** So many steps of gain are told apart; more would cost more than they save. */
    private static final int MOST_STEPS = 1_000;

    private final int[] pieces;
    private final long[] cost;
    private final int[] gain;
    /** The least cost at which the pieces from the first index on, so many or more, gain that. */
    private final long[][][] least;
    private final PriorityQueue<Begun> begun = new PriorityQueue<>(
            Comparator.comparingLong(Begun::bound).thenComparing(Begun::taken,
                    (one, other) -> Arrays.compare(other, one)));

    /**
     * A set decided for the first pieces.
     *
     * @param taken whether each is in it
     * @param spent what those in it cost
     * @param needed the gain that is still to come
     * @param fewest so many pieces at least have still to come
     * @param bound  the least that any set begun like this costs
     */
    private record Begun(boolean[] taken, long spent, int needed, int fewest, long bound) {
    }

    /** @param fewest sets of less than so many pieces are left out */
    PieceSets(Allocation asked, long needed, int fewest) {
        TreeMap<Integer, Long> most = new TreeMap<>(Ceiling.ofPieces(asked));
        long step = step(most, needed);
        pieces = most.keySet().stream().mapToInt(piece -> piece).toArray();
        gain = most.values().stream()
                .mapToInt(g -> Math.toIntExact(Math.ceilDiv(Math.min(g, needed), step))).toArray();
        cost = costs(asked.days(), pieces);
        int all = Math.toIntExact(Math.ceilDiv(needed, step));
        least = least(all, fewest);
        begin(new boolean[0], 0, all, fewest);
    }

    private static long step(Map<Integer, Long> most, long needed) {
        BigInteger common = BigInteger.valueOf(needed);
        for (long gain : most.values()) {
            common = common.gcd(BigInteger.valueOf(gain));
        }
        return Math.max(Math.max(1, common.longValueExact()), Math.ceilDiv(needed, MOST_STEPS));
    }

    /** One piece more costs more than any days. */
    private static long[] costs(List<Long> days, int[] pieces) {
        long first = Arrays.stream(pieces).mapToLong(days::get).min().orElse(0);
        long sum = Arrays.stream(pieces).mapToLong(piece -> days.get(piece) - first).sum();
        return Arrays.stream(pieces).mapToLong(piece -> sum + 1 + days.get(piece) - first)
                .toArray();
    }

    private long[][][] least(int all, int fewest) {
        long[][][] table = new long[pieces.length + 1][fewest + 1][all + 1];
        for (long[] row : table[pieces.length]) {
            Arrays.fill(row, Long.MAX_VALUE);
        }
        table[pieces.length][0][0] = 0;
        for (int i = pieces.length - 1; i >= 0; i--) {
            for (int few = 0; few <= fewest; few++) {
                long[] without = table[i + 1][few];
                long[] with = table[i + 1][Math.max(0, few - 1)];
                for (int needed = 0; needed <= all; needed++) {
                    long rest = with[Math.max(0, needed - gain[i])];
                    table[i][few][needed] = rest == Long.MAX_VALUE ? without[needed]
                            : Math.min(without[needed], rest + cost[i]);
                }
            }
        }
        return table;
    }

    /** The next set; empty if there is none. */
    Optional<Set<Integer>> next() {
        for (Begun at = begun.poll(); at != null; at = begun.poll()) {
            int i = at.taken().length;
            if (i == pieces.length) {
                Set<Integer> set = new TreeSet<>();
                for (int piece = 0; piece < i; piece++) {
                    if (at.taken()[piece]) {
                        set.add(pieces[piece]);
                    }
                }
                return Optional.of(set);
            }
            boolean[] taken = Arrays.copyOf(at.taken(), i + 1);
            begin(taken, at.spent(), at.needed(), at.fewest());
            boolean[] with = taken.clone();
            with[i] = true;
            begin(with, at.spent() + cost[i], Math.max(0, at.needed() - gain[i]),
                    Math.max(0, at.fewest() - 1));
        }
        return Optional.empty();
    }

    private void begin(boolean[] taken, long spent, int needed, int fewest) {
        long rest = least[taken.length][fewest][needed];
        if (rest < Long.MAX_VALUE) {
            begun.add(new Begun(taken, spent, needed, fewest, spent + rest));
        }
    }
}
