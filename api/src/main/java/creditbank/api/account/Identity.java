package creditbank.api.account;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Rule;
import creditbank.api.value.Texts;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who a learner is, in clear. Exists only at the edge, between reading a request and sealing it;
 * never stored, logged or put into a command.
 *
 * @param name           as on the document, at most 80 characters; absent in anonymised data
 * @param documentIssuer the institution of a {@link DocumentKind#STUDENT_NUMBER}, else absent
 * @param documentNumber upper case, without spaces
 * @param birthday       that of the number, if it is a {@link DocumentKind#RESIDENT_ID}
 */
public record Identity(
        @Nullable String name,
        DocumentKind documentKind,
        @Nullable InstitutionId documentIssuer,
        String documentNumber,
        @Nullable LocalDate birthday) {

    public static final int LONGEST_NAME = 80;
    public static final int LONGEST_NUMBER = 40;

    public Identity {
        documentNumber = documentNumber.replace(" ", "").toUpperCase(Locale.ROOT);
        if (documentKind == DocumentKind.RESIDENT_ID) {
            ResidentId resident = new ResidentId(documentNumber);
            documentNumber = resident.plain();
            refuseOtherBirthday(birthday, resident);
        } else {
            documentNumber = personalCode(documentNumber);
        }
        if (documentKind == DocumentKind.STUDENT_NUMBER && documentIssuer == null) {
            throw Rule.DOCUMENT_ISSUER_REQUIRED.brokenBy("");
        }
        if (documentKind != DocumentKind.STUDENT_NUMBER) {
            documentIssuer = null;
        }
        if (name != null) {
            name = Texts.personal(name, n -> Texts.line(n, LONGEST_NAME));
        }
    }

    /** The number holds the birthday; of two that differ, one is mistyped. */
    private static void refuseOtherBirthday(
            @Nullable LocalDate birthday, ResidentId resident) {
        if (birthday != null && !birthday.equals(resident.birthday())) {
            throw new Refused(new Refusal.ValueInvalid("birthday", Rule.BIRTHDAY_MISMATCH,
                    "another day"));
        }
    }

    private static String personalCode(String text) {
        boolean fits = text.length() <= LONGEST_NUMBER && !text.isEmpty()
                && Texts.all(text, c -> c < 128 && (Character.isLetterOrDigit(c)
                        || "-/._()".indexOf(c) >= 0));
        if (!fits) {
            throw Rule.CODE_MALFORMED.brokenByPersonalValue(text);
        }
        return text;
    }

    @Override
    public String toString() {
        return "Identity[" + documentKind + "]";
    }
}
