package creditbank.account;

import creditbank.agreement.Agreement;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.Party;
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
import creditbank.rulebook.RulebookReader;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The other streams of a bank, as a test says they stand. They refuse as the bank's own do. */
final class KnownSurroundings implements Surroundings {

    private final Map<InstitutionId, Institution> institutions = new HashMap<>();
    private final Map<ProgrammeVersion, Plan> plans = new HashMap<>();
    private final Map<ProgrammeId, LocalDate> closed = new HashMap<>();
    private final Map<RulebookVersion, Rulebook> rulebooks = new HashMap<>();
    private final Map<AgreementId, Agreement> agreements = new HashMap<>();
    private LocalDate today;

    KnownSurroundings(LocalDate today) {
        this.today = today;
    }

    KnownSurroundings institution(InstitutionId id, Institution stands) {
        institutions.put(id, stands);
        return this;
    }

    KnownSurroundings plan(ProgrammeVersion programme, Plan plan) {
        plans.put(programme, plan);
        return this;
    }

    /** @param until the last day on which learners may enrol */
    KnownSurroundings closed(ProgrammeId programme, LocalDate until) {
        closed.put(programme, until);
        return this;
    }

    /** Approved, and in force on the days it names. */
    KnownSurroundings rulebook(String text) {
        switch (RulebookReader.read(text)) {
            case RulebookReader.Reading.Read(Rulebook rulebook) ->
                    rulebooks.put(rulebook.version(), rulebook);
            case RulebookReader.Reading.Unreadable unreadable ->
                    throw new AssertionError(unreadable.mistakes());
        }
        return this;
    }

    KnownSurroundings agreement(AgreementId id, Agreement stands) {
        agreements.put(id, stands);
        return this;
    }

    KnownSurroundings today(LocalDate now) {
        today = now;
        return this;
    }

    @Override
    public Institution institution(InstitutionId id) {
        return institutions.getOrDefault(id, Institution.NONE);
    }

    @Override
    public Plan plan(ProgrammeVersion programme) {
        return Optional.ofNullable(plans.get(programme)).orElseThrow(
                () -> new Refused(new Refusal.ProgrammeVersionUnknown(programme)));
    }

    @Override
    public Programme programme(ProgrammeVersion programme) {
        return Programme.of(programme, plan(programme));
    }

    @Override
    public void refuseUnlessOpen(ProgrammeId programme, LocalDate on) {
        LocalDate until = closed.get(programme);
        Refused.refuseIf(until != null && until.isBefore(on),
                () -> new Refusal.ProgrammeClosed(programme));
    }

    @Override
    public Rulebook rulebook(RulebookVersion rulebook) {
        return Optional.ofNullable(rulebooks.get(rulebook)).orElseThrow(
                () -> new Refused(new Refusal.RulebookUnknown(rulebook)));
    }

    @Override
    public void refuseUnlessInForce(RulebookVersion rulebook, LocalDate on) {
        Refused.refuseIf(!rulebook(rulebook).isInForce(on),
                () -> new Refusal.RulebookNotInForce(rulebook, on));
    }

    @Override
    public @Nullable Refusal objection(AgreementId agreement, InstitutionId issuer,
            InstitutionId awarding, RulebookId rulebook, LocalDate on) {
        return Agreement.objection(agreements.getOrDefault(agreement, Agreement.NONE), agreement,
                new Agreement.Wish(standingFor(issuer), standingFor(awarding), rulebook, on));
    }

    private List<Party> standingFor(InstitutionId id) {
        return Institution.standingFor(institution(id), id);
    }

    /** What is sealed here is a plain text attribute of that name. */
    @Override
    public Attributes opened(LearnerId learner, Sealed ofLearner) {
        return Attributes.NONE.with("sealed", ofLearner.box());
    }

    @Override
    public LocalDate today() {
        return today;
    }
}
