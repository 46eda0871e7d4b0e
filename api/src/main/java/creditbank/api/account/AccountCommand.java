package creditbank.api.account;

import creditbank.api.Command;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.Reason;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of a learner's stream. Personal values arrive here already sealed. */
public sealed interface AccountCommand extends Command
        permits AccountCommand.OpenAccount, AccountCommand.CorrectIdentity,
        AccountCommand.RestrictAccount, AccountCommand.LiftRestriction,
        AccountCommand.EraseLearner, AccountCommand.RecordAchievement,
        AccountCommand.CorrectAchievement, AccountCommand.RevokeAchievement, EnrolmentCommand,
        ApplicationCommand, RecognitionCommand, RedemptionCommand, TransferCommand {

    LearnerId learner();

    @Override
    default String stream() {
        return learner().stream();
    }

    /**
     * @param by            the institution that opens it; null for the bank
     * @param identityClaim keeps the same person from a second account
     */
    record OpenAccount(LearnerId learner, @Nullable InstitutionId by, SealedIdentity identity,
            Claim identityClaim) implements AccountCommand {
    }

    record CorrectIdentity(
            LearnerId learner, SealedIdentity identity, Claim identityClaim, Reason reason)
            implements AccountCommand {
    }

    /**
     * Seals the account without destroying anything: nothing is recorded meanwhile, and nothing
     * personal is shown to anybody.
     */
    record RestrictAccount(LearnerId learner, Reason reason) implements AccountCommand {
    }

    record LiftRestriction(LearnerId learner, Reason reason) implements AccountCommand {
    }

    /** Ends the account for good; its key is destroyed after the event stands. */
    record EraseLearner(LearnerId learner, Reason reason) implements AccountCommand {
    }

    /** @param claims the record key's claim, and the number's where the kind has one */
    record RecordAchievement(LearnerId learner, Achievement achievement, List<Claim> claims)
            implements AccountCommand {

        public RecordAchievement {
            claims = List.copyOf(claims);
        }
    }

    /** @param after the whole achievement as it should have been recorded */
    record CorrectAchievement(
            AchievementId achievement, Achievement after, List<Claim> claims, Reason reason)
            implements AccountCommand {

        public CorrectAchievement {
            claims = List.copyOf(claims);
        }

        @Override
        public LearnerId learner() {
            return achievement.learner();
        }
    }

    /**
     * @param issuer      who takes it back: only the issuer may
     * @param effectiveOn from which day it does not hold; absent means the day it was achieved, as
     *                    if it had never been
     */
    record RevokeAchievement(
            AchievementId achievement,
            InstitutionId issuer,
            @Nullable LocalDate effectiveOn,
            Reason reason)
            implements AccountCommand {

        @Override
        public LearnerId learner() {
            return achievement.learner();
        }
    }
}
