package creditbank.account;

import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.CreditState;
import creditbank.api.account.Deposit;
import creditbank.api.account.Posting;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.value.Claim;
import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * An achievement as later decisions see it.
 *
 * @param knownOn     the business day on which the bank learnt of it
 * @param reserved    hundredths of its credits that count towards a programme or wait to be
 *                    transferred
 * @param redeemed    hundredths that were used for good
 * @param transferred hundredths that another school took
 */
public record Held(AchievementId id, Achievement achievement, Sector sector, LocalDate knownOn,
        List<Claim> claims, boolean revoked, long reserved, long redeemed, long transferred) {

    public Held {
        if (reserved < 0 || redeemed < 0 || transferred < 0
                || reserved + redeemed + transferred > achievement.credits().hundredths()) {
            throw new IllegalStateException("More of " + id + " is used than there is");
        }
    }

    public InstitutionId issuer() {
        return achievement.issuer();
    }

    AchievementKind kind() {
        return achievement.kind();
    }

    LocalDate happenedOn() {
        return achievement.happenedOn();
    }

    public Deposit deposit() {
        return new Deposit(sector, achievement.credits(), achievement.validUntil());
    }

    /** What of the deposit is bound to nothing. */
    public Deposit free() {
        return new Deposit(sector, credits(available()), achievement.validUntil());
    }

    /** So many of its credits. */
    Credits credits(long hundredths) {
        return new Credits(hundredths, achievement.credits().unit());
    }

    EvidenceId evidence() {
        return new EvidenceId(id.toString());
    }

    long available() {
        return revoked ? 0
                : achievement.credits().hundredths() - reserved - redeemed - transferred;
    }

    /** Whether none of its credits is bound to anything. */
    boolean isUnused() {
        return available() == achievement.credits().hundredths();
    }

    /** Whether it holds on a business day. */
    boolean holdsOn(LocalDate day) {
        LocalDate until = achievement.validUntil();
        return !revoked && !happenedOn().isAfter(day) && (until == null || !until.isBefore(day));
    }

    /** Nothing is posted where there is nothing. */
    Optional<Posting> posting(CreditState from, CreditState to, long hundredths) {
        return hundredths == 0 ? Optional.empty()
                : Optional.of(new Posting(id, sector, from, to, credits(hundredths)));
    }

    Held posted(Posting posting) {
        if (posting.sector() != sector
                || posting.credits().unit() != achievement.credits().unit()) {
            throw new IllegalStateException("The credits of " + id + " lie in another pool");
        }
        long amount = posting.credits().hundredths();
        return new Held(id, achievement, sector, knownOn, claims, revoked,
                reserved + change(posting, CreditState.RESERVED, amount),
                redeemed + change(posting, CreditState.REDEEMED, amount),
                transferred + change(posting, CreditState.TRANSFERRED, amount));
    }

    private static long change(Posting posting, CreditState state, long amount) {
        return (posting.to() == state ? amount : 0) - (posting.from() == state ? amount : 0);
    }
}
