package creditbank.api.rulebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Rule;
import java.util.regex.Pattern;

/**
 * Whose rules they are: {@code country/KR} (ISO 3166), {@code region/210600} (GB/T 2260) or
 * {@code institution/dandong-tech}.
 */
public record Jurisdiction(@JsonValue String text) {

    private static final Pattern FORM = Pattern.compile(
            "country/[A-Z]{2}|region/[0-9]{6}|institution/" + InstitutionId.FORM);

    @JsonCreator
    public Jurisdiction {
        if (!isOne(text)) {
            throw Rule.JURISDICTION_MALFORMED.brokenBy(text);
        }
    }

    /** Whether a text has the form of one. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
