package creditbank.rulebook;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the last pieces can gain at most on top of what is taken: each alone no more than its
 * ceiling, and those that reach nothing but certain rooms together no more than is left in these. A
 * room is what one of some bounds holds that share no line; lines that none of them holds are one
 * more. The options stand in order of their pieces; what is taken and given back has to be told.
 */
final class Cuts {

    private final List<Bound> bounds;
    private final int[][] roomOf;
    private final long[][] gains;
    /** By piece, all that it and those after it gain, each alone. */
    private final long[] from;
    /** By set of rooms and piece, the same of those that reach nothing else. */
    private final long[][] confined;
    /** By set of rooms, what is left in it. */
    private final long[] left;
    /** By room, the sets it is in. */
    private final int[][] setsOf;
    /** By set, those before it that share no room with it. */
    private final int[][] apart;

    Cuts(Allocation asked) {
        bounds = Ceiling.tightest(asked, bound -> bound.lines().stream()
                .mapToInt(at -> asked.options().get(at.option()).piece()).distinct().count() > 1);
        roomOf = rooms(asked);
        gains = asked.options().stream().map(option -> option.lines().stream()
                .mapToLong(Line::gain).toArray()).toArray(long[][]::new);
        Map<Integer, Long> most = Ceiling.ofPieces(asked);
        List<BitSet> reach = reach(asked, most.keySet());
        List<BitSet> sets = sets(reach);
        from = new long[most.size() + 1];
        confined = new long[sets.size()][most.size() + 1];
        List<Long> ceilings = List.copyOf(most.values());
        for (int piece = ceilings.size() - 1; piece >= 0; piece--) {
            from[piece] = from[piece + 1] + ceilings.get(piece);
            for (int set = 0; set < confined.length; set++) {
                confined[set][piece] = confined[set][piece + 1]
                        + (isWithin(reach.get(piece), sets.get(set)) ? ceilings.get(piece) : 0);
            }
        }
        long[] rooms = capacities(asked);
        left = sets.stream().mapToLong(set -> set.stream().mapToLong(room -> rooms[room]).sum())
                .toArray();
        setsOf = new int[rooms.length][];
        Arrays.setAll(setsOf, room -> numbers(sets.size(), set -> sets.get(set).get(room)));
        apart = new int[sets.size()][];
        Arrays.setAll(apart, set -> numbers(set, other ->
                !sets.get(set).intersects(sets.get(other))));
    }

    private static int[] numbers(int many, IntPredicate which) {
        return IntStream.range(0, many).filter(which).toArray();
    }

    private int[][] rooms(Allocation asked) {
        int[][] rooms = asked.options().stream().map(option -> {
            int[] none = new int[option.lines().size()];
            Arrays.fill(none, bounds.size());
            return none;
        }).toArray(int[][]::new);
        for (int room = 0; room < bounds.size(); room++) {
            for (At at : bounds.get(room).lines()) {
                rooms[at.option()][at.line()] = room;
            }
        }
        return rooms;
    }

    private long[] capacities(Allocation asked) {
        long[] capacities = new long[bounds.size() + 1];
        for (int i = 0; i < gains.length; i++) {
            for (int j = 0; j < gains[i].length; j++) {
                capacities[roomOf[i][j]] += gains[i][j];
            }
        }
        for (int room = 0; room < bounds.size(); room++) {
            capacities[room] = Ceiling.under(asked, bounds.get(room));
        }
        return capacities;
    }

    /** By piece, the rooms that it reaches. */
    private List<BitSet> reach(Allocation asked, Set<Integer> pieces) {
        Map<Integer, BitSet> reach = new HashMap<>();
        pieces.forEach(piece -> reach.put(piece, new BitSet()));
        for (int i = 0; i < roomOf.length; i++) {
            for (int room : roomOf[i]) {
                reach.get(asked.options().get(i).piece()).set(room);
            }
        }
        return pieces.stream().map(reach::get).toList();
    }

    /** What some piece reaches, and all that any does. */
    private static List<BitSet> sets(List<BitSet> reach) {
        Set<BitSet> sets = new LinkedHashSet<>(reach);
        BitSet all = new BitSet();
        reach.forEach(all::or);
        sets.add(all);
        return new ArrayList<>(sets);
    }

    private static boolean isWithin(BitSet one, BitSet other) {
        BitSet outside = (BitSet) one.clone();
        outside.andNot(other);
        return outside.isEmpty();
    }

    /** @param sign 1, or -1 to give back */
    void take(int option, int sign) {
        for (int line = 0; line < gains[option].length; line++) {
            for (int set : setsOf[roomOf[option][line]]) {
                left[set] -= sign * gains[option][line];
            }
        }
    }

    /** What this piece, by its place among them, and those after it can gain. */
    long most(int piece) {
        long[] lost = new long[left.length];
        long most = 0;
        for (int set = 0; set < lost.length; set++) {
            lost[set] = Math.max(0, confined[set][piece] - left[set]);
            most = Math.max(most, lost[set]);
            if (lost[set] > 0) {
                for (int other : apart[set]) {
                    most = Math.max(most, lost[set] + lost[other]);
                }
            }
        }
        return from[piece] - most;
    }
}
