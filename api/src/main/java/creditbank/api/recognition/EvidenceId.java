package creditbank.api.recognition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.value.Texts;

/** A piece of evidence, within the bank the id of an achievement: a code, at most 80 characters. */
public record EvidenceId(@JsonValue String text) {

    @JsonCreator
    public EvidenceId {
        text = Texts.code(text, 80);
    }

    @Override
    public String toString() {
        return text;
    }
}
