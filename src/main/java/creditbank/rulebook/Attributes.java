package creditbank.rulebook;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Named values in their order. The well-known names stand in {@code docs/rulebooks.md}. */
public record Attributes(Map<String, Value> values) {

    public static final Attributes NONE = new Attributes(Map.of());

    public Attributes {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public @Nullable Value get(String name) {
        return values.get(name);
    }

    private Attributes with(String name, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Attributes(more);
    }

    public Attributes with(String name, String text) {
        return with(name, new Value.Text(text));
    }

    /** @param hundredths the number in hundredths */
    public Attributes with(String name, long hundredths) {
        return with(name, new Value.Number(hundredths));
    }

    public Attributes with(String name, LocalDate day) {
        return with(name, new Value.Day(day));
    }

    public Attributes with(String name, boolean set) {
        return with(name, new Value.Flag(set));
    }

    public Attributes with(String name, List<String> words) {
        return with(name, new Value.Words(words));
    }
}
