package creditbank.rulebook;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Targets, or pieces, that could change places without anyone noticing: they have lines with the
 * same pieces, or targets, for the same amounts, under the same bounds. A search that has tried one
 * need not try its twin.
 */
final class Twins {

    /** What is alike in twins: one of these for each option, in stated order. */
    private record Likeness(int other, long least, long most, long worth, Set<Integer> bounds) {
    }

    /** A bound over one twin's lines alone is alike in the other's if it is over the same ones. */
    private record Own(Allocation.Measure measure, long most, List<Integer> lines) {
    }

    private final Allocation asked;
    private final ToIntFunction<At> side;
    private final ToIntFunction<At> other;
    /** Where several targets are asked for together, no place can be changed alone. */
    private final boolean together;
    private final Map<Integer, List<Integer>> optionsOf = new LinkedHashMap<>();
    private final Map<Integer, Set<Integer>> boundsOf = new HashMap<>();

    private Twins(Allocation asked, ToIntFunction<At> side, ToIntFunction<At> other) {
        this.asked = asked;
        this.side = side;
        this.other = other;
        for (int i = 0; i < asked.options().size(); i++) {
            optionsOf.computeIfAbsent(side.applyAsInt(new At(i, 0)), s -> new ArrayList<>()).add(i);
        }
        together = asked.options().stream().anyMatch(option -> option.lines().size() > 1);
        Map<Own, Integer> numbers = new HashMap<>();
        for (int b = 0; b < asked.bounds().size() && !together; b++) {
            Bound bound = asked.bounds().get(b);
            boolean own = bound.lines().stream().mapToInt(side).distinct().count() == 1;
            int mark = own ? numbers.computeIfAbsent(own(bound), o -> -1 - numbers.size()) : b;
            bound.lines().forEach(at -> boundsOf.computeIfAbsent(at.option(),
                    option -> new HashSet<>()).add(mark));
        }
    }

    private Own own(Bound bound) {
        List<Integer> all = Objects.requireNonNull(
                optionsOf.get(side.applyAsInt(bound.lines().getFirst())));
        return new Own(bound.measure(), bound.most(), bound.lines().stream()
                .map(at -> all.indexOf(at.option())).sorted().toList());
    }

    /** Twins among the targets, each with the options before it; more than one, in stated order. */
    static List<List<List<Integer>>> targets(Allocation asked) {
        return targetsByLikeness(asked).values().stream().filter(twins -> twins.size() > 1)
                .toList();
    }

    /** By target, the number of its kind. */
    static Map<Integer, Integer> kindsOfTargets(Allocation asked) {
        Map<Integer, Integer> kinds = new LinkedHashMap<>();
        int kind = 0;
        for (List<List<Integer>> twins : targetsByLikeness(asked).values()) {
            for (List<Integer> options : twins) {
                kinds.put(asked.line(new At(options.getFirst(), 0)).target(), kind);
            }
            kind++;
        }
        for (Allocation.Option option : asked.options()) {
            for (Line line : option.lines()) {
                kinds.putIfAbsent(line.target(), kinds.size());
            }
        }
        return kinds;
    }

    private static Map<Object, List<List<Integer>>> targetsByLikeness(Allocation asked) {
        return new Twins(asked, at -> asked.line(at).target(),
                at -> asked.options().get(at.option()).piece()).twins();
    }

    /** Twins among the pieces, likewise. */
    static List<List<List<Integer>>> pieces(Allocation asked) {
        return byLikeness(asked).values().stream().filter(twins -> twins.size() > 1).toList();
    }

    /** By piece, the number of its kind: twins are of the same. */
    static Map<Integer, Integer> kinds(Allocation asked) {
        Map<Integer, Integer> kinds = new HashMap<>();
        int kind = 0;
        for (List<List<Integer>> twins : byLikeness(asked).values()) {
            for (List<Integer> options : twins) {
                kinds.put(asked.options().get(options.getFirst()).piece(), kind);
            }
            kind++;
        }
        return kinds;
    }

    private static Map<Object, List<List<Integer>>> byLikeness(Allocation asked) {
        return new Twins(asked, at -> asked.options().get(at.option()).piece(),
                at -> asked.line(at).target()).twins();
    }

    private Map<Object, List<List<Integer>>> twins() {
        Map<Object, List<List<Integer>>> alike = new LinkedHashMap<>();
        optionsOf.forEach((which, options) -> alike.computeIfAbsent(
                together ? which : options.stream().map(this::likeness).toList(),
                l -> new ArrayList<>()).add(options));
        return alike;
    }

    private Likeness likeness(int option) {
        At at = new At(option, 0);
        Line line = asked.line(at);
        return new Likeness(other.applyAsInt(at), line.least(), line.most(), line.worth(),
                boundsOf.getOrDefault(option, Set.of()));
    }
}
