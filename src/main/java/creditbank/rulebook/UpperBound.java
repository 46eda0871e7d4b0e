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
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What open pieces can gain at most on top of what is taken: each alone no more than its ceiling,
 * and those that reach nothing but certain rooms together no more than is left in these. A room is
 * what one of some bounds holds that share no line; lines that none of them holds are one more.
 * What is taken and given back, and which pieces are done, has to be told.
 */
final class UpperBound {

    private final List<Bound> bounds;
    private final int[][] roomOf;
    private final long[][] gains;
    /** By piece, what it gains alone, and the sets of rooms that hold all it reaches. */
    private final long[] ceilings;
    private final int[][] within;
    /** What the open pieces gain, each alone; by set of rooms, those that reach nothing else. */
    private long open;
    private final long[] confined;
    /** By set of rooms, what is left in it. */
    private final long[] left;
    /** By room, the sets it is in. */
    private final int[][] setsOf;
    /** By set, those before it that share no room with it. */
    private final int[][] apart;

    UpperBound(Allocation asked) {
        bounds = Ceiling.tightest(asked, bound -> bound.lines().stream()
                .mapToInt(at -> asked.options().get(at.option()).piece()).distinct().count() > 1);
        roomOf = rooms(asked);
        gains = asked.options().stream().map(option -> option.lines().stream()
                .mapToLong(Line::gain).toArray()).toArray(long[][]::new);
        Map<Integer, Long> most = Ceiling.ofPieces(asked);
        List<BitSet> reach = reach(asked, most.keySet());
        List<BitSet> sets = sets(reach);
        ceilings = most.values().stream().mapToLong(ceiling -> ceiling).toArray();
        within = new int[ceilings.length][];
        Arrays.setAll(within, piece -> numbers(sets.size(), set ->
                isWithin(reach.get(piece), sets.get(set))));
        confined = new long[sets.size()];
        for (int piece = 0; piece < ceilings.length; piece++) {
            open(piece, 1);
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
                Objects.requireNonNull(reach.get(asked.options().get(i).piece())).set(room);
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

    /**
     * @param piece by its place among them, as they first stand
     * @param sign  1, or -1 if it is done
     */
    void open(int piece, int sign) {
        open += sign * ceilings[piece];
        for (int set : within[piece]) {
            confined[set] += sign * ceilings[piece];
        }
    }

    /** What the open pieces can gain. */
    long most() {
        long most = 0;
        for (int set = 0; set < left.length; set++) {
            long lost = Math.max(0, confined[set] - left[set]);
            most = Math.max(most, lost);
            for (int i = 0; lost > 0 && i < apart[set].length; i++) {
                int other = apart[set][i];
                most = Math.max(most, lost + confined[other] - left[other]);
            }
        }
        return open - most;
    }
}
