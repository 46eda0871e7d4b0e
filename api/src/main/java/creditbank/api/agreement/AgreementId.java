package creditbank.api.agreement;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.recognition.Names;
import creditbank.api.value.Rule;

/**
 * A mutual recognition agreement (互认协议), such as {@code dandong-college-open-university}: chosen
 * when it is proposed, at most {@link Names#LONGEST} lower-case letters, digits and single dashes.
 */
public record AgreementId(@JsonValue String text) {

    @JsonCreator
    public AgreementId {
        if (!Names.isName(text)) {
            throw Rule.AGREEMENT_ID_MALFORMED.brokenBy(text);
        }
    }

    /** The stream of this agreement. */
    public String stream() {
        return "agreement/" + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
