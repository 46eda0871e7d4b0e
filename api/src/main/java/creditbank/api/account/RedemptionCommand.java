package creditbank.api.account;

import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.Credits;
import creditbank.api.value.Reason;
import creditbank.api.value.Rule;
import creditbank.api.value.Sealed;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an institution can ask about using a learner's credits for good. */
public sealed interface RedemptionCommand extends AccountCommand {

    /** Who gives something for the credits. */
    InstitutionId by();

    /**
     * Ends the studies with the diploma they lead to: everything that counts towards the
     * programme is used.
     *
     * @param on              the day of graduation; absent means today
     * @param request         what is said in asking
     * @param ofLearner       what is said of the learner; never stored in clear
     * @param sealedOfLearner the same, sealed, as it is stored; absent where nothing is said
     */
    record Graduate(EnrolmentId enrolment, InstitutionId by, @Nullable LocalDate on,
            Attributes request, Attributes ofLearner, @Nullable Sealed sealedOfLearner)
            implements RedemptionCommand {

        @Override
        public LearnerId learner() {
            return enrolment.learner();
        }
    }

    /**
     * Uses available credits for something else than a diploma.
     *
     * @param purpose what for
     * @param credits how many
     * @param from    the achievements whose credits are used, in this order; empty means those that
     *                expire first
     * @param on      absent means today
     */
    record RedeemCredits(LearnerId learner, InstitutionId by,
            RedemptionPurpose.ForAmount purpose, Credits credits, List<AchievementId> from,
            @Nullable LocalDate on) implements RedemptionCommand {

        public RedeemCredits {
            from = List.copyOf(from);
            for (int i = 0; i < from.size(); i++) {
                if (from.indexOf(from.get(i)) < i) {
                    throw Rule.LISTED_TWICE.brokenIn("from." + i, from.get(i));
                }
            }
        }
    }

    /** @param on absent means today */
    record ReverseRedemption(RedemptionId redemption, InstitutionId by, @Nullable LocalDate on,
            Reason reason) implements RedemptionCommand {

        @Override
        public LearnerId learner() {
            return redemption.learner();
        }
    }
}
