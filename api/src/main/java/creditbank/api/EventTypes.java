package creditbank.api;

import creditbank.api.access.AccessEvent;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.EnrolmentEvent;
import creditbank.api.account.RecognitionEvent;
import creditbank.api.account.RedemptionEvent;
import creditbank.api.account.TransferEvent;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.digest.DigestEvent;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.rulebook.RulebookEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The written names of events, for ever. A class may be renamed; its line here may not change. A
 * test walks the sealed interfaces and holds every event to a line, an example and a fold.
 */
public final class EventTypes {

    /** A stored name and the revision that is written now. */
    public record EventType(String name, int revision, Class<? extends Event> type) {
    }

    public static final List<EventType> ALL = List.of(
            new EventType("institution.registered", 1,
                    InstitutionEvent.InstitutionRegistered.class),
            new EventType("institution.suspended", 1,
                    InstitutionEvent.InstitutionSuspended.class),
            new EventType("institution.reinstated", 1,
                    InstitutionEvent.InstitutionReinstated.class),
            new EventType("rulebook.proposed", 1, RulebookEvent.RulebookProposed.class),
            new EventType("rulebook.approved", 1, RulebookEvent.RulebookApproved.class),
            new EventType("rulebook.superseded", 1, RulebookEvent.RulebookSuperseded.class),
            new EventType("rulebook.withdrawn", 1, RulebookEvent.RulebookWithdrawn.class),
            new EventType("programme.defined", 1, ProgrammeEvent.ProgrammeDefined.class),
            new EventType("programme.revised", 1, ProgrammeEvent.ProgrammeRevised.class),
            new EventType("programme.closed", 1, ProgrammeEvent.ProgrammeClosed.class),
            new EventType("agreement.proposed", 1, AgreementEvent.AgreementProposed.class),
            new EventType("agreement.accepted", 1, AgreementEvent.AgreementAccepted.class),
            new EventType("agreement.ended", 1, AgreementEvent.AgreementEnded.class),
            new EventType("account.opened", 1, AccountEvent.AccountOpened.class),
            new EventType("account.restricted", 1, AccountEvent.AccountRestricted.class),
            new EventType("account.restriction-lifted", 1, AccountEvent.RestrictionLifted.class),
            new EventType("identity.corrected", 1, AccountEvent.IdentityCorrected.class),
            new EventType("learner.erased", 1, AccountEvent.LearnerErased.class),
            new EventType("achievement.recorded", 1, AccountEvent.AchievementRecorded.class),
            new EventType("achievement.corrected", 1, AccountEvent.AchievementCorrected.class),
            new EventType("achievement.revoked", 1, AccountEvent.AchievementRevoked.class),
            new EventType("enrolment.begun", 1, EnrolmentEvent.EnrolmentBegun.class),
            new EventType("enrolment.moved", 1, EnrolmentEvent.EnrolmentMoved.class),
            new EventType("enrolment.withdrawn", 1, EnrolmentEvent.EnrolmentWithdrawn.class),
            new EventType("application.submitted", 1,
                    ApplicationEvent.ApplicationSubmitted.class),
            new EventType("application.endorsed", 1,
                    ApplicationEvent.ApplicationEndorsed.class),
            new EventType("application.returned", 1,
                    ApplicationEvent.ApplicationReturned.class),
            new EventType("application.resubmitted", 1,
                    ApplicationEvent.ApplicationResubmitted.class),
            new EventType("application.approved", 1,
                    ApplicationEvent.ApplicationApproved.class),
            new EventType("application.rejected", 1,
                    ApplicationEvent.ApplicationRejected.class),
            new EventType("application.withdrawn", 1,
                    ApplicationEvent.ApplicationWithdrawn.class),
            new EventType("application.appealed", 1,
                    ApplicationEvent.ApplicationAppealed.class),
            new EventType("appeal.dismissed", 1, ApplicationEvent.AppealDismissed.class),
            new EventType("appeal.upheld", 1, ApplicationEvent.AppealUpheld.class),
            new EventType("recognition.decided", 1, RecognitionEvent.RecognitionDecided.class),
            new EventType("recognition.withdrawn", 1,
                    RecognitionEvent.RecognitionWithdrawn.class),
            new EventType("credits.redeemed", 1, RedemptionEvent.CreditsRedeemed.class),
            new EventType("redemption.reversed", 1, RedemptionEvent.RedemptionReversed.class),
            new EventType("redemption.questioned", 1,
                    RedemptionEvent.RedemptionQuestioned.class),
            new EventType("transfer.requested", 1, TransferEvent.TransferRequested.class),
            new EventType("transfer.accepted", 1, TransferEvent.TransferAccepted.class),
            new EventType("transfer.declined", 1, TransferEvent.TransferDeclined.class),
            new EventType("transfer.withdrawn", 1, TransferEvent.TransferWithdrawn.class),
            new EventType("transfer.lapsed", 1, TransferEvent.TransferLapsed.class),
            new EventType("transfer.undone", 1, TransferEvent.TransferUndone.class),
            new EventType("personal-data.disclosed", 1, AccessEvent.PersonalDataDisclosed.class),
            new EventType("state.digested", 1, DigestEvent.StateDigested.class));

    private static final Map<Class<?>, EventType> BY_CLASS =
            ALL.stream().collect(Collectors.toMap(EventType::type, Function.identity()));
    private static final Map<String, EventType> BY_NAME =
            ALL.stream().collect(Collectors.toMap(EventType::name, Function.identity()));

    private EventTypes() {
    }

    public static EventType of(Event event) {
        EventType type = BY_CLASS.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException(event.getClass() + " has no stored name");
        }
        return type;
    }

    /** @throws IllegalArgumentException if there is none of that name and revision */
    public static EventType named(String name, int revision) {
        EventType type = BY_NAME.get(name);
        if (type == null || type.revision() != revision) {
            throw new IllegalArgumentException("This version of the bank does not know the event "
                    + name + " in revision " + revision + "; use the version that wrote it or a"
                    + " newer one");
        }
        return type;
    }
}
