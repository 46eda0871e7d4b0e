package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * 统一社会信用代码, the unified social credit code of an organisation: 18 characters of GB 32100,
 * the last a check character by MOD 31-3 over the 31 characters without I, O, S, V and Z.
 */
public record OrganisationCode(@JsonValue String code) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int LENGTH = 18;

    @JsonCreator
    public OrganisationCode {
        if (code.length() != LENGTH || !Texts.all(code, c -> ALPHABET.indexOf(c) >= 0)) {
            throw Rule.ORGANISATION_CODE_MALFORMED.brokenBy(code);
        }
        if (code.charAt(LENGTH - 1) != checkCharacter(code)) {
            throw Rule.ORGANISATION_CODE_CHECK_CHARACTER.brokenBy(code);
        }
    }

    private static char checkCharacter(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += weight * ALPHABET.indexOf(code.charAt(i));
            weight = weight * 3 % 31;
        }
        return ALPHABET.charAt((31 - sum % 31) % 31);
    }

    @Override
    public String toString() {
        return code;
    }
}
