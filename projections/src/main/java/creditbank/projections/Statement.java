package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.Deposit;
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
        REVOKED
    }

    /**
     * One movement.
     *
     * @param amount     signed hundredths
     * @param kind       and {@code title}: absent where the entry does not repeat them
     * @param happenedOn the business date
     * @param recordedAt when the bank knew it
     */
    public record Line(
            long position,
            Movement movement,
            AchievementId achievement,
            InstitutionId issuer,
            @Nullable AchievementKind kind,
            @Nullable String title,
            Sector sector,
            CreditUnit unit,
            long amount,
            LocalDate happenedOn,
            Instant recordedAt,
            @Nullable Reason reason) {
    }

    private Statement() {
    }

    /** The movements of a stream's entries, in the order of the entries. */
    public static List<Line> of(List<Recorded> entries) {
        List<Line> lines = new ArrayList<>();
        for (Recorded entry : entries) {
            switch (entry.event()) {
                case AchievementRecorded e -> lines.add(line(entry, Movement.DEPOSITED, e.id(),
                        e.achievement(), e.deposit(), 1));
                case AchievementCorrected e -> {
                    lines.add(line(entry, Movement.CORRECTED_OUT, e.id(), e.after(),
                            e.before(), -1));
                    lines.add(line(entry, Movement.CORRECTED_IN, e.id(), e.after(),
                            e.deposit(), 1));
                }
                case AchievementRevoked e -> lines.add(new Line(entry.position(),
                        Movement.REVOKED, e.id(), e.issuer(), null, null,
                        e.withdrawn().sector(), e.withdrawn().credits().unit(),
                        -e.withdrawn().credits().hundredths(), e.effectiveOn(),
                        entry.recordedAt(), entry.reason()));
                default -> {
                    // Moves no credits.
                }
            }
        }
        return lines;
    }

    private static Line line(Recorded entry, Movement movement, AchievementId id,
            Achievement achievement, Deposit deposit, int sign) {
        return new Line(entry.position(), movement, id, achievement.issuer(), achievement.kind(),
                achievement.title(), deposit.sector(), deposit.credits().unit(),
                sign * deposit.credits().hundredths(), achievement.happenedOn(),
                entry.recordedAt(), entry.reason());
    }
}
