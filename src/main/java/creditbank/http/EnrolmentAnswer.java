package creditbank.http;

import creditbank.api.account.AchievementId;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.RedemptionId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
import creditbank.projections.Enrolments.Enrolment;
import creditbank.projections.Enrolments.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An enrolment as it stands.
 *
 * @param programme   the version that holds for the learner now
 * @param employer    of an apprentice
 * @param admission   the achievement that opened the door, where one was named
 * @param begunOn     its first day
 * @param endedOn     the day of graduation, or the first on which they are not enrolled; absent
 *                    while it goes on
 * @param graduatedBy the diploma, while that stands
 * @param lines       what was recognised and not taken back, in the order of the decisions; once
 *                    the learner left it counts no longer
 * @param recordedAt  when the bank first knew it
 * @param position    of the entry that began it
 * @param changedAt   position of the last entry about it
 */
record EnrolmentAnswer(EnrolmentId id, ProgrammeVersion programme, InstitutionId school,
        @Nullable InstitutionId employer, @Nullable AchievementId admission, LocalDate begunOn,
        @Nullable LocalDate endedOn, Status status, @Nullable RedemptionId graduatedBy,
        List<CountedLineAnswer> lines, Instant recordedAt, long position, long changedAt) {

    /**
     * Evidence that counts, and why.
     *
     * @param recognition in which decision
     * @param rulebook    under which rules
     * @param agreement   which made them hold here, where they are not the school's own
     * @param evidence    the achievement
     * @param target      towards what it counts
     * @param clause      which awards it
     * @param credits     how much it counts; absent where it is an exemption (免修, 免考)
     * @param grade       the grade to record, where the clause names one
     * @param position    of the entry that decided it, in which the inputs stand
     */
    record CountedLineAnswer(RecognitionId recognition, RulebookVersion rulebook,
            @Nullable AgreementId agreement, AchievementId evidence, TargetId target,
            ClauseId clause, @Nullable Credits credits, @Nullable String grade, long position) {
    }

    static EnrolmentAnswer of(Enrolment e) {
        return new EnrolmentAnswer(e.id(), e.programme(), e.school(), e.employer(),
                e.admission(), e.begunOn(), e.endedOn(), e.status(), e.graduatedBy(),
                e.lines().stream().map(line -> new CountedLineAnswer(line.recognition(),
                        line.rulebook(), line.agreement(), line.evidence(), line.target(),
                        line.clause(), line.credits(), line.grade(), line.position())).toList(),
                e.recordedAt(), e.position(), e.changedAt());
    }
}
