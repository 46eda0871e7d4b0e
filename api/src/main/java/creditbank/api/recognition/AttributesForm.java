package creditbank.api.recognition;

import static creditbank.api.Refused.inField;

import creditbank.api.Refused;
import creditbank.api.value.Rule;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes as they arrive: a JSON text, number, truth value or list of texts stands for itself,
 * and {@code {"day":"2024-06-30"}} for a day. A text that looks like a number stays a text. What
 * the bank answers, such as {@code {"number":"3.00"}}, can be sent back as it is.
 */
public final class AttributesForm {

    private AttributesForm() {
    }

    /** @throws Refused in the field, or in that of the attribute that cannot be read */
    public static Attributes read(String field, @Nullable Map<String, @Nullable Object> form) {
        Map<String, Value> values = new LinkedHashMap<>();
        if (form != null) {
            form.forEach((name, value) -> {
                if (!Names.isName(name)) {
                    throw Rule.ATTRIBUTE_NAME_MALFORMED.brokenIn(field, name);
                }
                values.put(name, inField(field + "." + name, () -> value(value)));
            });
        }
        return inField(field, () -> new Attributes(values));
    }

    private static Value value(@Nullable Object form) {
        return switch (form) {
            case String text -> new Value.Text(text);
            case Boolean flag -> new Value.Flag(flag);
            case Number number -> Value.Number.parse(plain(number));
            case List<?> words -> words(words);
            case Map<?, ?> typed when typed.size() == 1 -> {
                Map.Entry<?, ?> one = typed.entrySet().iterator().next();
                yield typed(String.valueOf(one.getKey()), one.getValue());
            }
            case null -> throw Rule.REQUIRED.brokenBy("");
            default -> throw malformed();
        };
    }

    /** As it was written: a double is printed in powers of ten where it is large. */
    private static String plain(Number number) {
        return number instanceof Double large && Double.isFinite(large)
                ? BigDecimal.valueOf(large).toPlainString() : number.toString();
    }

    private static Value typed(String type, @Nullable Object form) {
        return switch (form) {
            case String text when type.equals("day") -> new Value.Day(
                    Value.day(text).orElseThrow(() -> Rule.DATE_MALFORMED.brokenBy(text)));
            case String text when type.equals("number") -> Value.Number.parse(text);
            case String text when type.equals("text") -> new Value.Text(text);
            case Boolean flag when type.equals("flag") -> new Value.Flag(flag);
            case List<?> words when type.equals("words") -> words(words);
            case null, default -> throw malformed();
        };
    }

    private static Value.Words words(List<?> words) {
        return new Value.Words(words.stream().map(AttributesForm::word).toList());
    }

    private static String word(@Nullable Object word) {
        if (word instanceof String text) {
            return text;
        }
        throw malformed();
    }

    private static Refused malformed() {
        return Rule.ATTRIBUTE_MALFORMED.brokenBy("");
    }
}
