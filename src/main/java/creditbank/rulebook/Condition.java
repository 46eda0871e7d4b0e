package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Comparison;
import creditbank.api.recognition.Shortfall;
import creditbank.api.recognition.Value;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Something that holds for a scene or does not; when it does not, it says what is missing. */
sealed interface Condition {

    Condition ALWAYS = new All(List.of());

    record All(List<Condition> parts) implements Condition {
    }

    record Any(List<Condition> parts) implements Condition {
    }

    record Not(Condition part) implements Condition {
    }

    /** One attribute held against one or several operands. */
    record Test(Attribute attribute, Comparison how, List<Operand> against) implements Condition {

        boolean passes(@Nullable Value value, Scene scene, Scales scales) {
            return Condition.passes(this, value, scene, scales);
        }

        /** What it is held against, as the rulebook has it. */
        String written() {
            return against.stream().map(Condition::missingName)
                    .collect(Collectors.joining(how == Comparison.BETWEEN
                            || how == Comparison.EACH_YEAR_BETWEEN ? ".." : ","));
        }

        Shortfall shortfall(Scene scene, ClauseId clause) {
            return shortfallOf(this, scene, clause);
        }
    }

    default boolean holds(Scene scene, Scales scales) {
        return switch (this) {
            // No short cut: every attribute that is looked at is an input that mattered.
            case All(List<Condition> parts) -> holding(parts, scene, scales) == parts.size();
            case Any(List<Condition> parts) -> holding(parts, scene, scales) > 0;
            case Not(Condition part) -> !part.holds(scene, scales);
            case Test test -> test.passes(scene.get(test.attribute), scene, scales);
        };
    }

    private static int holding(List<Condition> parts, Scene scene, Scales scales) {
        int holding = 0;
        for (Condition part : parts) {
            holding += part.holds(scene, scales) ? 1 : 0;
        }
        return holding;
    }

    /** What would have to be otherwise for it to hold; empty if it holds. */
    default List<Shortfall> missing(Scene scene, Scales scales, ClauseId clause) {
        return switch (this) {
            case All(List<Condition> parts) -> parts.stream()
                    .flatMap(part -> part.missing(scene, scales, clause).stream()).toList();
            // The way that asks for least.
            case Any(List<Condition> parts) -> parts.stream()
                    .map(part -> part.missing(scene, scales, clause))
                    .min(Comparator.comparingInt(List::size)).orElse(List.of());
            case Not(Condition part) -> part.holds(scene, scales)
                    ? part.contrary().shortfalls(scene, clause) : List.of();
            case Test test -> test.passes(scene.get(test.attribute), scene, scales)
                    ? List.of() : List.of(test.shortfall(scene, clause));
        };
    }

    /** Of a condition that is known not to hold: each of its tests, whether it passes or not. */
    private List<Shortfall> shortfalls(Scene scene, ClauseId clause) {
        return tests().stream().map(test -> test.shortfall(scene, clause)).toList();
    }

    /** The contrary, with {@code not} moved down to the tests. */
    default Condition contrary() {
        return switch (this) {
            case All(List<Condition> parts) ->
                    new Any(parts.stream().map(Condition::contrary).toList());
            case Any(List<Condition> parts) ->
                    new All(parts.stream().map(Condition::contrary).toList());
            case Not(Condition part) -> part;
            case Test test -> switch (test.how) {
                case BETWEEN -> new Any(List.of(
                        new Test(test.attribute, Comparison.BEFORE, test.against.subList(0, 1)),
                        new Test(test.attribute, Comparison.AFTER, test.against.subList(1, 2))));
                // The contrary of a season is still told by its days.
                case EACH_YEAR_BETWEEN -> test;
                default -> new Test(test.attribute, opposite(test.how), test.against);
            };
        };
    }

