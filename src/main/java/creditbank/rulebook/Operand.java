package creditbank.rulebook;

import creditbank.api.recognition.Value;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an attribute is held against. */
sealed interface Operand {

    /** As written in the rulebook. */
    record Literal(String text) implements Operand {
    }

    /**
     * Another attribute.
     *
     * @param plus    a time added to a day; may be negative
     * @param yearEnd whether the day then moves to 31 December of its year
     */
    record OfAttribute(Attribute attribute, Period plus, boolean yearEnd) implements Operand {
    }

    /** The operand in writing; empty where the attribute is missing or no day can be moved. */
    default Optional<String> in(Scene scene) {
        return switch (this) {
            case Literal literal -> Optional.of(literal.text());
            case OfAttribute(Attribute attribute, Period plus, boolean yearEnd) ->
                    moved(scene.get(attribute), plus, yearEnd);
        };
    }

    private static Optional<String> moved(@Nullable Value value, Period plus, boolean yearEnd) {
        if (value == null) {
            return Optional.empty();
        }
        if (plus.isZero() && !yearEnd) {
            return Optional.of(value.written());
        }
        if (!(value instanceof Value.Day(LocalDate day))) {
            return Optional.empty();
        }
        LocalDate moved = day.plus(plus);
        return Optional.of((yearEnd ? LocalDate.of(moved.getYear(), 12, 31) : moved).toString());
    }
}
