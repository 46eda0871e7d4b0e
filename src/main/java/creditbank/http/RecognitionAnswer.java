package creditbank.http;

import creditbank.api.account.AchievementId;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RecognitionId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.projections.Recognitions.Recognition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it stands.
 *
 * @param agreement   which it rests on, where the rulebook is not the school's own
 * @param application on which it was decided; absent where the rulebook asks for no steps
 * @param best        whether whatever counts most was asked for, and not certain lines
 * @param granted     how many lines were granted
 * @param refused     how many were refused
 * @param withdrawn   the pieces of evidence whose lines were taken back since
 * @param recordedAt  when the bank knew it
 * @param position    of the entry in which the whole decision stands
 */
record RecognitionAnswer(RecognitionId id, EnrolmentId enrolment, LocalDate on,
        RulebookVersion rulebook, @Nullable AgreementId agreement,
        @Nullable ApplicationId application, boolean best, int granted, int refused,
        List<WithdrawnAnswer> withdrawn, Instant recordedAt, long position) {

    /**
     * Evidence that counts no longer.
     *
     * @param on       the first business day on which it does not
     * @param position of the entry that says so
     */
    record WithdrawnAnswer(AchievementId achievement, Cause cause, LocalDate on, long position) {
    }

    static RecognitionAnswer of(Recognition r) {
        return new RecognitionAnswer(r.id(), r.enrolment(), r.on(), r.rulebook(), r.agreement(),
                r.application(), r.best(), r.granted(), r.refused(),
                r.withdrawn().stream().map(piece -> new WithdrawnAnswer(piece.achievement(),
                        piece.cause(), piece.on(), piece.position())).toList(),
                r.recordedAt(), r.position());
    }
}
