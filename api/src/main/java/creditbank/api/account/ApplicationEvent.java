package creditbank.api.account;

import creditbank.api.institution.InstitutionId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Facts of an application for recognition on its way through the steps its rulebook asks for. They
 * stand in the learner's stream; why something was returned, rejected or appealed stands with the
 * entry.
 */
public sealed interface ApplicationEvent extends AccountEvent {

    ApplicationId id();

    @Override
    default LearnerId learner() {
        return id().learner();
    }

    /** Who asks. Names are stored and stay. */
    enum Applicant {
        LEARNER,
        /** The school, for the learner. */
        SCHOOL
    }

    /**
     * A fact that somebody asks to have achievements recognised.
     *
     * @param school      where the learner studies
     * @param submittedBy the actor, because nobody endorses what they submitted for their school
     * @param next        the first step
     */
    record ApplicationSubmitted(
            ApplicationId id,
            EnrolmentId enrolment,
            InstitutionId school,
            Applicant by,
            String submittedBy,
            Asking asking,
            LocalDate on,
            Turn next)
            implements ApplicationEvent {
    }

    /** A fact that who was to decide at a step is for it, and that the next step has come. */
    record ApplicationEndorsed(ApplicationId id, String step, Desk by, LocalDate on, Turn next)
            implements ApplicationEvent {
    }

    /** A fact that it went back to whoever asks, to be mended and sent again. */
    record ApplicationReturned(ApplicationId id, String step, Desk by, LocalDate on)
            implements ApplicationEvent {
    }

    /**
     * A fact that it was sent again, and goes through all steps anew.
     *
     * @param submittedBy the actor
     */
    record ApplicationResubmitted(
            ApplicationId id, String submittedBy, Asking asking, LocalDate on, Turn next)
            implements ApplicationEvent {
    }

    /**
     * A fact that the last step was passed. What counts stands in the {@code recognition.decided}
     * of the same commit.
     *
     * @param decidedBy   the actor, because nobody decides on an appeal against oneself
     * @param appealUntil the last day to appeal against what was refused; absent where nothing was,
     *                    or the rulebook knows no appeal
     */
    record ApplicationApproved(
            ApplicationId id,
            String step,
            Desk by,
            String decidedBy,
            LocalDate on,
            RecognitionId recognition,
            @Nullable LocalDate appealUntil)
            implements ApplicationEvent {
    }

    /**
     * A fact that a step was not passed and nothing will be recognised.
     *
     * @param appealUntil the last day to appeal; absent where the rulebook knows no appeal
     */
    record ApplicationRejected(
            ApplicationId id,
            String step,
            Desk by,
            String decidedBy,
            LocalDate on,
            @Nullable LocalDate appealUntil)
            implements ApplicationEvent {
    }

    /** A fact that whoever asked does so no longer. */
    record ApplicationWithdrawn(ApplicationId id, LocalDate on) implements ApplicationEvent {
    }

    /** A fact that whoever asked does not take the decision as it is. */
    record ApplicationAppealed(ApplicationId id, LocalDate on) implements ApplicationEvent {
    }

    /** A fact that the decision stays as it is. */
    record AppealDismissed(ApplicationId id, String decidedBy, LocalDate on)
            implements ApplicationEvent {
    }

    /**
     * A fact that somebody else decides anew.
     *
     * @param next the step that had decided
     */
    record AppealUpheld(ApplicationId id, String decidedBy, LocalDate on, Turn next)
            implements ApplicationEvent {
    }
}
