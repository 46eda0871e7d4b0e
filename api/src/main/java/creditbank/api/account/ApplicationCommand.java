package creditbank.api.account;

import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.Reason;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked about applications for recognition. Whoever applies is the learner, or the
 * school for the learner; whoever decides at a step is an institution, or the bank.
 */
public sealed interface ApplicationCommand extends AccountCommand {

    /**
     * Asks to have achievements recognised under a rulebook that asks for steps.
     *
     * @param school    which applies for the learner; absent where the learner does
     * @param actor     who sends it, as the entry names them
     * @param ofLearner what is said of the learner, as {@code asking} has it sealed
     * @param on        the business day; absent means today
     */
    record SubmitApplication(EnrolmentId enrolment, @Nullable InstitutionId school, String actor,
            Asking asking, Attributes ofLearner, @Nullable LocalDate on)
            implements ApplicationCommand {

        @Override
        public LearnerId learner() {
            return enrolment.learner();
        }
    }

    /** Sends a returned one again: what it asks for is what stands here. */
    record ResubmitApplication(ApplicationId application, @Nullable InstitutionId school,
            String actor, Asking asking, Attributes ofLearner, @Nullable LocalDate on)
            implements ApplicationCommand {

        @Override
        public LearnerId learner() {
            return application.learner();
        }
    }

    record WithdrawApplication(ApplicationId application, @Nullable InstitutionId school)
            implements ApplicationCommand {

        @Override
        public LearnerId learner() {
            return application.learner();
        }
    }

    /** Asks somebody else to look at a decision, today. */
    record AppealDecision(ApplicationId application, @Nullable InstitutionId school,
            Reason reason) implements ApplicationCommand {

        @Override
        public LearnerId learner() {
            return application.learner();
        }
    }

    /**
     * Passes the step at which it waits. At the last one that is the approval: what counts is
     * decided.
     *
     * @param institution which decides; absent where the bank does
     * @param actor       who does, as the entry names them
     * @param on          the business day; absent means today
     */
    record EndorseApplication(ApplicationId application, @Nullable InstitutionId institution,
            String actor, @Nullable LocalDate on) implements ApplicationCommand {

        @Override
        public LearnerId learner() {
            return application.learner();
        }
    }

    /**
     * Gives it back to be mended.
     *
     * @param on the business day; absent means today
     */
    record ReturnApplication(ApplicationId application, @Nullable InstitutionId institution,
            String actor, @Nullable LocalDate on, Reason reason) implements ApplicationCommand {

        @Override
        public LearnerId learner() {
            return application.learner();
        }
    }

    /**
     * Ends it at the step at which it waits.
     *
     * @param on the business day; absent means today
     */
    record RejectApplication(ApplicationId application, @Nullable InstitutionId institution,
            String actor, @Nullable LocalDate on, Reason reason) implements ApplicationCommand {

        @Override
        public LearnerId learner() {
            return application.learner();
        }
    }

    /** @param actor somebody else than who decided */
    record DismissAppeal(ApplicationId application, String actor, Reason reason)
            implements ApplicationCommand {

        @Override
        public LearnerId learner() {
            return application.learner();
        }
    }

    /** @param actor somebody else than who decided */
    record UpholdAppeal(ApplicationId application, String actor, Reason reason)
            implements ApplicationCommand {

        @Override
        public LearnerId learner() {
            return application.learner();
        }
    }
}
