package creditbank.api.programme;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.recognition.Names;
import creditbank.api.value.Rule;

/**
 * A programme (专业/培养方案), such as {@code dandong-mechatronics}; unique in the bank, chosen when it
 * is defined, the same over its versions.
 */
public record ProgrammeId(@JsonValue String text) {

    @JsonCreator
    public ProgrammeId {
        if (!Names.isName(text)) {
            throw Rule.PROGRAMME_ID_MALFORMED.brokenBy(text);
        }
    }

    /** The stream in which all its versions stand, so that one place decides between them. */
    public String stream() {
        return "programme/" + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
