package creditbank.api.value;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the text fields of requests and rows are read: blank is absent. */
public final class Forms {

    private static final int DATE_LENGTH = "2024-06-30".length();

    private Forms() {
    }

    public static String required(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Rule.REQUIRED.brokenBy("");
        }
        return text.strip();
    }

    public static <T> @Nullable T optional(@Nullable String text, Function<String, T> reading) {
        return text == null || text.isBlank() ? null : reading.apply(text.strip());
    }

    /**
     * A day that may be left out. An empty text is not left out but malformed: to take it for the
     * day that holds where nothing is said would be a guess.
     */
    public static @Nullable LocalDate dateIfAny(@Nullable String text) {
        return text == null ? null : date(text.strip());
    }

    /** As ISO 8601 writes it: 2024-06-30. No years of five digits: as text they sort first. */
    public static LocalDate date(String text) {
        try {
            if (text.length() != DATE_LENGTH) {
                throw Rule.DATE_MALFORMED.brokenBy(text);
            }
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Rule.DATE_MALFORMED.brokenBy(text);
        }
    }
}
