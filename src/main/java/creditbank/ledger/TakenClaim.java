package creditbank.ledger;

import creditbank.api.Recorded;
import creditbank.api.Refusal;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.value.Claim;

/** A claim that cannot be made again, and the entry that holds it. */
public record TakenClaim(Claim claim, Recorded holder) {

    public static TakenClaim read(LedgerReader ledger, Claim claim, long position) {
        return new TakenClaim(claim, EntryFormat.read(ledger.read(position, 1).getFirst()));
    }

    /** Names where the evidence or the person already stands. */
    public Refusal refusal() {
        return switch (claim.kind()) {
            case IDENTITY ->
                    new Refusal.PersonAlreadyHasAccount(holder.position(), holder.recordedAt());
            case ORGANISATION ->
                    new Refusal.OrganisationCodeAlreadyRegistered(holder.position());
            case RECORD, NUMBER -> new Refusal.AchievementAlreadyRecorded(
                    claim.kind() == Claim.Kind.RECORD ? "record" : "number", holder.position(),
                    switch (holder.event()) {
                        case AchievementRecorded e -> e.achievement().issuer();
                        case AchievementCorrected e -> e.after().issuer();
                        default -> throw new IllegalStateException(
                                holder.event() + " cannot hold " + claim);
                    }, holder.recordedAt());
        };
    }
}
