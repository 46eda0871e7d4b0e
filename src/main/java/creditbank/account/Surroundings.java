package creditbank.account;

import creditbank.api.Refusal;
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
import creditbank.institution.Institution;
import creditbank.rulebook.Programme;
import creditbank.rulebook.Rulebook;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an account's decisions need to know of other streams. What may still change is looked up so
 * that the commit depends on it.
 */
public interface Surroundings {

    Institution institution(InstitutionId id);

    /** @throws creditbank.api.Refused if there is no such version */
    Plan plan(ProgrammeVersion programme);

    /** The same as the engine sees it. */
    Programme programme(ProgrammeVersion programme);

    /** @throws creditbank.api.Refused unless learners may enrol on the day */
    void refuseUnlessOpen(ProgrammeId programme, LocalDate on);

    /** @throws creditbank.api.Refused unless there is such an approved version */
    Rulebook rulebook(RulebookVersion rulebook);

    /** @throws creditbank.api.Refused unless it is in force on the day */
    void refuseUnlessInForce(RulebookVersion rulebook, LocalDate on);

    /** Why an agreement does not let an outcome count, or null where it does. */
    @Nullable Refusal objection(AgreementId agreement, InstitutionId issuer,
            InstitutionId awarding, RulebookId rulebook, LocalDate on);

    /**
     * What was said of a learner in asking.
     *
     * @throws creditbank.api.Refused if the learner's key is gone
     */
    Attributes opened(LearnerId learner, Sealed ofLearner);

    /** The bank's business day. */
    LocalDate today();
}
