package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;

/** A country of ISO 3166-1, by its two capital letters. */
public record Country(@JsonValue String code) {

    private static final Set<String> CODES = Set.of(Locale.getISOCountries());

    public static final Country CHINA = new Country("CN");

    @JsonCreator
    public Country {
        if (!isCode(code)) {
            throw Rule.COUNTRY_UNKNOWN.brokenBy(code);
        }
    }

    public static boolean isCode(String text) {
        return CODES.contains(text);
    }

    @Override
    public String toString() {
        return code;
    }
}
