package creditbank.http;

import creditbank.Bank;
import creditbank.account.StudiesCounter;
import creditbank.api.Recorded;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AchievementId;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.api.account.SealedIdentity;
import creditbank.api.programme.Progress;
import creditbank.api.value.Credits;
import creditbank.audit.Moment;
import creditbank.audit.Replay;
import creditbank.audit.Replay.Past;
import creditbank.http.ApplicationAnswers.ApplicationAnswer;
import creditbank.http.AuditController.LearnerThen;
import creditbank.http.EnrolmentsController.EnrolmentsAnswer;
import creditbank.http.EnrolmentsController.ProgressAnswer;
import creditbank.http.LearnersController.AccountAnswer;
import creditbank.http.LearnersController.BalanceAnswer;
import creditbank.http.LearnersController.MovementAnswer;
import creditbank.http.LearnersController.PoolAnswer;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Sender;
import creditbank.projections.Accounts;
import creditbank.projections.Achievements;
import creditbank.projections.Achievements.Standing;
import creditbank.projections.Applications;
import creditbank.projections.Balance;
import creditbank.projections.Enrolments;
import creditbank.projections.Enrolments.Enrolment;
import creditbank.projections.Recognitions;
import creditbank.projections.Redemptions;
import creditbank.projections.Redemptions.Redemption;
import creditbank.projections.Statement;
import creditbank.projections.Transfers;
import creditbank.projections.Views;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What is answered about a learner, from views as they are now or as they were once: live questions
 * and the auditor's are answered here alike.
 */
@Component
public class LearnerAnswers {

    /** Of each kind of thing that a learner has. */
    static final int MOST = 1_000;

    private final AchievementAnswers achievements;
    private final ApplicationAnswers applications;
    private final PersonalData personal;
    private final StudiesCounter studies;

    LearnerAnswers(AchievementAnswers achievements, ApplicationAnswers applications,
            PersonalData personal, StudiesCounter studies) {
        this.achievements = achievements;
        this.applications = applications;
        this.personal = personal;
        this.studies = studies;
    }

    /**
     * All that the bank says about a learner.
     *
     * @param movements the whole statement
     * @param progress  towards each programme that the learner has not left
     */
    record LearnerViews(AccountAnswer account, BalanceAnswer balance,
            List<MovementAnswer> movements, List<AchievementAnswers.Recorded> achievements,
            EnrolmentsAnswer enrolments, List<ProgressAnswer> progress,
            List<RecognitionAnswer> recognitions, List<Redemption> redemptions,
            List<TransferAnswer> transfers, List<ApplicationAnswer> applications) {
    }

    /**
     * What the auditor is answered about a learner, written out, for whoever sits at an open bank
     * without HTTP. That they are shown it stands in the ledger first.
     *
     * @param by who asks
     */
    public static String asJson(
            Bank bank, Sender by, Replay replay, Moment moment, LearnerId learner, LocalDate on) {
        PersonalData.Reading reading = new PersonalData.Reading(null);
        PersonalData personal = new PersonalData(bank, reading);
        LearnerAnswers answers = new LearnerAnswers(new AchievementAnswers(personal),
                new ApplicationAnswers(personal, bank.views()), personal, bank.studies());
        String json = EntryFormat.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(
                LearnerThen.of(moment, on,
                        answers.all(replay.of(moment, learner), learner, on)));
        if (!reading.shown().isEmpty()) {
            bank.accesses().record(by, reading.shown());
        }
        return json;
    }

    /** @param on the business day of the balance and of what has an end */
    LearnerViews all(Past past, LearnerId learner, LocalDate on) {
        Views then = past.views();
        List<AccountEvent> history = past.entries().stream().map(Recorded::event)
                .map(AccountEvent.class::cast).toList();
        return new LearnerViews(account(then, learner), balance(then, learner, on),
                movements(then, learner, past.entries()), achievements(then, learner),
                enrolments(then, Enrolments.ofLearner(learner, MOST)),
                progress(then, learner, on,
                        enrolment -> studies.progress(enrolment, on, history)),
                recognitions(then, learner), redemptions(then, learner),
                transfers(then, learner), applications(then, learner, on));
    }

