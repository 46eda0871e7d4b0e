package creditbank.rulebook;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Measure;
import creditbank.rulebook.Allocation.Option;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What no choice can gain more than. A choice that reaches it is known to gain most without any
 * search.
 */
final class Ceiling {

    private Ceiling() {
    }

    static long of(Allocation asked) {
        long pieces = ofPieces(asked).values().stream().mapToLong(most -> most).sum();
        return Math.min(Math.min(pieces, ofDisjointBounds(asked)), new UpperBound(asked).most());
    }

    /**
     * By piece, all it can gain under each bound alone; pieces in the order in which they first
     * stand.
     */
    static Map<Integer, Long> ofPieces(Allocation asked) {
        long[] all = new long[asked.days().size()];
        Map<Integer, Long> most = new LinkedHashMap<>();
        for (Option option : asked.options()) {
            all[option.piece()] += option.gain();
        }
        asked.options().forEach(option -> most.put(option.piece(), all[option.piece()]));
        for (Bound bound : asked.bounds()) {
            if (bound.measure() == Measure.CREDITS) {
                lower(asked, bound, all, most);
                continue;
            }
            Map<Integer, List<At>> byPiece = new LinkedHashMap<>();
            for (At at : bound.lines()) {
                byPiece.computeIfAbsent(asked.options().get(at.option()).piece(),
                        piece -> new ArrayList<>()).add(at);
            }
            // One piece is one piece however often, and no more targets than lines.
            byPiece.entrySet().removeIf(of -> bound.most() >= (bound.measure() == Measure.PIECES
                    ? 1 : of.getValue().size()));
            byPiece.forEach((piece, lines) -> most.merge(piece,
                    all[piece] - gain(asked, lines)
                            + under(asked, new Bound(bound.measure(), lines, bound.most())),
                    Math::min));
        }
        return most;
    }

    private static void lower(Allocation asked, Bound bound, long[] all, Map<Integer, Long> most) {
        long[] credits = new long[all.length];
        for (At at : bound.lines()) {
            credits[asked.options().get(at.option()).piece()] += asked.line(at).most();
        }
        for (int piece = 0; piece < credits.length; piece++) {
            if (credits[piece] > bound.most()) {
                most.merge(piece, all[piece] - (credits[piece] - bound.most()), Math::min);
            }
        }
    }

    private static long gain(Allocation asked, List<At> lines) {
        long gain = 0;
        for (At at : lines) {
            gain += asked.line(at).gain();
        }
        return gain;
    }

    /** The most that the lines of a bound gain. */
    static long under(Allocation asked, Bound bound) {
        if (bound.measure() == Measure.CREDITS) {
            return gain(asked, bound.lines()) - saved(asked, bound);
        }
        Map<Integer, Long> gains = new LinkedHashMap<>();
        bound.lines().forEach(at -> gains.merge(asked.counted(bound, at),
                asked.line(at).gain(), Long::sum));
        return gains.values().stream().sorted(Comparator.reverseOrder()).limit(bound.most())
                .mapToLong(gain -> gain).sum();
    }

    private static long ofDisjointBounds(Allocation asked) {
        return all(asked) - tightest(asked).stream().mapToLong(b -> saved(asked, b)).sum();
    }

    private static long all(Allocation asked) {
        return asked.options().stream().mapToLong(Option::gain).sum();
    }

    /**
     * Bounds that share no line each hold their own lines, and what none of them holds can all be
     * gained: of some such sets of bounds, the one that holds down most.
     */
    static List<Bound> tightest(Allocation asked) {
        return tightest(asked, bound -> true);
    }

    /** Likewise, of certain bounds only. */
    static List<Bound> tightest(Allocation asked, Predicate<Bound> which) {
        List<Holding> holdings = holdings(asked, which);
        List<Holding> tightest = List.of();
        long most = 0;
        for (Holding first : holdings) {
            BitSet held = (BitSet) first.lines().clone();
            List<Holding> disjoint = new ArrayList<>(List.of(first));
            for (Holding other : holdings) {
                if (!other.lines().intersects(held)) {
                    held.or(other.lines());
                    disjoint.add(other);
                }
            }
            long saved = disjoint.stream().mapToLong(Holding::saved).sum();
            if (saved > most) {
                most = saved;
                tightest = disjoint;
            }
            if (disjoint.size() == holdings.size()) {
                break;
            }
        }
        return tightest.stream().map(Holding::bound).toList();
    }

    /** A bound that holds its lines down by so much. */
    private record Holding(Bound bound, BitSet lines, long saved) {
    }

    /** The widest first: narrow ones find room beside them. */
    private static List<Holding> holdings(Allocation asked, Predicate<Bound> which) {
        Map<At, Integer> numbers = new HashMap<>();
        List<Holding> holdings = new ArrayList<>();
        for (Bound bound : asked.bounds()) {
            long saved = which.test(bound) ? saved(asked, bound) : 0;
            if (saved > 0) {
                BitSet lines = new BitSet();
                bound.lines().forEach(at ->
                        lines.set(numbers.computeIfAbsent(at, a -> numbers.size())));
                holdings.add(new Holding(bound, lines, saved));
            }
        }
        holdings.sort(Comparator.comparingInt(holding -> -holding.lines().cardinality()));
        return holdings;
    }

    /** How much less than all its lines a bound lets through. */
    private static long saved(Allocation asked, Bound bound) {
        if (bound.measure() != Measure.CREDITS) {
            return gain(asked, bound.lines()) - under(asked, bound);
        }
        long credits = bound.lines().stream().mapToLong(at -> asked.line(at).most()).sum();
        return Math.max(0, credits - bound.most());
    }
}
