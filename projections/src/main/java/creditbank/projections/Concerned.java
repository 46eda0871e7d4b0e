package creditbank.projections;

import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.access.AccessEvent;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AccountEvent.IdentityCorrected;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.AccountEvent.RestrictionLifted;
import creditbank.api.account.Achievement;
import creditbank.api.account.ApplicationEvent.AppealDismissed;
import creditbank.api.account.ApplicationEvent.AppealUpheld;
import creditbank.api.account.ApplicationEvent.ApplicationAppealed;
import creditbank.api.account.ApplicationEvent.ApplicationApproved;
import creditbank.api.account.ApplicationEvent.ApplicationEndorsed;
import creditbank.api.account.ApplicationEvent.ApplicationRejected;
import creditbank.api.account.ApplicationEvent.ApplicationResubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationReturned;
import creditbank.api.account.ApplicationEvent.ApplicationSubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationWithdrawn;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentMoved;
import creditbank.api.account.EnrolmentEvent.EnrolmentWithdrawn;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionEvent;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.TransferEvent.TransferAccepted;
import creditbank.api.account.TransferEvent.TransferDeclined;
import creditbank.api.account.TransferEvent.TransferLapsed;
import creditbank.api.account.TransferEvent.TransferRequested;
import creditbank.api.account.TransferEvent.TransferUndone;
import creditbank.api.account.TransferEvent.TransferWithdrawn;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.agreement.AgreementEvent.AgreementAccepted;
import creditbank.api.agreement.AgreementEvent.AgreementEnded;
import creditbank.api.agreement.AgreementEvent.AgreementProposed;
import creditbank.api.agreement.Party;
import creditbank.api.digest.DigestEvent;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.programme.ProgrammeEvent.ProgrammeClosed;
import creditbank.api.programme.ProgrammeEvent.ProgrammeDefined;
import creditbank.api.programme.ProgrammeEvent.ProgrammeRevised;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.rulebook.RulebookEvent.RulebookApproved;
import creditbank.api.rulebook.RulebookEvent.RulebookProposed;
import creditbank.api.rulebook.RulebookEvent.RulebookSuperseded;
import creditbank.api.rulebook.RulebookEvent.RulebookWithdrawn;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom an entry concerns, by what stands in the entry itself: on whose behalf it was written, and
 * whom its event names. Whoever is known from earlier entries alone is not among them.
 */
public final class Concerned {

    private static final String INSTITUTION = "institution/";

    private Concerned() {
    }

    /** The learner it is about; null where it is about none. */
    public static @Nullable LearnerId learner(Event event) {
        return switch (event) {
            case AccountEvent e -> e.learner();
            case AccessEvent e -> e.learner();
            default -> null;
        };
    }

    /** Each once: on whose behalf first, then in the order of the event. */
    public static List<InstitutionId> institutions(Recorded entry) {
        String sender = entry.onBehalfOf();
        Stream<InstitutionId> first = sender == null || !sender.startsWith(INSTITUTION)
                ? Stream.of() : Stream.of(new InstitutionId(sender.substring(INSTITUTION.length())));
        return Stream.concat(first, named(entry.event())).distinct().toList();
    }

    private static Stream<InstitutionId> named(Event event) {
        return switch (event) {
            case AccountEvent e -> ofAccount(e);
            case InstitutionEvent e -> Stream.of(e.institution());
            case ProgrammeEvent e -> ofProgramme(e);
            case RulebookEvent e -> ofRulebook(e);
            case AgreementEvent e -> ofAgreement(e);
            case AccessEvent _, DigestEvent _ -> Stream.of();
            default -> throw new IllegalArgumentException(event + " is of no known family");
        };
    }

    private static Stream<InstitutionId> ofAccount(AccountEvent event) {
        return switch (event) {
            case AchievementRecorded e -> ofAchievement(e.achievement());
            case AchievementCorrected e -> ofAchievement(e.after());
            case AchievementRevoked e -> Stream.of(e.issuer());
            case EnrolmentBegun e -> there(e.school(), e.employer());
            case ApplicationSubmitted e -> there(e.school(), e.next().at().institution());
            case ApplicationEndorsed e ->
                    there(e.by().institution(), e.next().at().institution());
            case ApplicationReturned e -> there(e.by().institution());
            case ApplicationResubmitted e -> there(e.next().at().institution());
            case ApplicationApproved e -> there(e.by().institution());
            case ApplicationRejected e -> there(e.by().institution());
            case AppealUpheld e -> there(e.next().at().institution());
            case CreditsRedeemed e -> Stream.of(e.by());
            case TransferRequested e -> Stream.of(e.from(), e.to());
            case AccountOpened _, IdentityCorrected _, AccountRestricted _, RestrictionLifted _,
                    LearnerErased _, EnrolmentMoved _, EnrolmentWithdrawn _,
                    ApplicationWithdrawn _, ApplicationAppealed _, AppealDismissed _,
                    RecognitionEvent _, RedemptionReversed _, RedemptionQuestioned _,
                    TransferAccepted _, TransferDeclined _, TransferWithdrawn _, TransferLapsed _,
                    TransferUndone _ -> Stream.of();
        };
    }

    private static Stream<InstitutionId> ofAchievement(Achievement achievement) {
        return there(achievement.issuer(), achievement.coIssuer());
    }

    private static Stream<InstitutionId> ofProgramme(ProgrammeEvent event) {
        return switch (event) {
            case ProgrammeDefined e -> Stream.of(e.plan().institution());
            case ProgrammeRevised e -> Stream.of(e.plan().institution());
            case ProgrammeClosed _ -> Stream.of();
        };
    }

    private static Stream<InstitutionId> ofRulebook(RulebookEvent event) {
        return switch (event) {
            case RulebookProposed e ->
                    there(new Party(e.head().jurisdiction().text()).institution());
            case RulebookApproved _, RulebookSuperseded _, RulebookWithdrawn _ -> Stream.of();
        };
    }

    private static Stream<InstitutionId> ofAgreement(AgreementEvent event) {
        Stream<Party> parties = switch (event) {
            case AgreementProposed e ->
                    Stream.concat(Stream.of(e.party()), e.terms().parties().stream());
            case AgreementAccepted e -> Stream.of(e.party());
            case AgreementEnded e -> Stream.of(e.party());
        };
        return parties.flatMap(party -> there(party.institution()));
    }

    private static Stream<InstitutionId> there(@Nullable InstitutionId... named) {
        return Stream.of(named).filter(Objects::nonNull);
    }
}
