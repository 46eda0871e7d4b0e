package creditbank.api.institution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.value.Rule;
import java.util.regex.Pattern;

/** A short readable name chosen at registration, such as {@code dandong-tech}; never changes. */
public record InstitutionId(@JsonValue String text) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9](-?[a-z0-9]){1,39}");

    @JsonCreator
    public InstitutionId {
        if (!FORM.matcher(text).matches()) {
            throw Rule.ID_MALFORMED.brokenBy(text);
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
