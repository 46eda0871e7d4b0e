package creditbank.rulebook;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Line;
import creditbank.rulebook.Allocation.Measure;
import creditbank.rulebook.Allocation.Option;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chocosolver.solver.Model;
import org.chocosolver.solver.Settings;
import org.chocosolver.solver.Solver;
import org.chocosolver.solver.search.strategy.Search;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;

/**
 * Choices of so much gain, by search with whole numbers. It goes through the options in stated
 * order and tries each as full as it fits before leaving it, so what it finds first stands first.
 */
final class Packing {

    /**
     * What a search came to.
     *
     * @param amounts  what was found, if anything was
     * @param complete whether all was searched that had to be
     * @param fails    the dead ends it ran into
     */
    record Found(Optional<List<List<Long>>> amounts, boolean complete, long fails) {
    }

    /** What gains more steps than this is beyond the solver's numbers. */
    private static final int MOST_STEPS = 10_000_000;

    private final Allocation asked;
    private final Model model = new Model("packing",
            Settings.init().setEnableTableSubstitution(false));
    private final long scale;
    private final List<BoolVar> chosen = new ArrayList<>();
    private final List<List<IntVar>> amounts = new ArrayList<>();
    private final List<List<IntVar>> gains = new ArrayList<>();

    private Packing(Allocation asked) {
        this.asked = asked;
        this.scale = scale(asked);
        for (Option option : asked.options()) {
            BoolVar yes = model.boolVar();
            chosen.add(yes);
            List<IntVar> lines = new ArrayList<>();
            List<IntVar> gain = new ArrayList<>();
            for (Line line : option.lines()) {
                lines.add(amount(yes, line));
                gain.add(line.worth() == 0 ? lines.getLast()
                        : yes.mul(small(line.worth())).intVar());
            }
            amounts.add(lines);
            gains.add(gain);
        }
        asked.bounds().forEach(this::post);
        Twins.targets(asked).forEach(this::inStatedOrder);
        Twins.pieces(asked).forEach(this::inStatedOrder);
    }

    /** Of twins, those that stand first are filled first. */
    private void inStatedOrder(List<List<Integer>> twins) {
        List<IntVar[]> rows = twins.stream().map(options -> options.stream()
                .map(option -> asked.line(new At(option, 0)).most() == 0
                        ? chosen.get(option) : amounts.get(option).getFirst())
                .toArray(IntVar[]::new)).toList();
        for (int i = 1; i < rows.size(); i++) {
            model.lexLessEq(rows.get(i), rows.get(i - 1)).post();
        }
    }

    /** More than what is known, as much as there can be. */
    static Found most(Allocation asked, long ceiling, List<List<Long>> known, long fails) {
        if (isTooLarge(asked)) {
            return new Found(Optional.empty(), false, 0);
        }
        Packing packing = new Packing(asked);
        if (asked.gain(known) + packing.scale > ceiling) {
            return new Found(Optional.empty(), true, 0);
        }
        IntVar gain = packing.gain(asked.gain(known) + packing.scale, ceiling);
        Solver solver = packing.solver(fails);
        packing.model.setObjective(Model.MAXIMIZE, gain);
        Optional<List<List<Long>>> best = Optional.empty();
        while (solver.solve()) {
            best = Optional.of(packing.values());
        }
        return new Found(best, !solver.isStopCriterionMet(), solver.getFailCount());
    }

    /** The first in stated order that gains exactly so much. */
    static Found exactly(Allocation asked, long gain, long fails) {
        if (isTooLarge(asked)) {
            return new Found(Optional.empty(), false, 0);
        }
        Packing packing = new Packing(asked);
        if (gain % packing.scale != 0) {
            return new Found(Optional.empty(), true, 0);
        }
        packing.gain(gain, gain);
        Solver solver = packing.solver(fails);
        Optional<List<List<Long>>> first = solver.solve() ? Optional.of(packing.values())
                : Optional.empty();
        return new Found(first, first.isPresent() || !solver.isStopCriterionMet(),
                solver.getFailCount());
    }

    private static boolean isTooLarge(Allocation asked) {
        long all = asked.options().stream().mapToLong(Option::gain).sum();
        return all / scale(asked) > MOST_STEPS
                || asked.bounds().stream().anyMatch(b -> b.most() / scale(asked) > MOST_STEPS);
    }

