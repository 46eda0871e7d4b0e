package creditbank.security;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Rule;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

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

    /** Who sent a request that only those may send who have signed in. */
    public static Caller of(HttpServletRequest request) {
        Authentication authentication = (Authentication) Objects.requireNonNull(
                request.getUserPrincipal(), "the filter chain lets no stranger come this far");
        return ((SignedIn) Objects.requireNonNull(authentication.getPrincipal())).caller();
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

    /**
     * For which party of an agreement they act: an institution for itself, which it may leave out,
     * a registrar for regions, countries and other banks. Refuses any other.
     */
    public Party actingFor(@Nullable Party asked) {
        Party own = institution == null ? null : Party.of(institution);
        Party party = asked == null ? own : asked;
        if (party == null) {
            throw Rule.REQUIRED.brokenIn("party", "");
        }
        Refused.refuseIf(own == null ? party.institution() != null : !party.equals(own),
                () -> new Refusal.NotYourParty(party));
        return party;
    }

    public void mustOwn(LearnerId account) {
        Refused.refuseIf(role == Role.LEARNER && !account.equals(learner),
                () -> new Refusal.NotYourAccount(account));
    }
}
