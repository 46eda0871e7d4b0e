package creditbank.api.recognition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.value.Rule;
import creditbank.api.value.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What credits are recognised towards: {@code course/ME101}, {@code group/electives} or
 * {@code programme}.
 */
public record TargetId(@JsonValue String text) {

    public static final TargetId PROGRAMME = new TargetId("programme");

    private static final String COURSE = "course/";
    private static final String GROUP = "group/";

    @JsonCreator
    public TargetId {
        text = Texts.code(text, 80);
        boolean named = text.startsWith(COURSE) && text.length() > COURSE.length()
                || text.startsWith(GROUP) && text.length() > GROUP.length();
        if (!named && !text.equals("programme")) {
            throw Rule.ID_MALFORMED.brokenBy(text);
        }
    }

    public static TargetId course(String code) {
        return new TargetId(COURSE + code);
    }

    public static TargetId group(String id) {
        return new TargetId(GROUP + id);
    }

    /** The code of the course; null where it is none. */
    public @Nullable String course() {
        return text.startsWith(COURSE) ? text.substring(COURSE.length()) : null;
    }

    @Override
    public String toString() {
        return text;
    }
}
