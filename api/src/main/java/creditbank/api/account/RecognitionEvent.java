package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.agreement.AgreementId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.Wish;
import creditbank.api.value.Sealed;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts of what counts towards a programme (认定). They stand in the learner's stream. */
public sealed interface RecognitionEvent extends AccountEvent, Posts {

    RecognitionId id();

    @Override
    default LearnerId learner() {
        return id().learner();
    }

    /**
     * A fact that it was decided what of a learner's achievements counts towards a programme, and
     * why the rest does not. All that the decision rests on stands here or before this entry, so
     * that it can be made again: the achievements, what was recognised earlier, the programme, the
     * rulebook.
     *
     * @param enrolment  of which studies
     * @param programme  towards which version of the programme
     * @param asked      what was asked; absent where whatever counts most was
     * @param request    what was said in asking
     * @param ofLearner  what was said of the learner, as {@link Attributes} are written, sealed
     *                   because it is personal; absent where nothing was
     * @param agreement  the mutual recognition agreement it rests on; absent where the rulebook is
     *                   one of the awarding institution's own jurisdiction
     * @param application which it was decided on; absent where the rulebook asks for no steps
     * @param postings   which credits are bound to the programme from now on
     */
    record RecognitionDecided(
            RecognitionId id,
            EnrolmentId enrolment,
            ProgrammeVersion programme,
            @Nullable List<Wish> asked,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Attributes request,
            @Nullable Sealed ofLearner,
            @Nullable AgreementId agreement,
            @Nullable ApplicationId application,
            Decision decision,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements RecognitionEvent {

        public RecognitionDecided {
            asked = asked == null ? null : List.copyOf(asked);
            request = request == null ? Attributes.NONE : request;
            postings = Posting.present(postings);
        }

        @Override
        public LocalDate on() {
            return decision.on();
        }
    }

    /**
     * A fact that what was recognised of an achievement counts no longer.
     *
     * @param achievement the piece of evidence, all of whose lines go
     * @param cause       why it goes
     * @param on          the first business day on which it does not count
     * @param postings    what is available again
     */
    record RecognitionWithdrawn(
            RecognitionId id,
            AchievementId achievement,
            Cause cause,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements RecognitionEvent {

        public RecognitionWithdrawn {
            postings = Posting.present(postings);
        }
    }

    /** Why what was recognised counts no longer. Names are stored and stay. */
    enum Cause {
        /** The achievement was revoked. */
        REVOKED,
        /** It was corrected: what was decided rested on other facts. */
        CORRECTED,
        /** The recognition itself was a mistake; the reason stands with the entry. */
        MISTAKE,
        /** The learner moved to a version of the programme without the course or group. */
        MOVED
    }
}
