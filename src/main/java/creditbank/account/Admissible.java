package creditbank.account;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.RulebookId;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.institution.Institution;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Whose outcomes a school may recognise under a rulebook: anybody's where the rulebook is one of
 * its own jurisdiction, and else those that an agreement lets count.
 */
record Admissible(InstitutionId school, RulebookId rulebook, Jurisdiction jurisdiction,
        @Nullable AgreementId agreement, LocalDate on, Surroundings around) {

    /** Nothing is recognised under somebody else's rules unless an agreement says so. */
    void refuseUnlessRulesHold() {
        boolean own = Institution.standingFor(around.institution(school), school)
                .contains(new Party(jurisdiction.text()));
        Refused.refuseIf(agreement == null && !own,
                () -> new Refusal.RulebookOfAnotherJurisdiction(rulebook, jurisdiction, school));
    }

    /** Why an issuer's outcomes may not be recognised, or null where they may. */
    @Nullable Refusal objection(InstitutionId issuer) {
        return agreement == null ? null
                : around.objection(agreement, issuer, school, rulebook, on);
    }
}
