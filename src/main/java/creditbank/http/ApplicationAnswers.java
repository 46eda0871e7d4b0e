package creditbank.http;

import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.ApplicationEvent.Applicant;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.ApplicationStanding;
import creditbank.api.account.ApplicationStanding.Approved;
import creditbank.api.account.ApplicationStanding.Rejected;
import creditbank.api.account.Desk;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.Turn;
import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.value.Credits;
import creditbank.projections.Achievements;
import creditbank.projections.Applications.Act;
import creditbank.projections.Applications.Action;
import creditbank.projections.Applications.Application;
import creditbank.projections.Views;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Applications as they are answered: with reasons opened, and whether somebody is late. */
@Component
class ApplicationAnswers {

    enum Standing {
        WAITING,
        RETURNED,
        APPROVED,
        REJECTED,
        APPEALED,
        DISMISSED,
        WITHDRAWN,
        /** The account was closed for good while somebody had it on the desk. */
        CLOSED;

        static Standing of(Application application) {
            return application.closed() ? CLOSED : switch (application.standing()) {
                case ApplicationStanding.Waiting _ -> WAITING;
                case ApplicationStanding.Returned _ -> RETURNED;
                case ApplicationStanding.Approved _ -> APPROVED;
                case ApplicationStanding.Rejected _ -> REJECTED;
                case ApplicationStanding.Appealed _ -> APPEALED;
                case ApplicationStanding.Dismissed _ -> DISMISSED;
                case ApplicationStanding.Withdrawn _ -> WITHDRAWN;
            };
        }
    }

    /**
     * @param step   absent for what is done at no step
     * @param at     for whom it was done there: {@code school/ID}, {@code issuer/ID}, {@code bank}
     * @param reason absent while the account is restricted, and once erased
     */
    record ApplicationActAnswer(Action action, @Nullable String step, @Nullable Desk at,
            LocalDate on, String by, Instant recordedAt, long position,
            @Nullable String reason) {
    }

    /** @param at who is to decide: {@code school/ID}, {@code issuer/ID} or {@code bank} */
    record TurnAnswer(String step, Desk at, @Nullable LocalDate dueOn) {
    }

    /**
     * @param best        whether whatever counts most is asked for, and not certain lines
     * @param on          the business day of the first submission
     * @param since       since when it stands so; absent once it is closed
     * @param turn        the step at which it waits; absent where it waits at none
     * @param overdue     whether that should have been decided
     * @param appealUntil the last day to appeal; absent where nothing can be appealed
     * @param recognitions what was decided on it
     */
    record ApplicationAnswer(ApplicationId id, EnrolmentId enrolment, InstitutionId school,
            Applicant by, RulebookVersion rulebook, @Nullable AgreementId agreement, boolean best,
            LocalDate on, Standing standing, @Nullable LocalDate since, @Nullable TurnAnswer turn,
            boolean overdue, @Nullable LocalDate appealUntil, List<RecognitionId> recognitions,
            List<ApplicationActAnswer> acts, long position, long changedAt) {
    }

    /**
     * A piece of evidence as it is now, for whoever decides on it; its number stays sealed.
     *
     * @param stands whether it was not revoked
     */
    record EvidenceAnswer(AchievementId id, AchievementKind kind, InstitutionId issuer,
            String title, @Nullable String subject, @Nullable String level,
            @Nullable String grade, Credits credits, LocalDate happenedOn,
            @Nullable LocalDate validUntil, boolean stands) {

        private static EvidenceAnswer of(Achievements.Standing standing) {
            Achievement a = standing.achievement();
            return new EvidenceAnswer(standing.id(), a.kind(), a.issuer(), a.title(),
                    a.subject(), a.level(), a.grade(), a.credits(), a.happenedOn(),
                    a.validUntil(), standing.revokedOn() == null);
        }
    }

    private final PersonalData personal;
    private final Views views;

    ApplicationAnswers(PersonalData personal, Views views) {
        this.personal = personal;
        this.views = views;
    }

    /** Each piece once, in the order in which it is named first. */
    List<EvidenceAnswer> evidence(Stream<EvidenceId> named) {
        return named.distinct()
                .map(each -> Achievements.get(views, AchievementId.parse(each.text())))
                .filter(Objects::nonNull).map(EvidenceAnswer::of).toList();
    }

    /**
     * @param asked of which {@code a} is a document: of now, or as they were once
     * @param today the bank's business day
     */
    ApplicationAnswer of(Views asked, Application a, LocalDate today) {
        Turn turn = a.turn();
        LocalDate due = turn == null ? null : turn.dueOn();
        LocalDate appeal = switch (a.standing()) {
            case Approved approved -> approved.appealUntil();
            case Rejected rejected -> rejected.appealUntil();
            case ApplicationStanding.Waiting _, ApplicationStanding.Returned _,
                    ApplicationStanding.Appealed _, ApplicationStanding.Dismissed _,
                    ApplicationStanding.Withdrawn _ -> null;
        };
        return new ApplicationAnswer(a.id(), a.enrolment(), a.school(), a.by(), a.rulebook(),
                a.agreement(), a.best(), a.on(), Standing.of(a),
                a.closed() ? null : a.standing().since(),
                turn == null ? null : new TurnAnswer(turn.step(), turn.at(), due),
                due != null && today.isAfter(due), appeal, a.recognitions(),
                a.acts().stream().map(act -> act(asked, a.id(), act)).toList(), a.position(),
                a.changedAt());
    }

    private ApplicationActAnswer act(Views asked, ApplicationId id, Act act) {
        return new ApplicationActAnswer(act.action(), act.step(), act.at(), act.on(), act.by(),
                act.recordedAt(), act.position(),
                personal.reason(asked, id.learner(), act.reason()));
    }
}
