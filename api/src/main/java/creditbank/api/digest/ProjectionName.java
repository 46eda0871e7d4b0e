package creditbank.api.digest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.value.Rule;
import java.util.regex.Pattern;

/** The stored name of a projection: lower-case letters and underscores, at most 40. */
public record ProjectionName(@JsonValue String text) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,39}");

    @JsonCreator
    public ProjectionName {
        if (!NAME.matcher(text).matches()) {
            throw Rule.ID_MALFORMED.brokenBy(text);
        }
    }

    /** Where its digests stand. */
    public String stream() {
        return "digest/" + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
