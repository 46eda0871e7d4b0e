package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.institution.InstitutionId;
import creditbank.api.rulebook.StepBy;
import creditbank.api.value.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Who an application waits for at a step, such as {@code school/dandong-tech},
 * {@code issuer/dandong-skills} or {@code bank}.
 *
 * @param institution absent where it is the bank itself
 */
public record Desk(StepBy by, @Nullable InstitutionId institution) {

    public static final Desk BANK = new Desk(StepBy.BANK, null);
    private static final String BANK_AS_TEXT = "bank";
    private static final String SCHOOL = "school/";
    private static final String ISSUER = "issuer/";

    public Desk {
        if ((by == StepBy.BANK) != (institution == null)) {
            throw Rule.ID_MALFORMED.brokenBy(by + "/" + institution);
        }
    }

    @JsonCreator
    public static Desk parse(String text) {
        if (text.equals(BANK_AS_TEXT)) {
            return BANK;
        }
        if (text.startsWith(SCHOOL)) {
            return new Desk(StepBy.SCHOOL, new InstitutionId(text.substring(SCHOOL.length())));
        }
        if (text.startsWith(ISSUER)) {
            return new Desk(StepBy.ISSUER, new InstitutionId(text.substring(ISSUER.length())));
        }
        throw Rule.ID_MALFORMED.brokenBy(text);
    }

    @JsonValue
    @Override
    public String toString() {
        return switch (by) {
            case SCHOOL -> SCHOOL + institution;
            case ISSUER -> ISSUER + institution;
            case BANK -> BANK_AS_TEXT;
        };
    }
}
