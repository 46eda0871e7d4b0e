package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * SHA-256 of a document that supports an achievement, or of what a projection kept, as 64 lower-case
 * hexadecimal digits.
 */
public record Digest(@JsonValue String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    @JsonCreator
    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw Rule.DIGEST_MALFORMED.brokenBy(hex);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
