package creditbank.projections;

import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.CreditState;
import creditbank.api.account.Deposit;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentWithdrawn;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.account.RedemptionPurpose.Counted;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.account.TransferEvent.TransferAccepted;
import creditbank.api.account.TransferEvent.TransferDeclined;
import creditbank.api.account.TransferEvent.TransferLapsed;
import creditbank.api.account.TransferEvent.TransferRequested;
import creditbank.api.account.TransferEvent.TransferUndone;
import creditbank.api.account.TransferEvent.TransferWithdrawn;
import creditbank.api.account.TransferId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Sealed;
import creditbank.api.value.Sector;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Entries of one learner, folded as they come. */
final class Facts {

    static final LearnerId LEARNER = new LearnerId("7K3M9Q2HX4T8W1ZC");
    static final InstitutionId COLLEGE = new InstitutionId("dandong-tech");
    static final InstitutionId SCHOOL = new InstitutionId("open-university");
    static final ProgrammeVersion PROGRAMME =
            new ProgrammeVersion(new ProgrammeId("mechatronics"), 1);
    static final RulebookVersion RULEBOOK = new RulebookVersion(new RulebookId("rules"), 2);
    static final AgreementId AGREEMENT = new AgreementId("between-schools");
    static final ClauseId CLAUSE = new ClauseId("own-credits");

    final Shelf shelf = new Shelf();
    final List<Recorded> entries = new ArrayList<>();
    private final List<Projection> projections = List.of(
            new Achievements(), new Enrolments(), new Transfers(), new Applications());

    static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    static AchievementId achievement(int number) {
        return new AchievementId(LEARNER, number);
    }

    static EnrolmentId enrolment(int number) {
        return new EnrolmentId(LEARNER, number);
    }

    static RecognitionId recognition(int number) {
        return new RecognitionId(LEARNER, number);
    }

    static RedemptionId redemption(int number) {
        return new RedemptionId(LEARNER, number);
    }

    static TransferId transfer(int number) {
        return new TransferId(LEARNER, number);
    }

    /** Answers the position. */
    long fold(Event event) {
        long position = entries.size();
        Recorded entry = new Recorded(position, "id-" + position, LEARNER.stream(), position,
                Instant.EPOCH.plusSeconds(position), "user/test", null, "c-" + position, null,
                null, event);
        entries.add(entry);
        projections.forEach(p -> p.fold(entry, shelf));
        return position;
    }

    Achievements.Standing standing(int achievement) {
        return Objects.requireNonNull(
                Achievements.get(shelf, achievement(achievement)));
    }

    // ------------------------------------------------------------------ events

    static Achievement course(InstitutionId issuer, long hundredths, CreditUnit unit,
            LocalDate happenedOn, @Nullable LocalDate validUntil) {
        return new Achievement(AchievementKind.COURSE, issuer, null, new Sealed("a2V5"),
                "机械制图", null, null, null, null, new Credits(hundredths, unit), happenedOn,
                validUntil, null, null, null, Attributes.NONE);
    }

    static AccountEvent recorded(
            int number, long hundredths, String happenedOn, @Nullable String validUntil) {
        return recorded(achievement(number), course(COLLEGE, hundredths, CreditUnit.CN,
                day(happenedOn), validUntil == null ? null : day(validUntil)));
    }

    static AccountEvent recorded(AchievementId id, Achievement achievement) {
        return new AchievementRecorded(
                id, Sector.VOCATIONAL, achievement.happenedOn(), achievement, List.of());
    }

    AccountEvent corrected(int number, long hundredths, CreditUnit unit) {
        Achievement was = standing(number).achievement();
        return corrected(achievement(number), course(was.issuer(), hundredths, unit,
                was.happenedOn(), was.validUntil()));
    }

    AccountEvent corrected(AchievementId id, Achievement after) {
        return new AchievementCorrected(id, deposit(id), after, List.of(), List.of());
    }

    AccountEvent revoked(AchievementId id, LocalDate from) {
        return new AchievementRevoked(id, COLLEGE, deposit(id), from, List.of());
    }

    private Deposit deposit(AchievementId id) {
        Achievement a = standing(id.number()).achievement();
        return new Deposit(Sector.VOCATIONAL, a.credits(), a.validUntil());
    }

    static AccountEvent begun(int number, String on) {
        return new EnrolmentBegun(enrolment(number), PROGRAMME, SCHOOL, null, day(on), null);
    }

