package creditbank.rulebook;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Choice;
import creditbank.rulebook.Allocation.Line;
import creditbank.rulebook.Allocation.Option;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chocosolver.solver.Model;
import org.chocosolver.solver.Solver;
import org.chocosolver.solver.search.strategy.Search;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;

/**
 * The best choice: most gain; then fewest pieces; then the earliest (the least sum of the pieces'
 * days); then the first in stated order. Exact: whole numbers, and a bound of steps and no clock ends
 * the search.
 */
final class BestAllocation {

    /** Dead ends a search may run into before it gives up proving. */
    static final int MOST_FAILS = 2_000;

    private final Allocation asked;
    private final Model model = new Model();
    private final long scale;
    private final List<BoolVar> chosen = new ArrayList<>();
    private final List<List<IntVar>> amounts = new ArrayList<>();
    private final List<IntVar> gains = new ArrayList<>();
    private boolean proven = true;

    private BestAllocation(Allocation asked) {
        this.asked = asked;
        this.scale = scale(asked);
    }

    static Choice of(Allocation asked) {
        Allocation tight = withoutIdleBounds(asked);
        List<List<Long>> amounts = new ArrayList<>();
        asked.options().forEach(option -> amounts.add(List.of()));
        boolean proven = true;
        for (List<Integer> part : parts(tight)) {
            Choice choice = ofPart(restricted(tight, part));
            proven &= choice.proven();
            for (int i = 0; i < part.size(); i++) {
                amounts.set(part.get(i), choice.amounts().get(i));
            }
        }
        return new Choice(List.copyOf(amounts), proven);
    }

    private static Choice ofPart(Allocation part) {
        if (part.bounds().isEmpty()) {
            return new Choice(part.options().stream().map(option -> option.lines().stream()
                    .map(Line::most).toList()).toList(), true);
        }
        return new BestAllocation(part).best();
    }

    // ------------------------------------------------------------------ taking apart

    /** Bounds that not even all lines together could pass. */
    private static Allocation withoutIdleBounds(Allocation asked) {
        return new Allocation(asked.pieces(), asked.days(), asked.options(), asked.bounds().stream()
                .filter(bound -> all(asked, bound) > bound.most()).toList());
    }

    private static long all(Allocation asked, Bound bound) {
        return switch (bound.measure()) {
            case CREDITS -> bound.lines().stream().mapToLong(at -> line(asked, at).most()).sum();
            case PIECES -> bound.lines().stream()
                    .map(at -> asked.options().get(at.option()).piece()).distinct().count();
            case TARGETS -> bound.lines().stream().map(at -> line(asked, at).target())
                    .distinct().count();
        };
    }

    private static Line line(Allocation asked, At at) {
        return asked.options().get(at.option()).lines().get(at.line());
    }

