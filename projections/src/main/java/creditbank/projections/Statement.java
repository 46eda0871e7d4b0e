package creditbank.projections;

import creditbank.api.Recorded;
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
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.CreditState;
import creditbank.api.account.Deposit;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentMoved;
import creditbank.api.account.EnrolmentEvent.EnrolmentWithdrawn;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.Posting;
import creditbank.api.account.Posts;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.account.RedemptionPurpose.Certificate;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.account.RedemptionPurpose.Entitlement;
import creditbank.api.account.TransferEvent;
import creditbank.api.account.TransferId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Reason;
import creditbank.api.value.Sector;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What moved in an account, when did it happen, when did the bank know it, and why? Read straight
 * from the learner's own stream: nothing is kept that the ledger already says.
 */
public final class Statement {

    public enum Movement {
        /** 存入. */
        DEPOSITED,
        /** 更正, the part taken back. */
        CORRECTED_OUT,
        /** 更正, the part put instead. */
        CORRECTED_IN,
        /** 撤销. */
        REVOKED,
        /** 占用: counted towards a programme, or offered to another school. */
        RESERVED,
        /** 释放: available again. */
        RELEASED,
        /** 兑换. */
        REDEEMED,
        /** 转出: another school took them. */
        TRANSFERRED,
        /** 退回: what was redeemed or transferred is as it was before. */
        RETURNED;

        static Movement of(Posting posting) {
            if (posting.to() == CreditState.REDEEMED) {
                return REDEEMED;
            }
            if (posting.to() == CreditState.TRANSFERRED) {
                return TRANSFERRED;
            }
            if (posting.from() == CreditState.REDEEMED
                    || posting.from() == CreditState.TRANSFERRED) {
                return RETURNED;
            }
            return posting.to() == CreditState.RESERVED ? RESERVED : RELEASED;
        }
    }

    /** What credits passed from one state to another for, by those ids that the entry names. */
    public record Occasion(
            @Nullable EnrolmentId enrolment,
            @Nullable RecognitionId recognition,
            @Nullable RedemptionId redemption,
            @Nullable TransferId transfer) {
    }

    /**
     * One movement.
     *
     * @param issuer     and {@code kind}, {@code title}: absent where the entry does not repeat
     *                   them
     * @param from       and {@code to}: the states credits passed between; absent where they came
     *                   into the account or left it
     * @param amount     hundredths: signed where they came into the account or left it, else how
     *                   much passed
     * @param happenedOn the business date
     * @param recordedAt when the bank knew it
     * @param occasion   what they passed for; absent with {@code from} and {@code to}
     */
    public record Line(
            long position,
            Movement movement,
            AchievementId achievement,
            @Nullable InstitutionId issuer,
            @Nullable AchievementKind kind,
            @Nullable String title,
            Sector sector,
            CreditUnit unit,
            @Nullable CreditState from,
            @Nullable CreditState to,
            long amount,
            LocalDate happenedOn,
            Instant recordedAt,
            @Nullable Reason reason,
            @Nullable Occasion occasion) {
    }

    private Statement() {
    }

    /** The movements of a stream's entries, in the order of the entries. */
    public static List<Line> of(List<Recorded> entries) {
        List<Line> lines = new ArrayList<>();
        for (Recorded entry : entries) {
            if (entry.event() instanceof AccountEvent event) {
                add(lines, entry, event);
            }
        }
        return lines;
    }

    private static void add(List<Line> lines, Recorded entry, AccountEvent event) {
        switch (event) {
            case AchievementRecorded e -> lines.add(line(entry, Movement.DEPOSITED, e.id(),
                    e.achievement(), e.deposit(), 1));
            case AchievementCorrected e -> {
                lines.add(line(entry, Movement.CORRECTED_OUT, e.id(), e.after(), e.before(), -1));
                lines.add(line(entry, Movement.CORRECTED_IN, e.id(), e.after(), e.deposit(), 1));
            }
            case AchievementRevoked e -> lines.add(new Line(entry.position(), Movement.REVOKED,
                    e.id(), e.issuer(), null, null, e.withdrawn().sector(),
                    e.withdrawn().credits().unit(), null, null,
                    -e.withdrawn().credits().hundredths(), e.effectiveOn(), entry.recordedAt(),
                    entry.reason(), null));
            case RecognitionDecided e ->
                    post(lines, entry, e, new Occasion(e.enrolment(), e.id(), null, null));
            case RecognitionWithdrawn e ->
                    post(lines, entry, e, new Occasion(null, e.id(), null, null));
            case EnrolmentWithdrawn e ->
                    post(lines, entry, e, new Occasion(e.id(), null, null, null));
            case CreditsRedeemed e -> post(lines, entry, e,
                    new Occasion(enrolment(e.purpose()), null, e.id(), null));
            case RedemptionReversed e ->
                    post(lines, entry, e, new Occasion(null, null, e.id(), null));
            case RedemptionQuestioned e ->
                    post(lines, entry, e, new Occasion(null, null, e.id(), null));
            case TransferEvent e ->
                    post(lines, entry, e, new Occasion(null, null, null, e.id()));
            case AccountOpened _, IdentityCorrected _, AccountRestricted _, RestrictionLifted _,
                    LearnerErased _, EnrolmentBegun _, EnrolmentMoved _, ApplicationEvent _ -> {
                // Moves no credits.
            }
        }
    }

    private static @Nullable EnrolmentId enrolment(RedemptionPurpose purpose) {
        return switch (purpose) {
            case Diploma diploma -> diploma.enrolment();
            case Certificate _, Entitlement _ -> null;
        };
    }

    private static Line line(Recorded entry, Movement movement, AchievementId id,
            Achievement achievement, Deposit deposit, int sign) {
        return new Line(entry.position(), movement, id, achievement.issuer(), achievement.kind(),
                achievement.title(), deposit.sector(), deposit.credits().unit(), null, null,
                sign * deposit.credits().hundredths(), achievement.happenedOn(),
                entry.recordedAt(), entry.reason(), null);
    }

    private static void post(
            List<Line> lines, Recorded entry, Posts event, Occasion occasion) {
        for (Posting p : event.postings()) {
            lines.add(new Line(entry.position(), Movement.of(p), p.achievement(), null, null,
                    null, p.sector(), p.credits().unit(), p.from(), p.to(),
                    p.credits().hundredths(), event.on(), entry.recordedAt(), entry.reason(),
                    occasion));
        }
    }
}