    static AccountEvent left(int enrolment, LocalDate on, Posting... postings) {
        return new EnrolmentWithdrawn(enrolment(enrolment), on, List.of(postings));
    }

    static AccountEvent decided(
            int recognition, int enrolment, LocalDate on, Posting... postings) {
        List<GrantedLine> granted = Arrays.stream(postings).map(p -> new GrantedLine(
                new EvidenceId(p.achievement().toString()),
                TargetId.course("C" + p.achievement().number()), CLAUSE, p.credits(),
                p.credits(), null, List.of(), List.of())).toList();
        return new RecognitionDecided(recognition(recognition), enrolment(enrolment), PROGRAMME,
                null, Attributes.NONE, null, AGREEMENT, null, new Decision(RULEBOOK, on, 1, granted, List.of(),
                        List.of(), List.of(), List.of(), Decision.Search.PROVEN),
                List.of(postings));
    }

    static AccountEvent withdrawn(
            int recognition, int achievement, Cause cause, LocalDate on, Posting... postings) {
        return new RecognitionWithdrawn(recognition(recognition), achievement(achievement), cause,
                on, List.of(postings));
    }

    static AccountEvent redeemed(
            int number, RedemptionPurpose purpose, LocalDate on, Posting... postings) {
        return new CreditsRedeemed(redemption(number), SCHOOL, purpose, on,
                List.of(postings));
    }

    /** In which these pieces count, each towards a course of its own. */
    static Diploma diploma(int enrolment, Posting... postings) {
        return new Diploma(enrolment(enrolment), PROGRAMME, Arrays.stream(postings)
                .map(p -> new Counted(p.achievement(),
                        TargetId.course("C" + p.achievement().number()), p.credits(), null))
                .toList(), List.of(), Attributes.NONE, null);
    }

    static AccountEvent reversed(int number, LocalDate on, Posting... postings) {
        return new RedemptionReversed(redemption(number), on, List.of(postings), List.of());
    }

    static AccountEvent questioned(
            int number, int achievement, AchievementChange cause, LocalDate on,
            Posting... postings) {
        return new RedemptionQuestioned(redemption(number), achievement(achievement), cause, on,
                List.of(postings));
    }

    static AccountEvent offered(int number, LocalDate on, Posting... postings) {
        List<GrantedLine> granted = Arrays.stream(postings).map(p -> new GrantedLine(
                new EvidenceId(p.achievement().toString()), TargetId.PROGRAMME, CLAUSE,
                p.credits(), p.credits(), null, List.of(), List.of())).toList();
        return new TransferRequested(transfer(number), COLLEGE, SCHOOL, null, null,
                Attributes.NONE, null, AGREEMENT, new Decision(RULEBOOK, on, 1, granted,
                        List.of(), List.of(), List.of(), List.of(), Decision.Search.PROVEN),
                on.plusDays(60), List.of(postings));
    }

    /** What it becomes is recorded by an entry of its own. */
    static AccountEvent accepted(int number, LocalDate on, Posting... postings) {
        return new TransferAccepted(transfer(number), on, Arrays.stream(postings)
                .map(p -> achievement(p.achievement().number() + 1_000)).toList(),
                List.of(postings));
    }

    static AccountEvent declined(int number, LocalDate on, Posting... postings) {
        return new TransferDeclined(transfer(number), on, List.of(postings));
    }

    static AccountEvent takenBack(
            int number, int achievement, AchievementChange cause, LocalDate on,
            Posting... postings) {
        return new TransferWithdrawn(transfer(number), cause, achievement(achievement), on,
                List.of(postings));
    }

    static AccountEvent lapsed(int number, LocalDate on, Posting... postings) {
        return new TransferLapsed(transfer(number), on, List.of(postings));
    }

    static AccountEvent undone(
            int number, int achievement, AchievementChange cause, LocalDate on,
            Posting... postings) {
        return new TransferUndone(transfer(number), achievement(achievement), cause, null, on,
                List.of(postings));
    }

    static AccountEvent cameBack(
            int number, int achievement, int received, LocalDate on, Posting... postings) {
        return new TransferUndone(transfer(number), achievement(achievement),
                AchievementChange.REVOKED, achievement(received), on, List.of(postings));
    }

    static Posting posting(int achievement, CreditState from, CreditState to, long hundredths) {
        return posting(achievement, from, to, new Credits(hundredths, CreditUnit.CN));
    }

    static Posting posting(int achievement, CreditState from, CreditState to, Credits credits) {
        return new Posting(achievement(achievement), Sector.VOCATIONAL, from, to, credits);
    }
}
