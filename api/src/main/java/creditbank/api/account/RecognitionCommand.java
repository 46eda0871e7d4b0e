package creditbank.api.account;

import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.Wish;
import creditbank.api.value.Reason;
import creditbank.api.value.Sealed;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a school can ask about what counts towards its programme. */
public sealed interface RecognitionCommand extends AccountCommand {

    /** The school that asks: the one the learner is enrolled at. */
    InstitutionId school();

    /**
     * Decides what of the learner's achievements counts under a rulebook.
     *
     * @param asked           lines to decide on; absent means whatever counts most
     * @param on              the day it is decided for; absent means today
     * @param request         what is said in asking
     * @param ofLearner       what is said of the learner; never stored in clear
     * @param sealedOfLearner the same, sealed, as it is stored; absent where nothing is said
     * @param agreement       the agreement it rests on, where the rulebook is not one of the
     *                        school's own jurisdiction
     */
    record RecogniseCredits(EnrolmentId enrolment, InstitutionId school, RulebookVersion rulebook,
            @Nullable List<Wish> asked, @Nullable LocalDate on, Attributes request,
            Attributes ofLearner, @Nullable Sealed sealedOfLearner,
            @Nullable AgreementId agreement) implements RecognitionCommand {

        public RecogniseCredits {
            asked = asked == null ? null : List.copyOf(asked);
        }

        @Override
        public LearnerId learner() {
            return enrolment.learner();
        }
    }

    /** Takes back what was recognised of an achievement, because it was a mistake. */
    record WithdrawRecognition(RecognitionId recognition, AchievementId achievement,
            InstitutionId school, Reason reason) implements RecognitionCommand {

        @Override
        public LearnerId learner() {
            return recognition.learner();
        }
    }
}
