package creditbank.security;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import org.jspecify.annotations.Nullable;

/**
 * A user as the bank sees them.
 *
 * @param name        what they sign in with
 * @param institution whom an {@link Role#INSTITUTION} acts for, else absent
 * @param learner     whose account a {@link Role#LEARNER} reads, else absent
 */
public record Caller(String name, Role role, @Nullable InstitutionId institution,
        @Nullable LearnerId learner) {

    public Caller {
        if ((role == Role.INSTITUTION) != (institution != null)) {
            throw new IllegalArgumentException("User " + name + ": an INSTITUTION, and nobody"
                    + " else, is bound to an institution");
        }
        if ((role == Role.LEARNER) != (learner != null)) {
            throw new IllegalArgumentException("User " + name + ": a LEARNER, and nobody else,"
                    + " is bound to an account");
        }
    }

    /** As the ledger names them. */
    public String actor() {
        return "user/" + name;
    }

    /** For whom they write what this institution states; refuses if they may not. */
    public @Nullable String onBehalfOf(InstitutionId issuer) {
        Refused.refuseIf(institution != null && !institution.equals(issuer),
                () -> new Refusal.NotYourInstitution(institution, issuer));
        return issuer.stream();
    }

    public void mustOwn(LearnerId account) {
        Refused.refuseIf(role == Role.LEARNER && !account.equals(learner),
                () -> new Refusal.NotYourAccount(account));
    }
}
