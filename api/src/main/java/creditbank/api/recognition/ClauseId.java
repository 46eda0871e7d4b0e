package creditbank.api.recognition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A clause of a rulebook, such as {@code at-most-eight}; stable over the rulebook's versions. */
public record ClauseId(@JsonValue String text) {

    @JsonCreator
    public ClauseId {
        Names.checked(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