    /** Options that no bound and no piece ties together do not compete. */
    private static List<List<Integer>> parts(Allocation asked) {
        int[] head = new int[asked.options().size()];
        Arrays.setAll(head, i -> i);
        int[] ofPiece = new int[asked.pieces()];
        Arrays.fill(ofPiece, -1);
        for (int i = 0; i < head.length; i++) {
            int piece = asked.options().get(i).piece();
            if (ofPiece[piece] < 0) {
                ofPiece[piece] = i;
            }
            join(head, ofPiece[piece], i);
        }
        for (Bound bound : asked.bounds()) {
            bound.lines().forEach(at -> join(head, bound.lines().getFirst().option(),
                    at.option()));
        }
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

    private static Allocation restricted(Allocation asked, List<Integer> part) {
        int[] number = new int[asked.options().size()];
        Arrays.fill(number, -1);
        for (int i = 0; i < part.size(); i++) {
            number[part.get(i)] = i;
        }
        List<Bound> bounds = asked.bounds().stream()
                .filter(bound -> number[bound.lines().getFirst().option()] >= 0)
                .map(bound -> new Bound(bound.measure(), bound.lines().stream()
                        .map(at -> new At(number[at.option()], at.line())).toList(),
                        bound.most()))
                .toList();
        return new Allocation(asked.pieces(), asked.days(),
                part.stream().map(asked.options()::get).toList(), bounds);
    }

    // ------------------------------------------------------------------ the model

    /** Small numbers search faster, and stay within the solver's ints. */
    private static long scale(Allocation asked) {
        BigInteger common = BigInteger.ZERO;
        for (Option option : asked.options()) {
            for (Line line : option.lines()) {
                common = common.gcd(BigInteger.valueOf(line.most()))
                        .gcd(BigInteger.valueOf(line.gain()));
                common = line.least() == line.most() ? common : BigInteger.ONE;
            }
        }
        for (Bound bound : asked.bounds()) {
            boolean parts = bound.lines().stream()
                    .anyMatch(at -> line(asked, at).least() != line(asked, at).most());
            common = parts ? common.gcd(BigInteger.valueOf(bound.most())) : common;
        }
        return Math.max(1, common.longValue());
    }

    private int small(long hundredths) {
        return Math.toIntExact(hundredths / scale);
    }

    private Choice best() {
        for (Option option : asked.options()) {
            BoolVar yes = model.boolVar();
            chosen.add(yes);
            List<IntVar> lines = new ArrayList<>();
            for (Line line : option.lines()) {
                lines.add(amount(yes, line));
                gains.add(line.gain() == 0 ? lines.getLast()
                        : yes.mul(small(line.gain())).intVar());
            }
            amounts.add(lines);
        }
        asked.bounds().forEach(this::post);
        return search();
    }

    private IntVar amount(BoolVar yes, Line line) {
        int most = small(line.most());
        if (line.least() == line.most()) {
            return most == 0 ? model.intVar(0) : yes.mul(most).intVar();
        }
        IntVar amount = model.intVar(0, most, true);
        amount.le(yes.mul(most)).post();
        amount.ge(yes).post();
        return amount;
    }

    private void post(Bound bound) {
        if (bound.measure() == Allocation.Measure.CREDITS) {
            IntVar[] terms = bound.lines().stream()
                    .map(at -> amounts.get(at.option()).get(at.line())).toArray(IntVar[]::new);
            model.sum(terms, "<=", small(bound.most())).post();
            return;
        }
        Map<Integer, Set<BoolVar>> groups = new LinkedHashMap<>();
        for (At at : bound.lines()) {
            int key = bound.measure() == Allocation.Measure.PIECES
                    ? asked.options().get(at.option()).piece() : line(asked, at).target();
            groups.computeIfAbsent(key, k -> new HashSet<>()).add(chosen.get(at.option()));
        }
        BoolVar[] used = groups.values().stream().map(this::any).toArray(BoolVar[]::new);
        model.sum(used, "<=", Math.toIntExact(bound.most())).post();
    }

    private BoolVar any(Set<BoolVar> options) {
        if (options.size() == 1) {
            return options.iterator().next();
        }
        BoolVar any = model.boolVar();
        model.max(any, options.stream().sorted().toArray(BoolVar[]::new)).post();
        return any;
    }

    // ------------------------------------------------------------------ the search

    private Choice search() {
        long most = asked.options().stream().flatMap(option -> option.lines().stream())
                .mapToLong(line -> Math.max(line.most(), line.gain())).sum();
        IntVar gain = model.intVar(0, small(Math.min(most, mostGain())), true);
        model.sum(gains.toArray(IntVar[]::new), "=", gain).post();
        Map<Integer, Set<BoolVar>> byPiece = new LinkedHashMap<>();
        for (int i = 0; i < chosen.size(); i++) {
            byPiece.computeIfAbsent(asked.options().get(i).piece(), p -> new HashSet<>())
                    .add(chosen.get(i));
        }
        long zero = byPiece.keySet().stream().mapToLong(asked.days()::get).min().orElse(0);
        List<BoolVar> used = new ArrayList<>();
        List<Integer> days = new ArrayList<>();
        byPiece.forEach((piece, options) -> {
            used.add(any(options));
            days.add(Math.toIntExact(asked.days().get(piece) - zero));
        });
        IntVar pieces = model.intVar(0, used.size());
        model.sum(used.toArray(BoolVar[]::new), "=", pieces).post();
        int[] day = days.stream().mapToInt(d -> d).toArray();
        IntVar early = model.intVar(0, Arrays.stream(day).sum(), true);
        model.scalar(used.toArray(BoolVar[]::new), day, "=", early).post();

        List<List<Long>> best = optimise(Model.MAXIMIZE, gain, 0, greedy(), nothing());
        pieces.ge(fewestPieces(best)).post();
        best = optimise(Model.MINIMIZE, pieces, piecesOf(best).size(), greedy(), best);
        int sum = piecesOf(best).stream()
                .mapToInt(piece -> Math.toIntExact(asked.days().get(piece) - zero)).sum();
        best = optimise(Model.MINIMIZE, early, sum, greedy(), best);
        return new Choice(first(best), proven);
    }

    private static long gain(Line line) {
        return Math.max(line.most(), line.gain());
    }

    /**
     * No choice gains more: bounds that share no line each cap their own lines, and what none of
     * them caps may all be gained. Reaching it proves the best without more search.
     */
    private long mostGain() {
        List<Bound> credits = asked.bounds().stream()
                .filter(bound -> bound.measure() == Allocation.Measure.CREDITS)
                .sorted(Comparator.comparingInt((Bound bound) -> -bound.lines().size())).toList();
        long least = Long.MAX_VALUE;
        for (Bound first : credits) {
            Set<At> covered = new HashSet<>(first.lines());
            long most = capped(first);
            for (Bound other : credits) {
                if (other.lines().stream().noneMatch(covered::contains)) {
                    covered.addAll(other.lines());
                    most += capped(other);
                }
            }
            for (int i = 0; i < asked.options().size(); i++) {
                for (int j = 0; j < asked.options().get(i).lines().size(); j++) {
                    most += covered.contains(new At(i, j)) ? 0
                            : gain(asked.options().get(i).lines().get(j));
                }
            }
            least = Math.min(least, most);
        }
        return least;
    }

    /** What the lines of a bound gain at most: their credits up to it, and every exemption. */
    private long capped(Bound bound) {
        return bound.most() + bound.lines().stream().mapToLong(at -> line(asked, at).gain()).sum();
    }

    /** No choice that gains as much uses fewer: the pieces that can gain most come first. */
    private int fewestPieces(List<List<Long>> known) {
        Map<Integer, Long> perPiece = new LinkedHashMap<>();
        long gained = 0;
        for (int i = 0; i < known.size(); i++) {
            Option option = asked.options().get(i);
            for (int j = 0; j < known.get(i).size(); j++) {
                gained += Math.max(known.get(i).get(j), option.lines().get(j).gain());
            }
            perPiece.merge(option.piece(), option.lines().stream()
                    .mapToLong(BestAllocation::gain).sum(), Long::sum);
        }
        for (Bound bound : asked.bounds()) {
            int piece = asked.options().get(bound.lines().getFirst().option()).piece();
            boolean whole = bound.lines().stream()
                    .allMatch(at -> asked.options().get(at.option()).piece() == piece);
            long all = whole ? pieceUnder(piece, bound) : Long.MAX_VALUE;
            perPiece.merge(piece, all, Math::min);
        }
        List<Long> most = perPiece.values().stream().sorted(Comparator.reverseOrder()).toList();
        int pieces = 0;
        for (long sum = 0; sum < gained && pieces < most.size(); pieces++) {
            sum += most.get(pieces);
        }
        return pieces;
    }

    /** What one piece can gain under a bound that looks at its lines alone. */
    private long pieceUnder(int piece, Bound bound) {
        Set<At> lines = new HashSet<>(bound.lines());
        long outside = 0;
        long largest = 0;
        long within = 0;
        for (int i = 0; i < asked.options().size(); i++) {
            if (asked.options().get(i).piece() != piece) {
                continue;
            }
            for (int j = 0; j < asked.options().get(i).lines().size(); j++) {
                Line line = asked.options().get(i).lines().get(j);
                outside += lines.contains(new At(i, j)) ? 0 : gain(line);
                within += lines.contains(new At(i, j)) ? line.gain() : 0;
                largest = lines.contains(new At(i, j)) ? Math.max(largest, gain(line)) : largest;
            }
        }
        return outside + switch (bound.measure()) {
            case CREDITS -> bound.most() + within;
            case TARGETS -> bound.most() == 1 && onceEach(piece) ? largest : Long.MAX_VALUE / 4;
            case PIECES -> bound.most() == 0 ? 0 : Long.MAX_VALUE / 4;
        };
    }

    /** Whether no two lines of a piece are before the same target. */
    private boolean onceEach(int piece) {
        List<Integer> targets = asked.options().stream().filter(option -> option.piece() == piece)
                .flatMap(option -> option.lines().stream()).map(Line::target).toList();
        return targets.size() == new HashSet<>(targets).size();
    }

    private List<BoolVar> greedy() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingLong((Integer i) -> -asked.options().get(i).lines().stream()
                .mapToLong(line -> Math.max(line.most(), line.gain())).sum()));
        return order.stream().map(chosen::get).toList();
    }

    /** One criterion after the other; each is then held at the best that was found. */
    private List<List<Long>> optimise(boolean up, IntVar criterion, int measured,
            List<BoolVar> order, List<List<Long>> known) {
        Solver solver = started(order);
        model.setObjective(up, criterion);
        List<List<Long>> best = known;
        int value = measured;
        if (up) {
            criterion.ge(value).post();
        } else {
            criterion.le(value).post();
        }
        while (solver.solve()) {
            value = criterion.getValue();
            best = values();
        }
        proven &= !solver.isStopCriterionMet();
        solver.reset();
        model.clearObjective();
        criterion.eq(value).post();
        return best;
    }

    /** Of all that are as good, the first in stated order: choosing an option comes before not. */
    private List<List<Long>> first(List<List<Long>> known) {
        Solver solver = started(chosen);
        boolean found = solver.solve();
        List<List<Long>> first = found ? values() : known;
        proven &= found;
        return first;
    }

    private Solver started(List<BoolVar> order) {
        Solver solver = model.getSolver();
        IntVar[] options = order.toArray(IntVar[]::new);
        IntVar[] lines = amounts.stream().flatMap(List::stream).toArray(IntVar[]::new);
        solver.setSearch(Search.inputOrderUBSearch(options), Search.inputOrderUBSearch(lines));
        solver.limitFail(MOST_FAILS);
        return solver;
    }

    private Set<Integer> piecesOf(List<List<Long>> choice) {
        Set<Integer> pieces = new TreeSet<>();
        for (int i = 0; i < choice.size(); i++) {
            if (!choice.get(i).isEmpty()) {
                pieces.add(asked.options().get(i).piece());
            }
        }
        return pieces;
    }

    private List<List<Long>> nothing() {
        return asked.options().stream().map(option -> List.<Long>of()).toList();
    }

    private List<List<Long>> values() {
        List<List<Long>> values = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            values.add(chosen.get(i).getValue() == 0 ? List.of() : amounts.get(i).stream()
                    .map(amount -> amount.getValue() * scale).toList());
        }
        return values;
    }
}
