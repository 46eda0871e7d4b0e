package creditbank.api.institution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.value.Rule;
import java.util.regex.Pattern;

/** A short readable name chosen at registration, such as {@code dandong-tech}; never changes. */
public record InstitutionId(@JsonValue String text) {

    /** 2 to 40 lower-case letters and digits, with single dashes between them. */
    public static final String FORM = "[a-z0-9](-?[a-z0-9]){1,39}";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    @JsonCreator
    public InstitutionId {
        if (!PATTERN.matcher(text).matches()) {
            throw Rule.INSTITUTION_ID_MALFORMED.brokenBy(text);
        }
    }

    /** The stream of this institution. */
    public String stream() {
        return "institution/" + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
