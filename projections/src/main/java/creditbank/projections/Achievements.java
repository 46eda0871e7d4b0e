package creditbank.projections;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentMoved;
import creditbank.api.account.LearnerId;
import creditbank.api.account.Posting;
import creditbank.api.account.Posts;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.Sector;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has this learner achieved, what has this institution recorded, what is this number? */
public final class Achievements implements Projection {

    /**
     * An achievement as it stands now.
     *
     * @param knownOn     the business day on which the bank learnt of it; absent where the entry
     *                    does not say
     * @param numberClaim the claim of its number, by which anyone who knows the number finds it
     * @param revokedOn   from which business day it does not hold
     * @param postings    how its credits passed from state to state, in the order of the entries
     * @param recordedAt  when the bank first knew it
     * @param position    of the entry that recorded it
     * @param changedAt   position of the last entry about it
     */
    public record Standing(
            AchievementId id,
            Sector sector,
            @Nullable LocalDate knownOn,
            Achievement achievement,
            @Nullable Claim numberClaim,
            @Nullable LocalDate revokedOn,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Dated> postings,
            Instant recordedAt,
            long position,
            long changedAt) {

        public Standing {
            postings = present(postings);
            long reserved = moved(postings, CreditState.RESERVED, LocalDate.MAX);
            long redeemed = moved(postings, CreditState.REDEEMED, LocalDate.MAX);
            long transferred = moved(postings, CreditState.TRANSFERRED, LocalDate.MAX);
            if (reserved < 0 || redeemed < 0 || transferred < 0
                    || reserved + redeemed + transferred > achievement.credits().hundredths()) {
                throw new IllegalStateException("More of " + id + " is used than there is");
            }
        }

        /** What it is on a business day, whatever its credits are used for. */
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

        /**
         * What has become of its credits on a business day, as known now. Where a correction left
         * less than was bound before it, no more was bound than there is: it was never otherwise.
         */
        public Amounts amounts(LocalDate day) {
            Condition condition = on(day);
            long all = achievement.credits().hundredths();
            if (condition == Condition.NOT_YET) {
                return Amounts.NOTHING;
            }
            if (condition == Condition.REVOKED) {
                return new Amounts(all, 0, 0, 0, all, 0);
            }
            // What was bound last may be given back from an earlier day on than it was bound.
            long redeemed = Math.clamp(moved(postings, CreditState.REDEEMED, day), 0, all);
            long transferred = Math.clamp(
                    moved(postings, CreditState.TRANSFERRED, day), 0, all - redeemed);
            long left = all - redeemed - transferred;
            long reserved = Math.clamp(moved(postings, CreditState.RESERVED, day), 0, left);
            return new Amounts(all, reserved, redeemed,
                    condition == Condition.EXPIRED ? left - reserved : 0, 0, transferred);
        }

        /** The first day on which available credits are lost by themselves, if there is one. */
        @Nullable LocalDate expiresOn() {
            LocalDate until = achievement.validUntil();
            // What is valid on the last of all days never expires.
            return until == null || !until.isBefore(Achievement.LATEST)
                    ? null : until.plusDays(1);
        }

        /** The days on which the amounts may change, the first of them that of the deposit. */
        List<LocalDate> days() {
            LocalDate first = achievement.happenedOn();
            LocalDate expiry = expiresOn();
            if (postings.isEmpty() && expiry == null && revokedOn == null) {
                return List.of(first);
            }
            SortedSet<LocalDate> days = new TreeSet<>();
            days.add(first);
            if (expiry != null) {
                days.add(expiry);
            }
            if (revokedOn != null) {
                days.add(revokedOn);
            }
            postings.forEach(p -> days.add(p.on()));
            return List.copyOf(days.tailSet(first));
        }

        private static long moved(List<Dated> postings, CreditState state, LocalDate day) {
            long sum = 0;
            for (Dated posting : postings) {
                if (!posting.on().isAfter(day)) {
                    sum += posting.to() == state ? posting.hundredths() : 0;
                    sum -= posting.from() == state ? posting.hundredths() : 0;
                }
            }
            return sum;
        }

        private static List<Dated> present(@Nullable List<Dated> postings) {
            return postings == null ? List.of() : List.copyOf(postings);
        }

        Standing corrected(AchievementCorrected e, long at) {
            Claim kept = numberClaim == null || e.releases().contains(numberClaim)
                    ? null : numberClaim;
            boolean sameUnit =
                    e.after().credits().unit() == achievement.credits().unit();
            return new Standing(id, sector, knownOn, e.after(), number(e.claims(), kept),
                    revokedOn, sameUnit ? postings : unbound(), recordedAt, position, at);
        }

        /** What was bound once in another unit and is not now tells nothing of this one. */
        private List<Dated> unbound() {
            if (moved(postings, CreditState.RESERVED, LocalDate.MAX) != 0
                    || moved(postings, CreditState.REDEEMED, LocalDate.MAX) != 0
                    || moved(postings, CreditState.TRANSFERRED, LocalDate.MAX) != 0) {
                throw new IllegalStateException("Credits of " + id + " are used in another unit");
            }
            return List.of();
        }

        Standing revoked(LocalDate from, long at) {
            return new Standing(id, sector, knownOn, achievement, numberClaim, from, postings,
                    recordedAt, position, at);
        }

        Standing posted(Posting posting, LocalDate on, long at) {
            if (posting.sector() != sector
                    || posting.credits().unit() != achievement.credits().unit()) {
                throw new IllegalStateException("The credits of " + id + " lie in another pool");
            }
            List<Dated> now = new ArrayList<>(postings);
            now.add(new Dated(on, posting.from(), posting.to(), posting.credits().hundredths()));
            return new Standing(id, sector, knownOn, achievement, numberClaim, revokedOn, now,
                    recordedAt, position, at);
        }
    }

    /**
     * Credits of one achievement that passed from one state to another.
     *
     * @param on         from which business day on
     * @param hundredths of a credit, in the achievement's unit
     */
    public record Dated(LocalDate on, CreditState from, CreditState to, long hundredths) {
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

    /** Who bears this number, or did when it was revoked. */
    public static Views.Range allOfNumber(Claim number, int limit) {
        return Views.Range.of(BY_NUMBER, number + "|", limit);
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
        return 5;
    }

    @Override
    public List<View<?>> views() {
        return List.of(ACHIEVEMENTS, Books.LINES, Books.DAYS);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof AccountEvent event) {
            long at = entry.position();
            switch (event) {
                case AchievementRecorded e -> put(documents, null, new Standing(e.id(), e.sector(),
                        e.knownOn(), e.achievement(), number(e.claims(), null), null, List.of(),
                        entry.recordedAt(), at, at));
                case AchievementCorrected e -> {
                    Standing was = known(documents, e.id());
                    put(documents, was, was.corrected(e, at));
                }
                case AchievementRevoked e -> {
                    Standing was = known(documents, e.id());
                    put(documents, was, was.revoked(e.effectiveOn(), at));
                }
                case Posts e -> post(documents, e, at);
                case AccountOpened _, IdentityCorrected _, AccountRestricted _,
                        RestrictionLifted _, LearnerErased _ -> {
                    // Whose the account is, and whether it is open, is Accounts' question.
                }
                case EnrolmentBegun _, EnrolmentMoved _, ApplicationEvent _ -> {
                    // Moves no credits.
                }
            }
        }
    }

    private static void post(Documents documents, Posts event, long at) {
        for (Posting posting : event.postings()) {
            Standing was = known(documents, posting.achievement());
            put(documents, was, was.posted(posting, event.on(), at));
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
