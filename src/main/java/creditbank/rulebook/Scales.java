package creditbank.rulebook;

import creditbank.api.recognition.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The orders that a rulebook gives to words, by attribute name, lowest first: so "at least
 * INTERMEDIATE" has a meaning.
 */
record Scales(Map<String, List<String>> byAttribute) {

    Scales {
        byAttribute = Collections.unmodifiableMap(new LinkedHashMap<>(byAttribute));
    }

    /**
     * How a value stands to what is written: negative, zero or positive; empty where the two cannot
     * be compared.
     */
    OptionalInt compare(String attribute, Value value, String written) {
        return switch (value) {
            case Value.Number(long hundredths) -> {
                var other = Value.number(written);
                yield other.isEmpty() ? OptionalInt.empty()
                        : OptionalInt.of(Long.compare(hundredths, other.getAsLong()));
            }
            case Value.Day(var day) -> Value.day(written)
                    .map(other -> OptionalInt.of(day.compareTo(other)))
                    .orElse(OptionalInt.empty());
            case Value.Text(String text) -> {
                @Nullable List<String> scale = byAttribute.get(attribute);
                int own = scale == null ? -1 : scale.indexOf(text);
                int other = scale == null ? -1 : scale.indexOf(written);
                yield own < 0 || other < 0 ? OptionalInt.empty() : OptionalInt.of(own - other);
            }
            case Value.Flag flag -> OptionalInt.empty();
            case Value.Words words -> OptionalInt.empty();
        };
    }
}
