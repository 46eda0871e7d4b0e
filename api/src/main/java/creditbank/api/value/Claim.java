package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

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

    private static final Kind[] KINDS = Kind.values();
    private static final int HMAC_CHARACTERS = 22;

    @JsonCreator
    public Claim {
        int slash = text.indexOf('/');
        if (!isKind(text, slash) || text.length() != slash + 1 + HMAC_CHARACTERS
                || !Texts.all(text.substring(slash + 1), Claim::isBase64Url)) {
            throw Rule.ID_MALFORMED.brokenBy(text);
        }
    }

    private static boolean isKind(String text, int length) {
        for (Kind kind : KINDS) {
            if (kind.word.length() == length && text.startsWith(kind.word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBase64Url(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
                || c == '_' || c == '-';
    }

    public static Claim of(Kind kind, String hmac) {
        return new Claim(kind.word + "/" + hmac);
    }

    public Kind kind() {
        return Kind.valueOf(text.substring(0, text.indexOf('/')).toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return text;
    }
}
