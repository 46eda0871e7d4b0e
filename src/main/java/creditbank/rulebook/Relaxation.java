package creditbank.rulebook;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Line;
import creditbank.rulebook.Allocation.Measure;
import creditbank.rulebook.Allocation.Option;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A few pieces each of which may all that any piece may: what these cannot gain, no so few can. For
 * options of one line each.
 */
final class Relaxation {

    /** What is alike in lines of different pieces: all they count, and the bounds across pieces. */
    private record Likeness(Line line, Set<Integer> bounds) {
    }

    private final Allocation asked;
    private final List<Boolean> across;
    private final List<Set<Integer>> boundsOf = new ArrayList<>();
    private final Map<Integer, List<Integer>> optionsOf = new LinkedHashMap<>();

    private Relaxation(Allocation asked) {
        this.asked = asked;
        across = asked.bounds().stream().map(bound -> bound.lines().stream()
                .mapToInt(at -> asked.options().get(at.option()).piece()).distinct().count() > 1)
                .toList();
        for (int i = 0; i < asked.options().size(); i++) {
            boundsOf.add(new TreeSet<>());
            optionsOf.computeIfAbsent(asked.options().get(i).piece(), p -> new ArrayList<>())
                    .add(i);
        }
        for (int b = 0; b < across.size(); b++) {
            for (At at : asked.bounds().get(b).lines()) {
                boundsOf.get(at.option()).add(b);
            }
        }
    }

    static Allocation of(Allocation asked, int many) {
        return new Relaxation(asked).pieces(many);
    }

    private Allocation pieces(int many) {
        Map<Likeness, Integer> lines = new LinkedHashMap<>();
        for (int i = 0; i < boundsOf.size(); i++) {
            Set<Integer> bounds = new TreeSet<>(boundsOf.get(i));
            bounds.removeIf(b -> !across.get(b));
            lines.putIfAbsent(new Likeness(asked.line(new At(i, 0)), bounds), i);
        }
        List<Integer> own = new ArrayList<>(lines.values());
        own.sort((one, other) -> Long.compare(asked.options().get(other).gain(),
                asked.options().get(one).gain()));
        List<Option> options = new ArrayList<>();
        List<Bound> bounds = new ArrayList<>();
        Map<Integer, List<At>> held = new HashMap<>();
        for (int piece = 0; piece < many; piece++) {
            List<At> all = new ArrayList<>();
            for (int option : own) {
                At at = new At(options.size(), 0);
                all.add(at);
                options.add(new Option(piece, asked.options().get(option).lines()));
                boundsOf.get(option).stream().filter(across::get).forEach(b ->
                        held.computeIfAbsent(b, o -> new ArrayList<>()).add(at));
            }
            bounds.add(new Bound(Measure.CREDITS, all, most(Measure.CREDITS)));
            bounds.add(new Bound(Measure.TARGETS, all, most(Measure.TARGETS)));
        }
        held.forEach((b, at) -> bounds.add(new Bound(asked.bounds().get(b).measure(), at,
                asked.bounds().get(b).most())));
        return new Allocation(Collections.nCopies(many, 0L), options, bounds)
                .withoutIdleBounds();
    }

    /** What the piece that is let most may have of this. */
    private long most(Measure measure) {
        return optionsOf.values().stream().mapToLong(options -> most(measure, options)).max()
                .orElse(0);
    }

    private long most(Measure measure, List<Integer> options) {
        long most = measure == Measure.CREDITS
                ? options.stream().mapToLong(i -> asked.line(new At(i, 0)).most()).sum()
                : options.stream().map(i -> asked.line(new At(i, 0)).target()).distinct().count();
        for (int b : boundsOf.get(options.getFirst())) {
            Bound bound = asked.bounds().get(b);
            if (bound.measure() == measure && options.stream().allMatch(i ->
                    boundsOf.get(i).contains(b))) {
                most = Math.min(most, bound.most());
            }
        }
        return most;
    }
}