    AccountAnswer account(Views views, LearnerId learner) {
        Accounts.Account account = views.get(Accounts.ACCOUNTS, learner.text());
        if (account == null) {
            throw new Refused(new Refusal.LearnerUnknown(learner.text()));
        }
        SealedIdentity identity =
                account.status() == Accounts.Status.OPEN ? account.identity() : null;
        return identity == null
                ? new AccountAnswer(learner, account.status(), null, null, null, null,
                        account.openedAt(), account.position())
                : new AccountAnswer(learner, account.status(),
                        personal.open(
                                views, learner, PersonalField.IDENTITY_NAME, identity.name()),
                        identity.documentKind(),
                        personal.open(views, learner, PersonalField.IDENTITY_DOCUMENT_NUMBER,
                                identity.documentNumber()),
                        personal.open(views, learner, PersonalField.IDENTITY_BIRTHDAY,
                                identity.birthday()),
                        account.openedAt(), account.position());
    }

    BalanceAnswer balance(Views views, LearnerId learner, LocalDate on) {
        Balance balance = Balance.of(views, learner, on);
        return new BalanceAnswer(learner, balance.on(),
                balance.lines().stream().map(PoolAnswer::of).toList(), balance.nextExpiry());
    }

    /** @param entries of the learner's stream */
    List<MovementAnswer> movements(Views views, LearnerId learner, List<Recorded> entries) {
        return Statement.of(entries).stream().map(line -> new MovementAnswer(
                line.position(), line.movement(), line.achievement().toString(), line.issuer(),
                line.kind(), line.title(), line.sector(), line.unit(), line.from(), line.to(),
                Credits.amount(line.amount()), line.happenedOn(), line.recordedAt(),
                personal.reason(views, learner, line.reason()), line.occasion())).toList();
    }

    /** All of them, in the order in which they were recorded first. */
    List<AchievementAnswers.Recorded> achievements(Views views, LearnerId learner) {
        List<AchievementAnswers.Recorded> found = new ArrayList<>();
        Views.Range range = Achievements.ofLearner(learner, MOST);
        while (true) {
            List<Views.Row<Standing>> rows = views.page(Achievements.ACHIEVEMENTS, range);
            rows.forEach(row -> found.add(achievements.recorded(views, row.document())));
            if (rows.size() < MOST) {
                return found;
            }
            range = range.behind(rows.getLast().at());
        }
    }

    EnrolmentsAnswer enrolments(Views views, Views.Range range) {
        List<Enrolment> enrolments = rows(views, range);
        return new EnrolmentsAnswer(enrolments.stream().map(EnrolmentAnswer::of).toList(),
                enrolments.stream().filter(e -> isRevoked(views, e.admission()))
                        .map(Enrolment::id).toList());
    }

    private static boolean isRevoked(Views views, @Nullable AchievementId achievement) {
        Standing standing =
                achievement == null ? null : Achievements.get(views, achievement);
        return standing != null && standing.revokedOn() != null;
    }

    private static List<Enrolment> rows(Views views, Views.Range range) {
        return views.page(Enrolments.ENROLMENTS, range).stream()
                .map(Views.Row::document).toList();
    }

    /** Towards each programme that the learner has not left. */
    List<ProgressAnswer> progress(Views views, LearnerId learner, LocalDate on,
            Function<EnrolmentId, Progress> towards) {
        return rows(views, Enrolments.ofLearner(learner, MOST)).stream()
                .filter(e -> e.status() != Enrolments.Status.WITHDRAWN)
                .map(e -> ProgressAnswer.of(e.id(), on, towards.apply(e.id()))).toList();
    }

    List<RecognitionAnswer> recognitions(Views views, LearnerId learner) {
        return views.page(Recognitions.RECOGNITIONS, Recognitions.ofLearner(learner, MOST))
                .stream().map(row -> RecognitionAnswer.of(row.document())).toList();
    }

    List<Redemption> redemptions(Views views, LearnerId learner) {
        return views.page(Redemptions.REDEMPTIONS, Redemptions.ofLearner(learner, MOST))
                .stream().map(Views.Row::document).toList();
    }

    List<TransferAnswer> transfers(Views views, LearnerId learner) {
        return views.page(Transfers.TRANSFERS, Transfers.ofLearner(learner, MOST)).stream()
                .map(row -> TransferAnswer.of(row.document())).toList();
    }

    /** @param today the business day by which somebody is late */
    List<ApplicationAnswer> applications(Views views, LearnerId learner, LocalDate today) {
        return views.page(Applications.APPLICATIONS, Applications.ofLearner(learner, MOST))
                .stream().map(row -> applications.of(views, row.document(), today)).toList();
    }
}
