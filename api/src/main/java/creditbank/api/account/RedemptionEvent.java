package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.account.RedemptionPurpose.Counted;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.account.RedemptionPurpose.ForAmount;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Credits;
import java.time.LocalDate;
import java.util.List;

/** Facts of credits used for good (兑换), until that is reversed. In the learner's stream. */
public sealed interface RedemptionEvent extends AccountEvent, Posts {

    RedemptionId id();

    @Override
    default LearnerId learner() {
        return id().learner();
    }

    /**
     * A fact that credits were used: they can be used for nothing else.
     *
     * @param by       the institution that gives something for them
     * @param purpose  what for
     * @param on       the business day
     * @param postings which credits
     */
    record CreditsRedeemed(
            RedemptionId id,
            InstitutionId by,
            RedemptionPurpose purpose,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements RedemptionEvent {

        public CreditsRedeemed {
            postings = Posting.present(postings);
        }

        /** The achievements it rests on, with credits or without. */
        public List<AchievementId> evidence() {
            return switch (purpose) {
                case Diploma diploma ->
                        diploma.counted().stream().map(Counted::evidence).distinct().toList();
                case ForAmount _ ->
                        postings.stream().map(Posting::achievement).distinct().toList();
            };
        }
    }

    /**
     * A fact that it was taken back, for the reason that stands with the entry: everything is as
     * it was before, but for what another diploma counts too.
     *
     * @param on       the business day
     * @param postings what is not used any more
     * @param passed   what stays used, and from now on by which other redemption
     */
    record RedemptionReversed(
            RedemptionId id,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Passed> passed)
            implements RedemptionEvent {

        public RedemptionReversed {
            postings = Posting.present(postings);
            passed = passed == null ? List.of() : List.copyOf(passed);
        }
    }

    /** Credits that stay used, by another redemption that stands on the achievement. */
    record Passed(AchievementId achievement, RedemptionId to, Credits credits) {
    }

    /**
     * A fact that a redemption rests on an achievement that holds no longer, or not as it was. The
     * redemption stands until somebody decides on it.
     *
     * @param cause    what became of the achievement
     * @param on       the business day
     * @param postings those credits of that achievement that it cannot have used after all, so that
     *                 they can be revoked as any others
     */
    record RedemptionQuestioned(
            RedemptionId id,
            AchievementId achievement,
            AchievementChange cause,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements RedemptionEvent {

        public RedemptionQuestioned {
            postings = Posting.present(postings);
        }
    }
}