    /** Small numbers search faster. */
    static long scale(Allocation asked) {
        BigInteger common = BigInteger.ZERO;
        for (Option option : asked.options()) {
            for (Line line : option.lines()) {
                common = common.gcd(BigInteger.valueOf(line.most()))
                        .gcd(BigInteger.valueOf(line.worth()));
                common = line.least() == line.most() ? common : BigInteger.ONE;
            }
        }
        return Math.max(1, common.longValueExact());
    }

    private int small(long hundredths) {
        return Math.toIntExact(hundredths / scale);
    }

    private IntVar amount(BoolVar yes, Line line) {
        int most = small(line.most());
        if (line.least() == line.most()) {
            return most == 0 ? model.intVar(0) : yes.mul(most).intVar();
        }
        IntVar amount = model.intVar(0, most, true);
        amount.le(yes.mul(most)).post();
        amount.ge(yes.mul(small(line.least()))).post();
        return amount;
    }

    private void post(Bound bound) {
        if (bound.measure() == Measure.CREDITS) {
            IntVar[] terms = bound.lines().stream()
                    .map(at -> amounts.get(at.option()).get(at.line())).toArray(IntVar[]::new);
            model.sum(terms, "<=", small(bound.most())).post();
            return;
        }
        Map<Integer, Set<BoolVar>> groups = new LinkedHashMap<>();
        for (At at : bound.lines()) {
            groups.computeIfAbsent(asked.counted(bound, at), key -> new LinkedHashSet<>())
                    .add(chosen.get(at.option()));
        }
        BoolVar[] used = groups.values().stream().map(this::any).toArray(BoolVar[]::new);
        model.sum(used, "<=", Math.toIntExact(bound.most())).post();
    }

    private BoolVar any(Set<BoolVar> options) {
        if (options.size() == 1) {
            return options.iterator().next();
        }
        BoolVar any = model.boolVar();
        model.max(any, options.toArray(BoolVar[]::new)).post();
        return any;
    }

    /**
     * The gain, summed twice: over pieces, and over the bounds that hold it down most. Each of
     * these has a ceiling of its own, so what one falls short of is soon missed in the whole.
     */
    private IntVar gain(long least, long most) {
        IntVar gain = model.intVar(small(least), small(most), true);
        Map<Integer, List<IntVar>> byPiece = new LinkedHashMap<>();
        Map<At, IntVar> free = new LinkedHashMap<>();
        for (int i = 0; i < gains.size(); i++) {
            byPiece.computeIfAbsent(asked.options().get(i).piece(), p -> new ArrayList<>())
                    .addAll(gains.get(i));
            for (int j = 0; j < gains.get(i).size(); j++) {
                free.put(new At(i, j), gains.get(i).get(j));
            }
        }
        List<IntVar> ofPieces = new ArrayList<>();
        Ceiling.ofPieces(asked).forEach((piece, ceiling) ->
                ofPieces.add(sum(byPiece.getOrDefault(piece, List.of()), ceiling)));
        model.sum(ofPieces.toArray(IntVar[]::new), "=", gain).post();
        List<IntVar> ofBounds = new ArrayList<>();
        for (Bound bound : Ceiling.tightest(asked)) {
            List<IntVar> held = bound.lines().stream()
                    .map(at -> gains.get(at.option()).get(at.line())).toList();
            free.keySet().removeAll(bound.lines());
            ofBounds.add(sum(held, Ceiling.under(asked, bound)));
        }
        ofBounds.addAll(free.values());
        model.sum(ofBounds.toArray(IntVar[]::new), "=", gain).post();
        return gain;
    }

    private IntVar sum(List<IntVar> terms, long ceiling) {
        IntVar sum = model.intVar(0, small(ceiling), true);
        model.sum(terms.toArray(IntVar[]::new), "=", sum).post();
        return sum;
    }

    private Solver solver(long fails) {
        List<IntVar> order = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            order.add(chosen.get(i));
            order.addAll(amounts.get(i));
        }
        Solver solver = model.getSolver();
        solver.setSearch(Search.inputOrderUBSearch(order.toArray(IntVar[]::new)));
        solver.limitFail(fails);
        return solver;
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
