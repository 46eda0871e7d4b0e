package creditbank.api.account;

import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.value.Reason;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a school can ask about what a learner studies towards. */
public sealed interface EnrolmentCommand extends AccountCommand {

    /** The school that asks: the institution whose programme it is. */
    InstitutionId school();

    /**
     * @param employer  of an apprentice, enrolled at both at once
     * @param on        from which day on; absent means today
     * @param admission the achievement that opened the door, where one is to be named
     */
    record EnrolLearner(LearnerId learner, ProgrammeVersion programme, InstitutionId school,
            @Nullable InstitutionId employer, @Nullable LocalDate on,
            @Nullable AchievementId admission) implements EnrolmentCommand {
    }

    /** To another version of the same programme. */
    record MoveEnrolment(EnrolmentId enrolment, ProgrammeVersion programme, InstitutionId school,
            Reason reason) implements EnrolmentCommand {

        @Override
        public LearnerId learner() {
            return enrolment.learner();
        }
    }

    /** @param on the first day on which the learner is not enrolled; absent means today */
    record WithdrawEnrolment(EnrolmentId enrolment, InstitutionId school,
            @Nullable LocalDate on, Reason reason) implements EnrolmentCommand {

        @Override
        public LearnerId learner() {
            return enrolment.learner();
        }
    }
}
