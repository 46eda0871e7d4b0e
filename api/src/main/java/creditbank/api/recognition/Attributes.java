package creditbank.api.recognition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.value.Rule;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named values in their order, such as {@code {"prize":{"text":"third"},"rank":{"number":"3.00"}}}.
 * The well-known names stand in {@code docs/rulebooks.md}.
 */
public record Attributes(@JsonValue Map<String, Value> values) {

    public static final int MOST = 64;

    public static final Attributes NONE = new Attributes(Map.of());

    @JsonCreator
    public Attributes {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.keySet().forEach(name -> {
            if (!Names.isName(name)) {
                throw Rule.ATTRIBUTE_NAME_MALFORMED.brokenBy(name);
            }
        });
        if (values.size() > MOST) {
            throw Rule.LIST_TOO_LONG.brokenBy(values.size());
        }
    }

    @JsonIgnore
    public boolean isEmpty() {
        return values.isEmpty();
    }

    public @Nullable Value get(String name) {
        return values.get(name);
    }

    public Attributes with(String name, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Attributes(more);
    }

    /** These, and after them the others, whose values stand where both have one. */
    public Attributes with(Attributes others) {
        Map<String, Value> more = new LinkedHashMap<>(values);
        more.putAll(others.values);
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
