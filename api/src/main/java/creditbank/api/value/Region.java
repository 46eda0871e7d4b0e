package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;

/**
 * A division of GB/T 2260: six digits, the first two naming the province. Codes below the province
 * change every year, so only the province is held against the list.
 */
public record Region(@JsonValue String code) {

    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36",
            "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62",
            "63", "64", "65", "71", "81", "82");

    @JsonCreator
    public Region {
        boolean sixDigits = code.length() == 6
                && Texts.all(code, c -> c >= '0' && c <= '9');
        if (!sixDigits || !PROVINCES.contains(code.substring(0, 2))) {
            throw Rule.REGION_UNKNOWN.brokenBy(code);
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
