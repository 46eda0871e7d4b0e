package creditbank.projections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.Recorded;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.AchievementId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.Posting;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.institution.InstitutionId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What were credits used for, and does it still rest on what it was given for? Kept by
 * {@link Enrolments}.
 */
public final class Redemptions {

    public enum Status {
        STANDING,
        REVERSED
    }

    /**
     * A redemption as it stands.
     *
     * @param by         who gave something for the credits
     * @param purpose    what for; of a diploma, all that it was decided on but what was said of the
     *                   learner
     * @param on         the business day
     * @param evidence   the achievements it rests on, with credits or without
     * @param postings   which credits of them were used when it was made
     * @param reversedOn the business day from which on everything is as before; absent while it
     *                   stands
     * @param questioned what it rests on no longer, in the order of the entries
     * @param recordedAt when the bank knew it
     * @param position   of the entry that made it
     */
    public record Redemption(
            RedemptionId id,
            InstitutionId by,
            RedemptionPurpose purpose,
            LocalDate on,
            List<AchievementId> evidence,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings,
            Status status,
            @Nullable LocalDate reversedOn,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Question> questioned,
            Instant recordedAt,
            long position) {

        public Redemption {
            evidence = List.copyOf(evidence);
            postings = present(postings);
            questioned = present(questioned);
        }

        /** Whether somebody has still to decide on it. */
        @JsonIgnore
        public boolean isInQuestion() {
            return status == Status.STANDING && !questioned.isEmpty();
        }

        private Redemption reversed(LocalDate day) {
            return new Redemption(id, by, purpose, on, evidence, postings, Status.REVERSED, day,
                    questioned, recordedAt, position);
        }

        private Redemption questioned(Question question) {
            List<Question> now = new ArrayList<>(questioned);
            now.add(question);
            return new Redemption(id, by, purpose, on, evidence, postings, status, reversedOn, now,
                    recordedAt, position);
        }
    }

    /**
     * An achievement that holds no longer, or not as it was.
     *
     * @param cause    what became of it
     * @param on       the business day
     * @param postings those credits of it that cannot have been used after all
     * @param position of the entry that says so
     */
    public record Question(
            AchievementId achievement,
            AchievementChange cause,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings,
            long position) {

        public Question {
            postings = present(postings);
        }
    }

    private static final String BY_INSTITUTION = "by_institution";
    private static final String BY_QUESTION = "by_question";

    /** Key: learner, dash, number in the account with leading zeros. */
    public static final View<Redemption> REDEMPTIONS = new View<>("redemptions",
            Redemption.class, List.of(
                    new View.Index<>(BY_INSTITUTION, r ->
                            r.by() + "|" + r.on() + "|" + View.ordered(r.position())),
                    new View.Index<>(BY_QUESTION, r -> r.isInQuestion()
                            ? View.ordered(r.questioned().getLast().position()) : null)));

    private Redemptions() {
    }

    private static <T> List<T> present(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static String key(RedemptionId id) {
        return id.learner() + "-" + View.ordered(id.number());
    }

    // ------------------------------------------------------------------ questions

    public static @Nullable Redemption get(Views views, RedemptionId id) {
        return views.get(REDEMPTIONS, key(id));
    }

    /** In the order in which they were made. */
    public static Views.Range ofLearner(LearnerId learner, int limit) {
        return Views.Range.ofKeys(learner + "-", limit);
    }

    /** What an institution gave for credits, newest day first. */
    public static Views.Range ofInstitution(InstitutionId by, int limit) {
        return Views.Range.of(BY_INSTITUTION, by + "|", limit).newestFirst();
    }

    /** Those that rest on what holds no longer and still stand, questioned last first. */
    public static Views.Range inQuestion(int limit) {
        return Views.Range.of(BY_QUESTION, "", limit).newestFirst();
    }

    // ------------------------------------------------------------------ fold

    static void redeem(Recorded entry, CreditsRedeemed e, Documents documents) {
        documents.put(REDEMPTIONS, key(e.id()), new Redemption(e.id(), e.by(),
                shown(e.purpose()), e.on(), e.evidence(), e.postings(), Status.STANDING, null,
                List.of(), entry.recordedAt(), entry.position()));
    }

    private static RedemptionPurpose shown(RedemptionPurpose purpose) {
        return switch (purpose) {
            case RedemptionPurpose.Diploma diploma -> diploma.unsaid();
            case RedemptionPurpose.ForAmount other -> other;
        };
    }

    /** Answers what it had been made for. */
    static RedemptionPurpose reverse(RedemptionReversed e, Documents documents) {
        Redemption was = known(documents, e.id());
        documents.put(REDEMPTIONS, key(e.id()), was.reversed(e.on()));
        return was.purpose();
    }

    static void question(Recorded entry, RedemptionQuestioned e, Documents documents) {
        Redemption was = known(documents, e.id());
        documents.put(REDEMPTIONS, key(e.id()), was.questioned(new Question(e.achievement(),
                e.cause(), e.on(), e.postings(), entry.position())));
    }

    private static Redemption known(Documents documents, RedemptionId id) {
        return Objects.requireNonNull(documents.get(REDEMPTIONS, key(id)),
                () -> "No redemption " + id + " was ever made");
    }
}
