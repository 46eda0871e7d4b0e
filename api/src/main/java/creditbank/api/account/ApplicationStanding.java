package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import creditbank.api.account.ApplicationEvent.AppealDismissed;
import creditbank.api.account.ApplicationEvent.AppealUpheld;
import creditbank.api.account.ApplicationEvent.ApplicationAppealed;
import creditbank.api.account.ApplicationEvent.ApplicationApproved;
import creditbank.api.account.ApplicationEvent.ApplicationEndorsed;
import creditbank.api.account.ApplicationEvent.ApplicationRejected;
import creditbank.api.account.ApplicationEvent.ApplicationResubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationReturned;
import creditbank.api.account.ApplicationEvent.ApplicationSubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationWithdrawn;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** How an application stands. Written with its kind, such as {@code {"returned":{...}}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ApplicationStanding.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = ApplicationStanding.Returned.class, name = "returned"),
    @JsonSubTypes.Type(value = ApplicationStanding.Approved.class, name = "approved"),
    @JsonSubTypes.Type(value = ApplicationStanding.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = ApplicationStanding.Appealed.class, name = "appealed"),
    @JsonSubTypes.Type(value = ApplicationStanding.Dismissed.class, name = "dismissed"),
    @JsonSubTypes.Type(value = ApplicationStanding.Withdrawn.class, name = "withdrawn")})
public sealed interface ApplicationStanding {

    /** The business day since which it stands so. */
    LocalDate since();

    /**
     * @param notBy who decided before an appeal was upheld, and takes no step until somebody else
     *              has decided, even if it is returned and sent again on the way
     */
    record Waiting(Turn turn, LocalDate since, @Nullable String notBy)
            implements ApplicationStanding {
    }

    /**
     * With reasons, to whoever asks; it goes on once it is sent again.
     *
     * @param notBy as while it waits
     */
    record Returned(String step, LocalDate since, @Nullable String notBy)
            implements ApplicationStanding {
    }

    /**
     * Whatever was granted counts from now on.
     *
     * @param turn        the step that decided
     * @param appealUntil the last day to appeal against what was refused; absent where nothing was,
     *                    or the rulebook knows no appeal
     */
    record Approved(Turn turn, RecognitionId recognition, String decidedBy, LocalDate since,
            @Nullable LocalDate appealUntil) implements ApplicationStanding {
    }

    /** @param appealUntil the last day to appeal; absent where the rulebook knows no appeal */
    record Rejected(Turn turn, String decidedBy, LocalDate since,
            @Nullable LocalDate appealUntil) implements ApplicationStanding {
    }

    /** Waits for the bank, and for somebody else than who decided. */
    record Appealed(Turn turn, String decidedBy, LocalDate since)
            implements ApplicationStanding {
    }

    /** What was decided stays so. */
    record Dismissed(LocalDate since) implements ApplicationStanding {
    }

    /** By who asked. */
    record Withdrawn(LocalDate since) implements ApplicationStanding {
    }

    // ------------------------------------------------------------------ evolve

    static ApplicationStanding of(ApplicationSubmitted event) {
        return new Waiting(event.next(), event.on(), null);
    }

    /**
     * How it stands after an event of the same application.
     *
     * @throws IllegalStateException if that cannot happen to it as it stands
     */
    default ApplicationStanding after(ApplicationEvent event) {
        return switch (event) {
            case ApplicationSubmitted e -> throw cannotBe(e);
            case ApplicationEndorsed e ->
                    new Waiting(e.next(), e.on(), waiting(e, e.step(), e.by()).notBy());
            case ApplicationReturned e ->
                    new Returned(e.step(), e.on(), waiting(e, e.step(), e.by()).notBy());
            case ApplicationResubmitted e -> {
                if (!(this instanceof Returned returned)) {
                    throw cannotBe(e);
                }
                yield new Waiting(e.next(), e.on(), returned.notBy());
            }
            case ApplicationApproved e -> new Approved(waiting(e, e.step(), e.by()).turn(),
                    e.recognition(), e.decidedBy(), e.on(), e.appealUntil());
            case ApplicationRejected e -> new Rejected(waiting(e, e.step(), e.by()).turn(),
                    e.decidedBy(), e.on(), e.appealUntil());
            case ApplicationWithdrawn e -> {
                if (!(this instanceof Waiting || this instanceof Returned)) {
                    throw cannotBe(e);
                }
                yield new Withdrawn(e.on());
            }
            case ApplicationAppealed e -> switch (this) {
                case Approved was when was.appealUntil() != null ->
                        new Appealed(was.turn(), was.decidedBy(), e.on());
                case Rejected was when was.appealUntil() != null ->
                        new Appealed(was.turn(), was.decidedBy(), e.on());
                case Waiting _, Returned _, Approved _, Rejected _, Appealed _, Dismissed _,
                        Withdrawn _ -> throw cannotBe(e);
            };
            case AppealDismissed e -> {
                appealed(e, e.decidedBy());
                yield new Dismissed(e.on());
            }
            case AppealUpheld e ->
                    new Waiting(e.next(), e.on(), appealed(e, e.decidedBy()).decidedBy());
        };
    }

    private Waiting waiting(ApplicationEvent event, String step, Desk by) {
        if (this instanceof Waiting waiting && waiting.turn().isAt(step, by)) {
            return waiting;
        }
        throw cannotBe(event);
    }

    private Appealed appealed(ApplicationEvent event, String by) {
        if (this instanceof Appealed appealed && !appealed.decidedBy().equals(by)) {
            return appealed;
        }
        throw cannotBe(event);
    }

    private IllegalStateException cannotBe(ApplicationEvent event) {
        return new IllegalStateException(event + " cannot follow " + this);
    }
}
