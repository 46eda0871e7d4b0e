package creditbank.api.value;

import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.Refused;
import java.util.function.Function;
import java.util.function.IntPredicate;

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
        if (!all(text, c -> !isUnseen(c))) {
            throw Rule.TEXT_HAS_CONTROL_CHARACTERS.brokenBy(text);
        }
        return text.strip();
    }

    /**
     * Whether a character shows nothing, or everywhere something else: two texts that differ in
     * it alone look the same. Unassigned ones may be rare ideographs of a name and stay.
     */
    public static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE,
                    Character.PRIVATE_USE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            // Joiner, Hangul fillers and variation selectors: letters and marks by name only.
            default -> c == 0x34f || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0
                    || c >= 0xfe00 && c <= 0xfe0f || c >= 0xe0100 && c <= 0xe01ef;
        };
    }

    /** Whether every code point passes. Streams cost more than all else in reading an entry. */
    public static boolean all(String text, IntPredicate passes) {
        for (int at = 0; at < text.length();) {
            int c = text.codePointAt(at);
            if (!passes.test(c)) {
                return false;
            }
            at += Character.charCount(c);
        }
        return true;
    }

    /** A code of letters, digits and {@code . _ / -}, of 1 to {@code most} characters. */
    public static String code(String text, int most) {
        String line = line(text, most);
        boolean fits = all(line, c ->
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
                throw new Refused(broken.in("").found(Rule.lengthOf(text)));
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
        throw Rule.CHOICE_UNKNOWN.brokenBy(name, (Object[]) type.getEnumConstants());
    }
}
