package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.institution.InstitutionId;
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
     * @param evidence the achievements it rests on, with credits or without
     * @param postings which credits of them
     */
    record CreditsRedeemed(
            RedemptionId id,
            InstitutionId by,
            RedemptionPurpose purpose,
            LocalDate on,
            List<AchievementId> evidence,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements RedemptionEvent {

        public CreditsRedeemed {
            evidence = List.copyOf(evidence);
            postings = Posting.present(postings);
        }
    }

    /**
     * A fact that it was taken back, for the reason that stands with the entry: everything is as
     * it was before. What another diploma counts stays used, for that one.
     */
    record RedemptionReversed(
            RedemptionId id,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements RedemptionEvent {

        public RedemptionReversed {
            postings = Posting.present(postings);
        }
    }

    /**
     * A fact that a redemption rests on an achievement that holds no longer, or not as it was. The
     * redemption stands until somebody decides on it.
     *
     * @param ground   why it does
     * @param on       the business day
     * @param postings those credits of that achievement that it cannot have used after all, so that
     *                 they can be revoked as any others
     */
    record RedemptionQuestioned(
            RedemptionId id,
            AchievementId achievement,
            Ground ground,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements RedemptionEvent {

        public RedemptionQuestioned {
            postings = Posting.present(postings);
        }
    }

    /** Why a redemption is questioned. Names are stored and stay. */
    enum Ground {
        /** What it rests on was revoked. */
        REVOKED,
        /** It was corrected: what was decided rested on other facts. */
        CORRECTED
    }
}
