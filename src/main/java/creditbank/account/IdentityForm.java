package creditbank.account;

import static creditbank.api.Refused.inField;

import creditbank.api.Refused;
import creditbank.api.account.DocumentKind;
import creditbank.api.account.Identity;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Forms;
import creditbank.api.value.Rule;
import creditbank.api.value.Texts;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Who a learner is, as it arrives in a request or a row: text that may be wrong. A refusal names
 * the component that is.
 */
public record IdentityForm(
        @Nullable String name,
        @Nullable String documentKind,
        @Nullable String documentIssuer,
        @Nullable String documentNumber,
        @Nullable String birthday) {

    public Identity read() {
        DocumentKind kind = inField("documentKind",
                () -> Texts.choice(DocumentKind.class, Forms.required(documentKind)));
        InstitutionId issuer = inField("documentIssuer",
                () -> Forms.optional(documentIssuer, InstitutionId::new));
        String number = inField("documentNumber", () -> Forms.required(documentNumber));
        if (kind == DocumentKind.STUDENT_NUMBER && issuer == null) {
            throw Rule.DOCUMENT_ISSUER_REQUIRED.brokenIn("documentIssuer", "");
        }
        String checkedName = inField("name", () -> Forms.optional(name,
                text -> Texts.personal(text, n -> Texts.line(n, Identity.LONGEST_NAME))));
        LocalDate born = inField("birthday", () -> birthday == null ? null
                : Texts.personal(birthday.strip(), Forms::date));
        return inField("documentNumber",
                () -> new Identity(checkedName, kind, issuer, number, born));
    }

    @Override
    public String toString() {
        return "IdentityForm[…]";
    }
}
