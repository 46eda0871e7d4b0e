package creditbank.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes off what spreadsheets and people put around a value without meaning it. */
final class Cleaning {

    /** Day 0 of a spreadsheet's dates, for every date after February 1900. */
    private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);

    /** Five digits only, 1927 to 2173: a lone year such as 2024 is no date. */
    private static final Pattern SERIAL = Pattern.compile("([1-9]\\d{4})(\\.0+)?");

    /** Year first, as nothing else can be told apart; a time only where it is midnight. */
    private static final Pattern DATE = Pattern.compile(
            "(\\d{4})(?:[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?|(\\d{2})(\\d{2}))"
                    + "(?:[ T]0{1,2}:00(?::00(?:\\.0+)?)?)?");

    /** {@code ="0012"}: how a sheet is told to leave a number alone. */
    private static final Pattern AS_TEXT = Pattern.compile("=\"([^\"]*)\"");

    /** A leading apostrophe hides in a sheet; elsewhere it may belong to the text. */
    private static final Pattern HIDDEN_APOSTROPHE =
            Pattern.compile("'(?:[=+@\\t\\r-].*|[0-9A-Za-z._/-]*)", Pattern.DOTALL);

    /** Quoted as a whole, once or more; not where only its first and last words are. */
    private static final Pattern QUOTED =
            Pattern.compile("([\"“])\\1*+([^\"“”]*)[\"”]+", Pattern.DOTALL);

    private Cleaning() {
    }

    static String text(String raw) {
        String text = strip(raw);
        if (text.isEmpty()) {
            return text;
        }
        char first = text.charAt(0);
        if (first == '=') {
            Matcher quoted = AS_TEXT.matcher(text);
            return quoted.matches() ? strip(quoted.group(1)) : text;
        }
        if (first == '\'' && HIDDEN_APOSTROPHE.matcher(text).matches()) {
            return strip(text.substring(1));
        }
        if (first == '"' || first == '“') {
            Matcher quoted = QUOTED.matcher(text);
            return quoted.matches() ? strip(quoted.group(2)) : text;
        }
        return text;
    }

    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return from == 0 && to == text.length() ? text : text.substring(from, to);
    }

    /** Also the spaces that Java does not count: no-break, zero width, and a stray BOM. */
    private static boolean isSpace(char c) {
        return c <= ' ' && c != 0 && c != 7 && c != 8 && c != 27
                || c >= 0xa0 && (Character.isWhitespace(c) || Character.isSpaceChar(c)
                || c == '\u200b' || c == '\ufeff');
    }

    /** A date as sheets write it, in ISO 8601; any other text as it is. */
    static String date(String text) {
        Matcher serial = SERIAL.matcher(text);
        if (serial.matches()) {
            return SERIAL_ZERO.plusDays(Long.parseLong(serial.group(1))).toString();
        }
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return text;
        }
        boolean together = date.group(2) == null;
        try {
            return LocalDate.of(Integer.parseInt(date.group(1)),
                    Integer.parseInt(date.group(together ? 4 : 2)),
                    Integer.parseInt(date.group(together ? 5 : 3))).toString();
        } catch (DateTimeException e) {
            // No such day: left as it is, to be refused with what was found.
            return text;
        }
    }

    /** The value as a sheet shows it without taking it for a formula; cleaning undoes it. */
    static String harmless(String value) {
        return !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }
}
