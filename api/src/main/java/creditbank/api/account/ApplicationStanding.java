package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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

    /** @param notBy who decided before an appeal was upheld, and does not decide again */
    record Waiting(Turn turn, LocalDate since, @Nullable String notBy)
            implements ApplicationStanding {
    }

    /** With reasons, to whoever asks; it goes on once it is sent again. */
    record Returned(String step, LocalDate since) implements ApplicationStanding {
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
}
