package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.Event;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.Sector;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts of a learner's stream. */
public sealed interface AccountEvent extends Event
        permits AccountEvent.AccountOpened, AccountEvent.IdentityCorrected,
        AccountEvent.AccountRestricted, AccountEvent.RestrictionLifted,
        AccountEvent.LearnerErased, AccountEvent.AchievementRecorded,
        AccountEvent.AchievementCorrected, AccountEvent.AchievementRevoked, EnrolmentEvent,
        ApplicationEvent, RecognitionEvent, RedemptionEvent, TransferEvent {

    LearnerId learner();

    /** A fact that a person has an account from now on. */
    record AccountOpened(
            LearnerId learner,
            SealedIdentity identity,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Claim> claims)
            implements AccountEvent {

        public AccountOpened {
            claims = present(claims);
        }
    }

    /** A fact that the person is known by other data than was recorded before. */
    record IdentityCorrected(
            LearnerId learner,
            SealedIdentity identity,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Claim> claims,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Claim> releases)
            implements AccountEvent {

        public IdentityCorrected {
            claims = present(claims);
            releases = present(releases);
        }
    }

    /** A fact that the account is sealed until the restriction is lifted. */
    record AccountRestricted(LearnerId learner) implements AccountEvent {
    }

    /** A fact that it is open again. */
    record RestrictionLifted(LearnerId learner) implements AccountEvent {
    }

    /** A fact that the personal data are gone for good, and the account is closed with them. */
    record LearnerErased(
            LearnerId learner,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Claim> releases)
            implements AccountEvent {

        public LearnerErased {
            releases = present(releases);
        }
    }

    /**
     * A fact that an issuer states an achievement, and that its credits lie in the account.
     *
     * @param sector  the issuer's sector on that day: the pool of the credits
     * @param knownOn the business day on which the bank learnt of it: rules ask whether that was
     *                late. Absent in entries of versions that did not keep it
     */
    record AchievementRecorded(
            AchievementId id,
            Sector sector,
            @Nullable LocalDate knownOn,
            Achievement achievement,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Claim> claims)
            implements AccountEvent {

        public AchievementRecorded {
            claims = present(claims);
        }

        @Override
        public LearnerId learner() {
            return id.learner();
        }

        public Deposit deposit() {
            return new Deposit(sector, achievement.credits(), achievement.validUntil());
        }
    }

    /**
     * A fact that the issuer had stated it wrongly.
     *
     * @param before what lay in the account until now, so that books can be kept from events alone
     * @param after  the whole achievement as it should have been
     */
    record AchievementCorrected(
            AchievementId id,
            Deposit before,
            Achievement after,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Claim> claims,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Claim> releases)
            implements AccountEvent {

        public AchievementCorrected {
            claims = present(claims);
            releases = present(releases);
        }

        @Override
        public LearnerId learner() {
            return id.learner();
        }

        public Deposit deposit() {
            return new Deposit(before.sector(), after.credits(), after.validUntil());
        }
    }

    /**
     * A fact that the issuer took it back, and that its credits left the account.
     *
     * @param withdrawn   what lay in the account until now
     * @param effectiveOn from which day it does not hold
     */
    record AchievementRevoked(
            AchievementId id,
            InstitutionId issuer,
            Deposit withdrawn,
            LocalDate effectiveOn,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Claim> releases)
            implements AccountEvent {

        public AchievementRevoked {
            releases = present(releases);
        }

        @Override
        public LearnerId learner() {
            return id.learner();
        }
    }

    /** An absent list in the stored form is an empty one. */
    private static List<Claim> present(@Nullable List<Claim> claims) {
        return claims == null ? List.of() : List.copyOf(claims);
    }
}
