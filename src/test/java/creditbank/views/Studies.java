package creditbank.views;

import static creditbank.api.account.CreditState.AVAILABLE;
import static creditbank.api.account.CreditState.REDEEMED;
import static creditbank.api.account.CreditState.RESERVED;

import creditbank.api.Event;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.CreditState;
import creditbank.api.account.Deposit;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentWithdrawn;
import creditbank.api.account.EnrolmentId;
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
import creditbank.api.agreement.AgreementId;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.Entitlement;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.Judgement;
import creditbank.api.recognition.RequirementLine;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import creditbank.formats.Samples;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One learner's studies, in which everything that can become of credits becomes of them. */
final class Studies {

    private static final LocalDate DAY = LocalDate.of(2024, 9, 1);
    private static final ProgrammeVersion PROGRAMME =
            new ProgrammeVersion(new ProgrammeId("mechatronics"), 1);

    private Studies() {
    }

    static Event[] events() {
        RedemptionPurpose diploma = diploma();
        return new Event[] {
            recorded(1), recorded(2), recorded(3),
            new EnrolmentBegun(enrolment(1), PROGRAMME, Samples.COLLEGE, Samples.EMPLOYER, DAY,
                    Samples.achievement(3)),
            new EnrolmentBegun(enrolment(2), PROGRAMME, Samples.COLLEGE, null, DAY, null),
            decided(1, 1, new AgreementId("between-schools"), 1, 2),
            decided(2, 2, null, 3),
            new RecognitionWithdrawn(recognition(1), Samples.achievement(2), Cause.MISTAKE, DAY,
                    List.of(posting(2, RESERVED, AVAILABLE))),
            new EnrolmentWithdrawn(enrolment(2), DAY.plusDays(1),
                    List.of(posting(3, RESERVED, AVAILABLE))),
            redeemed(1, diploma, posting(1, RESERVED, REDEEMED)),
            redeemed(2, new RedemptionPurpose.Certificate("证书 🎓"),
                    posting(2, AVAILABLE, REDEEMED)),
            redeemed(3, new RedemptionPurpose.Certificate("高级工"),
                    posting(3, AVAILABLE, REDEEMED)),
            redeemed(4, new RedemptionPurpose.Entitlement("exam-entry")),
            new RedemptionReversed(redemption(2), DAY.plusDays(2),
                    List.of(posting(2, REDEEMED, AVAILABLE)), List.of()),
            new RedemptionQuestioned(redemption(1), Samples.achievement(1),
                    AchievementChange.REVOKED, DAY.plusDays(3),
                    List.of(posting(1, REDEEMED, AVAILABLE))),
            new AchievementRevoked(Samples.achievement(1), Samples.COLLEGE, new Deposit(
                    Sector.VOCATIONAL, Samples.course().credits(), null), DAY, List.of())};
    }

    private static Event recorded(int number) {
        return new AchievementRecorded(Samples.achievement(number), Sector.VOCATIONAL, DAY,
                Samples.course(), List.of());
    }

    /** Each piece counts towards one course, and exempts from another. */
    private static Event decided(int number, int enrolment, @Nullable AgreementId agreement,
            int... achievements) {
        List<GrantedLine> granted = Arrays.stream(achievements).boxed()
                .flatMap(a -> Stream.of(
                        granted(a, "C" + a, Samples.course().credits()),
                        granted(a, "E" + a, null))).toList();
        return new RecognitionDecided(recognition(number), enrolment(enrolment), PROGRAMME,
                null, Attributes.NONE, null, agreement, null, new Decision(
                        new RulebookVersion(new RulebookId("rules"), 1), DAY, 1, granted, List.of(),
                        List.of(), List.of(), List.of(), Decision.Search.PROVEN),
                Arrays.stream(achievements)
                        .mapToObj(a -> posting(a, AVAILABLE, RESERVED)).toList());
    }

    private static GrantedLine granted(int number, String course, @Nullable Credits credits) {
        return new GrantedLine(new EvidenceId(Samples.achievement(number).toString()),
                TargetId.course(course), new ClauseId("own-credits"), credits, credits, "合格",
                List.of(), List.of());
    }

    /** With all that can stand in one. */
    private static RedemptionPurpose diploma() {
        RulebookVersion rules = new RulebookVersion(new RulebookId("rules"), 1);
        ClauseId clause = new ClauseId("own-credits");
        return new RedemptionPurpose.Diploma(enrolment(1), PROGRAMME, List.of(
                new RedemptionPurpose.Counted(Samples.achievement(1), TargetId.course("C1"),
                        Samples.course().credits(),
                        new RedemptionPurpose.Award(recognition(1), rules, clause)),
                new RedemptionPurpose.Counted(Samples.achievement(1), TargetId.course("E1"),
                        null, new RedemptionPurpose.Award(recognition(1), rules, clause)),
                new RedemptionPurpose.Counted(Samples.achievement(2), TargetId.PROGRAMME,
                        Samples.course().credits(), null)),
                List.of(new Judgement(rules, 1, List.of(
                        new RequirementLine(clause, "several", true, "2", "2")),
                        List.of(new Entitlement(clause, "exam-entry", null)))),
                Attributes.NONE.with("urgent", true), Samples.box("of the learner"));
    }

    private static Event redeemed(int number, RedemptionPurpose purpose, Posting... postings) {
        return new CreditsRedeemed(redemption(number), Samples.COLLEGE, purpose, DAY,
                List.of(postings));
    }

    private static Posting posting(int number, CreditState from, CreditState to) {
        return new Posting(Samples.achievement(number), Sector.VOCATIONAL, from, to,
                new Credits(450, CreditUnit.CN));
    }

    private static EnrolmentId enrolment(int number) {
        return new EnrolmentId(Samples.LEARNER, number);
    }

    private static RecognitionId recognition(int number) {
        return new RecognitionId(Samples.LEARNER, number);
    }

    private static RedemptionId redemption(int number) {
        return new RedemptionId(Samples.LEARNER, number);
    }
}
