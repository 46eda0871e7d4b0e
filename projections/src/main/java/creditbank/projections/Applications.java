package creditbank.projections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.ApplicationEvent.AppealDismissed;
import creditbank.api.account.ApplicationEvent.AppealUpheld;
import creditbank.api.account.ApplicationEvent.Applicant;
import creditbank.api.account.ApplicationEvent.ApplicationAppealed;
import creditbank.api.account.ApplicationEvent.ApplicationApproved;
import creditbank.api.account.ApplicationEvent.ApplicationEndorsed;
import creditbank.api.account.ApplicationEvent.ApplicationRejected;
import creditbank.api.account.ApplicationEvent.ApplicationResubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationReturned;
import creditbank.api.account.ApplicationEvent.ApplicationSubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationWithdrawn;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.ApplicationStanding;
import creditbank.api.account.ApplicationStanding.Appealed;
import creditbank.api.account.ApplicationStanding.Approved;
import creditbank.api.account.ApplicationStanding.Dismissed;
import creditbank.api.account.ApplicationStanding.Rejected;
import creditbank.api.account.ApplicationStanding.Returned;
import creditbank.api.account.ApplicationStanding.Waiting;
import creditbank.api.account.ApplicationStanding.Withdrawn;
import creditbank.api.account.Asking;
import creditbank.api.account.Desk;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.Turn;
import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.value.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How does an application for recognition stand, who has it on the desk, and who did what to it?
 * What is asked stands in the entry.
 */
public final class Applications implements Projection {

    public enum Action {
        SUBMITTED,
        ENDORSED,
        RETURNED,
        RESUBMITTED,
        APPROVED,
        REJECTED,
        WITHDRAWN,
        APPEALED,
        APPEAL_DISMISSED,
        APPEAL_UPHELD
    }

    /**
     * What somebody did.
     *
     * @param step   by the rulebook's name for it; absent for what is done at no step
     * @param at     for whom it was done there
     * @param on     the business day
     * @param by     the actor
     * @param reason sealed
     */
    public record Act(
            Action action,
            @Nullable String step,
            @Nullable Desk at,
            LocalDate on,
            String by,
            Instant recordedAt,
            long position,
            @Nullable Reason reason) {
    }

    /**
     * An application as it stands.
     *
     * @param closed      whether the account was closed for good while somebody had it on the desk
     * @param school      where the learner studies
     * @param by          who asked
     * @param best        whether whatever counts most is asked for, and not certain lines
     * @param on          the business day of the first submission
     * @param recognitions what was decided on it, in order
     * @param acts       all that was done, in order
     * @param position    of the entry that submitted it
     * @param askedAt     position of the entry in which stands what is asked now
     * @param changedAt   position of the last entry about it
     */
    public record Application(
            ApplicationId id,
            EnrolmentId enrolment,
            InstitutionId school,
            Applicant by,
            RulebookVersion rulebook,
            @Nullable AgreementId agreement,
            boolean best,
            LocalDate on,
            ApplicationStanding standing,
            boolean closed,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RecognitionId> recognitions,
            List<Act> acts,
            long position,
            long askedAt,
            long changedAt) {

        public Application {
            recognitions = recognitions == null ? List.of() : List.copyOf(recognitions);
            acts = List.copyOf(acts);
        }

        /** The step at which it waits; null where it does not. */
        @JsonIgnore
        public @Nullable Turn turn() {
            return !closed && standing instanceof Waiting(Turn turn, _, _) ? turn : null;
        }

        private Application as(ApplicationStanding now, Act act) {
            return new Application(id, enrolment, school, by, rulebook, agreement, best, on, now,
                    closed, recognitions, plus(acts, act), position, askedAt, act.position());
        }

        private Application asking(Asking asking) {
            return new Application(id, enrolment, school, by, asking.rulebook(),
                    asking.agreement(), asking.asked() == null, on, standing, closed,
                    recognitions, acts, position, changedAt, changedAt);
        }

        private Application decided(RecognitionId recognition) {
            return new Application(id, enrolment, school, by, rulebook, agreement, best, on,
                    standing, closed, plus(recognitions, recognition), acts, position, askedAt,
                    changedAt);
        }

        private Application closedBy(Recorded entry) {
            return new Application(id, enrolment, school, by, rulebook, agreement, best, on,
                    standing, true, recognitions, acts, position, askedAt, entry.position());
        }

        private static <T> List<T> plus(List<T> list, T last) {
            List<T> longer = new ArrayList<>(list);
            longer.add(last);
            return longer;
        }
    }

    private static final String WAITING = "waiting";
    private static final String BY_SCHOOL = "by_school";
    private static final String OF_BANK = "bank";

    /** Key: learner, dash, number in the account with leading zeros. */
    public static final View<Application> APPLICATIONS = new View<>("applications",
            Application.class, List.of(
                    new View.Index<>(WAITING, Applications::waiting),
                    new View.Index<>(BY_SCHOOL, a ->
                            a.school() + "|" + a.on() + "|" + View.ordered(a.position()))));

