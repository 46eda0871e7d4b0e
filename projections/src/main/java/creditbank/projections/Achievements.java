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
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.Sector;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What has this learner achieved, what has this institution recorded, what is this number? */
public final class Achievements implements Projection {

    /**
     * An achievement as it stands now.
     *
     * @param numberClaim the claim of its number, by which anyone who knows the number finds it
     * @param revokedOn   from which business day it does not hold
     * @param recordedAt  when the bank first knew it
     * @param position    of the entry that recorded it
     * @param changedAt   position of the last entry about it
     */
    public record Standing(
            AchievementId id,
            Sector sector,
            Achievement achievement,
            @Nullable Claim numberClaim,
            @Nullable LocalDate revokedOn,
            Instant recordedAt,
            long position,
            long changedAt) {

        /** Whether its credits can be used on a business day. */
        public Condition on(LocalDate day) {
            LocalDate validUntil = achievement.validUntil();
            if (day.isBefore(achievement.happenedOn())) {
                return Condition.NOT_YET;
            }
            if (revokedOn != null && !day.isBefore(revokedOn)) {
                return Condition.REVOKED;
            }
            return validUntil != null && day.isAfter(validUntil)
                    ? Condition.EXPIRED : Condition.AVAILABLE;
        }
    }

    /** What an achievement is on one business day. */
    public enum Condition {
        NOT_YET,
        AVAILABLE,
        EXPIRED,
        REVOKED
    }

    private static final String BY_ISSUER = "by_issuer";
    private static final String BY_ISSUER_AND_KIND = "by_issuer_and_kind";
    private static final String BY_NUMBER = "by_number";

    /** Key: learner, dash, number in the account with leading zeros. */
    public static final View<Standing> ACHIEVEMENTS = new View<>("achievements", Standing.class,
            List.of(
                    new View.Index<>(BY_ISSUER, s ->
                            s.achievement().issuer() + "|" + when(s)),
                    new View.Index<>(BY_ISSUER_AND_KIND, s ->
                            s.achievement().issuer() + "|" + s.achievement().kind() + "|"
                                    + when(s)),
                    new View.Index<>(BY_NUMBER, s -> s.numberClaim() == null
                            ? null : s.numberClaim() + "|" + View.ordered(s.changedAt()))));

    private static String when(Standing s) {
        return s.achievement().happenedOn() + "|" + View.ordered(s.position());
    }

    private static String key(AchievementId id) {
        return id.learner() + "-" + View.ordered(id.number());
    }

    // ------------------------------------------------------------------ questions

    public static Views.Range ofLearner(LearnerId learner, int limit) {
        return Views.Range.ofKeys(learner + "-", limit);
    }

    /** An institution's records, newest achievement first; dates inclusive. */
    public static Views.Range ofIssuer(InstitutionId issuer, @Nullable AchievementKind kind,
            @Nullable LocalDate from, @Nullable LocalDate to, int limit) {
        String prefix = issuer + "|" + (kind == null ? "" : kind + "|");
        return new Views.Range(kind == null ? BY_ISSUER : BY_ISSUER_AND_KIND,
                prefix + (from == null ? "" : from),
                // Behind every key of that day, in front of every key of the next.
                prefix + (to == null ? "" : to) + "~", true, limit);
    }

    /** Who bears this number, the one that was changed last first. */
    public static Views.Range ofNumber(Claim number) {
        return Views.Range.of(BY_NUMBER, number + "|", 1).newestFirst();
    }

    public static @Nullable Standing get(Views views, AchievementId id) {
        return views.get(ACHIEVEMENTS, key(id));
    }

    // ------------------------------------------------------------------ fold

    @Override
    public String name() {
        return "achievements";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public List<View<?>> views() {
        return List.of(ACHIEVEMENTS, Books.LINES, Books.DAYS);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof AccountEvent event) {
            switch (event) {
                case AchievementRecorded e -> put(documents, null, new Standing(e.id(), e.sector(),
                        e.achievement(), number(e.claims(), null), null, entry.recordedAt(),
                        entry.position(), entry.position()));
                case AchievementCorrected e -> {
                    Standing was = known(documents, e.id());
                    Claim kept = was.numberClaim() == null || e.releases().contains(
                            was.numberClaim()) ? null : was.numberClaim();
                    put(documents, was, new Standing(e.id(), was.sector(), e.after(),
                            number(e.claims(), kept), was.revokedOn(), was.recordedAt(),
                            was.position(), entry.position()));
                }
                case AchievementRevoked e -> {
                    Standing was = known(documents, e.id());
                    put(documents, was, new Standing(e.id(), was.sector(), was.achievement(),
                            was.numberClaim(), e.effectiveOn(), was.recordedAt(),
                            was.position(), entry.position()));
                }
                case AccountOpened _, IdentityCorrected _, AccountRestricted _,
                        RestrictionLifted _, LearnerErased _ -> {
                    // Whose the account is, and whether it is open, is Accounts' question.
                }
            }
        }
    }

    private static @Nullable Claim number(List<Claim> claims, @Nullable Claim otherwise) {
        return claims.stream().filter(c -> c.kind() == Claim.Kind.NUMBER).findFirst()
                .orElse(otherwise);
    }

    private static void put(Documents documents, @Nullable Standing was, Standing now) {
        documents.put(ACHIEVEMENTS, key(now.id()), now);
        Books.fold(documents, was, now);
    }

    private static Standing known(Documents documents, AchievementId id) {
        return Objects.requireNonNull(documents.get(ACHIEVEMENTS, key(id)),
                () -> "No achievement " + id + " was ever recorded");
    }
}
