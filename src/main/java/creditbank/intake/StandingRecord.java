package creditbank.intake;

import creditbank.account.AchievementForm;
import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.LearnerId;
import creditbank.api.value.Claim;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.TakenClaim;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Looks up whether an achievement stands in the ledger already, and as what. */
final class StandingRecord {


    private final LedgerReader ledger;

    StandingRecord(LedgerReader ledger) {
        this.ledger = ledger;
    }

    /** The first of an achievement's claims that stands. */
    Optional<TakenClaim> taken(List<Claim> claims) {
        for (Claim claim : claims) {
            OptionalLong position = ledger.positionOfClaim(claim.text());
            if (position.isPresent()) {
                return Optional.of(TakenClaim.read(ledger, claim, position.getAsLong()));
            }
        }
        return Optional.empty();
    }

    /** Whether what stands is this achievement of this learner, as it reads now. */
    boolean isSame(TakenClaim taken, @Nullable LearnerId learner, AchievementForm.Read read) {
        AchievementId id = id(taken.holder());
        return id != null && id.learner().equals(learner)
                && read.claims().stream().allMatch(claim -> id.equals(holder(claim)))
                && now(id).filter(stands -> sealedAlike(read.achievement(), stands)
                        .equals(stands)).isPresent();
    }

    /**
     * Whether what was recorded at a position was not revoked since.
     *
     * @param claims of what was recorded there
     */
    boolean stands(long position, List<Claim> claims) {
        OptionalLong at = OptionalLong.of(position);
        // The one look-up that nearly every row of a file sent again ends with.
        if (claims.stream().anyMatch(claim -> ledger.positionOfClaim(claim.text()).equals(at))) {
            return true;
        }
        AchievementId id = id(EntryFormat.read(ledger.read(position, 1).getFirst()));
        // A corrected key is set free as well, but the achievement stands under its new one.
        return id != null && now(id).isPresent();
    }

    private @Nullable AchievementId holder(Claim claim) {
        OptionalLong position = ledger.positionOfClaim(claim.text());
        return position.isEmpty() ? null
                : id(EntryFormat.read(ledger.read(position.getAsLong(), 1).getFirst()));
    }

    private static @Nullable AchievementId id(Recorded entry) {
        return switch (entry.event()) {
            case AchievementRecorded e -> e.id();
            case AchievementCorrected e -> e.id();
            default -> null;
        };
    }

    /** As it was recorded or last corrected; empty once it is revoked. */
    private Optional<Achievement> now(AchievementId id) {
        Optional<Achievement> now = Optional.empty();
        for (Entry entry : ledger.readStream(id.learner().stream(), 0)) {
            AccountEvent event = (AccountEvent) EntryFormat.read(entry).event();
            if (event instanceof AchievementRecorded e && e.id().equals(id)) {
                now = Optional.of(e.achievement());
            } else if (event instanceof AchievementCorrected e && e.id().equals(id)) {
                now = Optional.of(e.after());
            } else if (event instanceof AchievementRevoked e && e.id().equals(id)) {
                now = Optional.empty();
            }
        }
        return now;
    }

    /** What is sealed is compared by its claims; a box is never the same twice. */
    private static Achievement sealedAlike(Achievement read, Achievement stands) {
        if (read.kind() != stands.kind()) {
            return read;
        }
        return new Achievement(read.kind(), read.issuer(), read.coIssuer(), stands.recordKey(),
                read.title(), read.subject(), read.level(), read.hours(), read.grade(),
                read.credits(), read.happenedOn(), read.validUntil(), read.evidence(),
                stands.number(), read.studyForm(), read.attributes());
    }
}
