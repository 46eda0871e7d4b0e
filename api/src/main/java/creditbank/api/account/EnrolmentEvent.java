package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts of what a learner studies towards (学籍). They stand in the learner's stream. */
public sealed interface EnrolmentEvent extends AccountEvent {

    EnrolmentId id();

    @Override
    default LearnerId learner() {
        return id().learner();
    }

    /**
     * A fact that a learner studies towards a programme from a day on, in that version of it.
     *
     * @param school   who awards what the programme leads to
     * @param employer of an apprentice, who is enrolled at both at once; else absent
     * @param admission the achievement that opened the door, where one is named. It may be
     *                  recognised beside that only where a rulebook says so
     */
    record EnrolmentBegun(
            EnrolmentId id,
            ProgrammeVersion programme,
            InstitutionId school,
            @Nullable InstitutionId employer,
            LocalDate on,
            @Nullable AchievementId admission) implements EnrolmentEvent {
    }

    /**
     * A fact that another version of the same programme holds for the learner.
     *
     * @param on from which business day on
     */
    record EnrolmentMoved(EnrolmentId id, ProgrammeVersion programme, LocalDate on)
            implements EnrolmentEvent {
    }

    /**
     * A fact that the learner left without what the programme leads to. What was recognised
     * towards it counts no longer.
     *
     * @param on       the first day on which they are not enrolled
     * @param postings what is available again
     */
    record EnrolmentWithdrawn(
            EnrolmentId id,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements EnrolmentEvent, Posts {

        public EnrolmentWithdrawn {
            postings = Posting.present(postings);
        }
    }
}
