package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A business key that stands once in the whole bank: what kind of key, and the first 128 bits of
 * its HMAC with the bank's secret, never the key itself. Written {@code record/4zQ…}.
 */
public record Claim(@JsonValue String text) {

    /** What a claim can be of. The first word of the written claim. */
    public enum Kind {
        /** An identity document: one account a person. */
        IDENTITY,
        /** An institution's own key of a record. */
        RECORD,
        /** A diploma's number, or a certificate's number with its issuer. */
        NUMBER,
        /** A unified social credit code: one institution an organisation. */
        ORGANISATION;

        final String word = name().toLowerCase(Locale.ROOT);
    }

    private static final Pattern FORM =
            Pattern.compile("(identity|record|number|organisation)/[A-Za-z0-9_-]{22}");

    @JsonCreator
    public Claim {
        if (!FORM.matcher(text).matches()) {
            throw Rule.ID_MALFORMED.brokenBy(text);
        }
    }

    public static Claim of(Kind kind, String hmac) {
        return new Claim(kind.word + "/" + hmac);
    }

    public Kind kind() {
        return Kind.valueOf(
                text.substring(0, text.indexOf('/')).toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return text;
    }
}
