package creditbank;

import creditbank.account.Surroundings;
import creditbank.agreement.Agreements;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.value.Sealed;
import creditbank.enactment.Rulebooks;
import creditbank.institution.Institution;
import creditbank.institution.InstitutionRoll;
import creditbank.ledger.EntryFormat;
import creditbank.programme.Programmes;
import creditbank.rulebook.Programme;
import creditbank.rulebook.Rulebook;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The other streams of the bank, for the decisions of an account.
 *
 * @param opening opens what was sealed of a learner in asking; empty where the key is gone
 */
record Registers(InstitutionRoll institutions, Programmes programmes, Rulebooks rulebooks,
        Agreements agreements, BiFunction<LearnerId, Sealed, Optional<String>> opening, Clock clock)
        implements Surroundings {

    @Override
    public Institution institution(InstitutionId id) {
        return institutions.apply(id);
    }

    @Override
    public Plan plan(ProgrammeVersion programme) {
        return programmes.plan(programme);
    }

    @Override
    public Programme programme(ProgrammeVersion programme) {
        return programmes.get(programme);
    }

    @Override
    public void refuseUnlessOpen(ProgrammeId programme, LocalDate on) {
        programmes.refuseUnlessOpen(programme, on);
    }

    @Override
    public Rulebook rulebook(RulebookVersion rulebook) {
        return rulebooks.get(rulebook);
    }

    @Override
    public void refuseUnlessInForce(RulebookVersion rulebook, LocalDate on) {
        rulebooks.refuseUnlessInForce(rulebook, on);
    }

    @Override
    public @Nullable Refusal objection(AgreementId agreement, InstitutionId issuer,
            InstitutionId awarding, RulebookId rulebook, LocalDate on) {
        return agreements.objection(agreement, issuer, awarding, rulebook, on);
    }

    @Override
    public Attributes opened(LearnerId learner, Sealed ofLearner) {
        return opening.apply(learner, ofLearner)
                .map(text -> EntryFormat.JSON.readValue(text, Attributes.class))
                .orElseThrow(() -> new Refused(new Refusal.KeyMissing(learner)));
    }

    @Override
    public LocalDate today() {
        return LocalDate.now(clock);
    }
}