    /** {@code BEFORE} and {@code AFTER} are "less" and "more" for numbers and words too. */
    private static Comparison opposite(Comparison how) {
        return switch (how) {
            case IS -> Comparison.IS_NOT;
            case IS_NOT -> Comparison.IS;
            case IN -> Comparison.NOT_IN;
            case NOT_IN -> Comparison.IN;
            case EXISTS -> Comparison.ABSENT;
            case ABSENT -> Comparison.EXISTS;
            case AT_LEAST -> Comparison.BEFORE;
            case BEFORE -> Comparison.AT_LEAST;
            case AT_MOST -> Comparison.AFTER;
            case AFTER -> Comparison.AT_MOST;
            case BETWEEN, EACH_YEAR_BETWEEN ->
                    throw new IllegalStateException(how + " has two ends");
        };
    }

    // ------------------------------------------------------------------ tests

    private static boolean passes(Test test, @Nullable Value value, Scene scene, Scales scales) {
        if (test.how == Comparison.EXISTS || test.how == Comparison.ABSENT) {
            return (value != null) == (test.how == Comparison.EXISTS);
        }
        List<String> there = new ArrayList<>();
        boolean isOne = false;
        for (Operand operand : test.against) {
            Optional<String> written = operand.in(scene);
            written.ifPresent(there::add);
            isOne |= value != null && written.isPresent() && value.is(written.get());
        }
        if (test.how == Comparison.IS_NOT || test.how == Comparison.NOT_IN) {
            return !isOne;
        }
        if (test.how == Comparison.IS || test.how == Comparison.IN) {
            return isOne;
        }
        if (value == null || there.size() < test.against.size()) {
            return false;
        }
        if (test.how == Comparison.EACH_YEAR_BETWEEN) {
            return value instanceof Value.Day(LocalDate day)
                    && inSeason(MonthDay.from(day), there.getFirst(), there.getLast());
        }
        List<OptionalInt> stand = there.stream()
                .map(other -> scales.compare(test.attribute.name(), value, other)).toList();
        if (stand.stream().anyMatch(OptionalInt::isEmpty)) {
            return false;
        }
        int first = stand.getFirst().getAsInt();
        return switch (test.how) {
            case AT_LEAST -> first >= 0;
            case AT_MOST -> first <= 0;
            case BEFORE -> first < 0;
            case AFTER -> first > 0;
            case BETWEEN -> first >= 0 && stand.getLast().getAsInt() <= 0;
            case IS, IS_NOT, IN, NOT_IN, EACH_YEAR_BETWEEN, EXISTS, ABSENT ->
                    throw new IllegalStateException(test.how + " does not compare");
        };
    }

    /** A season may run over the turn of the year. */
    private static boolean inSeason(MonthDay day, String from, String until) {
        MonthDay first = MonthDay.parse("--" + from);
        MonthDay last = MonthDay.parse("--" + until);
        boolean afterFirst = !day.isBefore(first);
        boolean beforeLast = !day.isAfter(last);
        return first.isAfter(last) ? afterFirst || beforeLast : afterFirst && beforeLast;
    }

    /** The tests of a condition, wherever they stand in it. */
    default List<Test> tests() {
        List<Test> tests = new ArrayList<>();
        switch (this) {
            case All(List<Condition> parts) -> parts.forEach(p -> tests.addAll(p.tests()));
            case Any(List<Condition> parts) -> parts.forEach(p -> tests.addAll(p.tests()));
            case Not(Condition part) -> tests.addAll(part.tests());
            case Test test -> tests.add(test);
        }
        return tests;
    }

    private static Shortfall shortfallOf(Test test, Scene scene, ClauseId clause) {
        @Nullable Value found = scene.get(test.attribute);
        String needed = test.against.stream()
                .map(operand -> operand.in(scene).orElseGet(() -> missingName(operand)))
                .collect(Collectors.joining(test.how == Comparison.BETWEEN
                        || test.how == Comparison.EACH_YEAR_BETWEEN ? ".." : ","));
        return new Shortfall(clause, test.attribute.of(), test.attribute.name(), test.how, needed,
                found == null ? null : found.written());
    }

    private static String missingName(Operand operand) {
        return switch (operand) {
            case Operand.Literal literal -> literal.text();
            case Operand.OfAttribute of -> of.attribute().toString();
        };
    }
}
