package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Why something was done. What is said of an institution is written in clear; what is said of a
 * learner may hold personal data and is sealed like it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
public sealed interface Reason {

    int LONGEST = 500;

    /** Written as a JSON string. */
    record Clear(@JsonValue String text) implements Reason {
        public Clear {
            text = Texts.line(text, LONGEST);
        }
    }

    /** Written as {@link Sealed} is. */
    record Secret(@JsonValue Sealed text) implements Reason {
    }

    /** Tells the two apart by their JSON form. */
    @JsonCreator
    static Reason read(Object json) {
        if (json instanceof String text) {
            return new Clear(text);
        }
        if (json instanceof java.util.Map<?, ?> map && map.get("sealed") instanceof String box) {
            return new Secret(new Sealed(box));
        }
        throw Rule.BODY_MALFORMED.brokenBy(json);
    }
}