    /** Who has it on the desk, longest first; null where nobody has. */
    private static @Nullable String waiting(Application a) {
        String desk = a.closed() ? null : desk(a);
        return desk == null ? null
                : desk + "|" + a.standing().since() + "|" + View.ordered(a.position());
    }

    private static @Nullable String desk(Application a) {
        return switch (a.standing()) {
            case Waiting(Turn turn, _, _) -> turn.at().institution() == null ? OF_BANK
                    : turn.at().institution().stream();
            case Appealed _ -> OF_BANK;
            case Returned _ -> a.id().learner().stream();
            case Approved _, Rejected _, Dismissed _, Withdrawn _ -> null;
        };
    }

    private static String key(ApplicationId id) {
        return id.learner() + "-" + View.ordered(id.number());
    }

    // ------------------------------------------------------------------ questions

    public static @Nullable Application get(Views views, ApplicationId id) {
        return views.get(APPLICATIONS, key(id));
    }

    /** In the order in which they were submitted. */
    public static Views.Range ofLearner(LearnerId learner, int limit) {
        return Views.Range.ofKeys(learner + "-", limit);
    }

    /** Those of learners of a school, submitted last first. */
    public static Views.Range ofSchool(InstitutionId school, int limit) {
        return Views.Range.of(BY_SCHOOL, school + "|", limit).newestFirst();
    }

    /** What waits for an institution, as school or as issuer, longest first. */
    public static Views.Range waitingFor(InstitutionId institution, int limit) {
        return Views.Range.of(WAITING, institution.stream() + "|", limit);
    }

    /** What was returned to a learner, longest first. */
    public static Views.Range waitingFor(LearnerId learner, int limit) {
        return Views.Range.of(WAITING, learner.stream() + "|", limit);
    }

    /** What waits for the bank, appeals too, longest first. */
    public static Views.Range waitingForBank(int limit) {
        return Views.Range.of(WAITING, OF_BANK + "|", limit);
    }

    // ------------------------------------------------------------------ fold

    @Override
    public String name() {
        return "applications";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public List<View<?>> views() {
        return List.of(APPLICATIONS);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof LearnerErased erased) {
            close(entry, erased.learner(), documents);
        } else if (entry.event() instanceof ApplicationEvent event) {
            documents.put(APPLICATIONS, key(event.id()), folded(entry, event, documents));
        }
    }

    /** Nobody can decide any more. */
    private static void close(Recorded entry, LearnerId learner, Documents documents) {
        int number = 1;
        Application was = documents.get(APPLICATIONS, key(new ApplicationId(learner, number)));
        while (was != null) {
            if (desk(was) != null) {
                documents.put(APPLICATIONS, key(was.id()), was.closedBy(entry));
            }
            number++;
            was = documents.get(APPLICATIONS, key(new ApplicationId(learner, number)));
        }
    }

    private static Application folded(
            Recorded entry, ApplicationEvent event, Documents documents) {
        if (event instanceof ApplicationSubmitted e) {
            return new Application(e.id(), e.enrolment(), e.school(), e.by(),
                    e.asking().rulebook(), e.asking().agreement(), e.asking().asked() == null,
                    e.on(), ApplicationStanding.of(e), false, List.of(), List.of(act(entry, e)),
                    entry.position(), entry.position(), entry.position());
        }
        Application was = Objects.requireNonNull(documents.get(APPLICATIONS, key(event.id())),
                () -> "No application " + event.id() + " was ever submitted");
        Application now = was.as(was.standing().after(event), act(entry, event));
        return event instanceof ApplicationResubmitted e ? now.asking(e.asking())
                : event instanceof ApplicationApproved e ? now.decided(e.recognition()) : now;
    }

    private static Act act(Recorded entry, ApplicationEvent event) {
        return switch (event) {
            case ApplicationSubmitted e -> act(entry, Action.SUBMITTED, e.on());
            case ApplicationEndorsed e ->
                    act(entry, Action.ENDORSED, e.step(), e.by(), e.on());
            case ApplicationReturned e ->
                    act(entry, Action.RETURNED, e.step(), e.by(), e.on());
            case ApplicationResubmitted e -> act(entry, Action.RESUBMITTED, e.on());
            case ApplicationApproved e ->
                    act(entry, Action.APPROVED, e.step(), e.by(), e.on());
            case ApplicationRejected e ->
                    act(entry, Action.REJECTED, e.step(), e.by(), e.on());
            case ApplicationWithdrawn e -> act(entry, Action.WITHDRAWN, e.on());
            case ApplicationAppealed e -> act(entry, Action.APPEALED, e.on());
            case AppealDismissed e -> act(entry, Action.APPEAL_DISMISSED, e.on());
            case AppealUpheld e -> act(entry, Action.APPEAL_UPHELD, e.on());
        };
    }

    private static Act act(Recorded entry, Action action, LocalDate on) {
        return act(entry, action, null, null, on);
    }

    private static Act act(Recorded entry, Action action, @Nullable String step,
            @Nullable Desk at, LocalDate on) {
        return new Act(action, step, at, on, entry.actor(), entry.recordedAt(),
                entry.position(), entry.reason());
    }
}
