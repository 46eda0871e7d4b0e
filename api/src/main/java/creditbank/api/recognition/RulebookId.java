package creditbank.api.recognition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A rulebook (规则集), such as {@code kr-acbs-bachelor}; stays the same over its versions. */
public record RulebookId(@JsonValue String text) {

    @JsonCreator
    public RulebookId {
        Names.checked(text);
    }

    /** The stream in which all its versions stand, so that one place decides between them. */
    public String stream() {
        return "rulebook/" + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
