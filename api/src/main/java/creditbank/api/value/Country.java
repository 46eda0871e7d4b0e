package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;

/** A country of ISO 3166-1, by its two capital letters. */
public record Country(@JsonValue String code) {

    public static final Country CHINA = new Country("CN");

    @JsonCreator
    public Country {
        if (!Set.of(Locale.getISOCountries()).contains(code)) {
            throw Rule.COUNTRY_UNKNOWN.brokenBy(code);
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
