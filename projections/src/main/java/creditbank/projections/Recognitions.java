package creditbank.projections;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.Recorded;
import creditbank.api.account.AchievementId;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RecognitionId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.recognition.RulebookVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on a learner's evidence, under which rules, and what of it was taken back? The
 * lines and their reasons stand in the entry. Kept by {@link Enrolments}.
 */
public final class Recognitions {

    /**
     * A decision as it stands.
     *
     * @param agreement  which it rests on, where the rulebook is not the school's own
     * @param application on which it was decided; absent where the rulebook asks for no steps
     * @param best       whether whatever counts most was asked for, and not certain lines
     * @param granted    how many lines were granted
     * @param refused    how many were refused
     * @param withdrawn  the pieces of evidence whose lines were taken back since
     * @param recordedAt when the bank knew it
     * @param position   of the entry in which the whole decision stands
     */
    public record Recognition(
            RecognitionId id,
            EnrolmentId enrolment,
            LocalDate on,
            RulebookVersion rulebook,
            @Nullable AgreementId agreement,
            @Nullable ApplicationId application,
            boolean best,
            int granted,
            int refused,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Withdrawn> withdrawn,
            Instant recordedAt,
            long position) {

        public Recognition {
            withdrawn = present(withdrawn);
        }

        private static List<Withdrawn> present(@Nullable List<Withdrawn> withdrawn) {
            return withdrawn == null ? List.of() : List.copyOf(withdrawn);
        }

        private Recognition without(Withdrawn piece) {
            List<Withdrawn> now = new ArrayList<>(withdrawn);
            now.add(piece);
            return new Recognition(id, enrolment, on, rulebook, agreement, application, best,
                    granted, refused, now, recordedAt, position);
        }
    }

    /**
     * Evidence that counts no longer.
     *
     * @param on       the first business day on which it does not
     * @param position of the entry that says so
     */
    public record Withdrawn(AchievementId achievement, Cause cause, LocalDate on, long position) {
    }

    /** Key: learner, dash, number in the account with leading zeros. */
    public static final View<Recognition> RECOGNITIONS = new View<>("recognitions",
            Recognition.class, List.of());

    private Recognitions() {
    }

    private static String key(RecognitionId id) {
        return id.learner() + "-" + View.ordered(id.number());
    }

    // ------------------------------------------------------------------ questions

    public static @Nullable Recognition get(Views views, RecognitionId id) {
        return views.get(RECOGNITIONS, key(id));
    }

    /** In the order in which they were decided. */
    public static Views.Range ofLearner(LearnerId learner, int limit) {
        return Views.Range.ofKeys(learner + "-", limit);
    }

    // ------------------------------------------------------------------ fold

    static void decide(Recorded entry, RecognitionDecided e, Documents documents) {
        documents.put(RECOGNITIONS, key(e.id()), new Recognition(e.id(), e.enrolment(),
                e.decision().on(), e.decision().rulebook(), e.agreement(), e.application(),
                e.asked() == null, e.decision().granted().size(),
                e.decision().refused().size(), List.of(),
                entry.recordedAt(), entry.position()));
    }

    /** Answers what it was towards. */
    static EnrolmentId withdraw(Recorded entry, RecognitionWithdrawn e, Documents documents) {
        Recognition was = Objects.requireNonNull(documents.get(RECOGNITIONS, key(e.id())),
                () -> "No recognition " + e.id() + " was ever decided");
        documents.put(RECOGNITIONS, key(e.id()), was.without(
                new Withdrawn(e.achievement(), e.cause(), e.on(), entry.position())));
        return was.enrolment();
    }
}
