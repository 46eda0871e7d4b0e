package creditbank.api.value;

import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.Refused;
import java.util.function.Function;

/** The checks that every piece of free text and every short code goes through. */
public final class Texts {

    private Texts() {
    }

    /** Text without control characters or surrounding space, of 1 to {@code most} characters. */
    public static String line(String text, int most) {
        if (text.isBlank()) {
            throw Rule.REQUIRED.brokenBy("");
        }
        if (text.codePointCount(0, text.length()) > most) {
            throw Rule.TEXT_TOO_LONG.brokenBy(text);
        }
        boolean unprintable = text.codePoints().anyMatch(c -> Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE
                || c == '\u2028' || c == '\u2029');
        if (unprintable) {
            throw Rule.TEXT_HAS_CONTROL_CHARACTERS.brokenBy(text);
        }
        return text.strip();
    }

    /** A code of letters, digits and {@code . _ / -}, of 1 to {@code most} characters. */
    public static String code(String text, int most) {
        String line = line(text, most);
        boolean fits = line.codePoints().allMatch(c ->
                c < 128 && (Character.isLetterOrDigit(c) || "._/-:".indexOf(c) >= 0));
        if (!fits) {
            throw Rule.CODE_MALFORMED.brokenBy(text);
        }
        return line;
    }

    /** Reads text that says something of a person: a refusal tells its length and no more. */
    public static <T> T personal(String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (Refused e) {
            if (e.refusal() instanceof ValueInvalid broken) {
                throw broken.rule().brokenByPersonalValue(text);
            }
            throw e;
        }
    }

    /** One of the names of an enumeration. */
    public static <E extends Enum<E>> E choice(Class<E> type, String name) {
        for (E choice : type.getEnumConstants()) {
            if (choice.name().equals(name)) {
                return choice;
            }
        }
        throw Rule.CHOICE_UNKNOWN.brokenBy(name);
    }
}
