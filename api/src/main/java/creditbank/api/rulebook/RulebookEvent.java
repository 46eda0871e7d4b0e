package creditbank.api.rulebook;

import creditbank.api.Event;
import creditbank.api.recognition.RulebookVersion;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Facts of a rulebook's stream, in which all its versions stand. */
public sealed interface RulebookEvent extends Event {

    /** The version it is about. */
    RulebookVersion rulebook();

    /**
     * A fact that somebody wants a version in force.
     *
     * @param head       as the bank read it from the text, so that no fold has to
     * @param proposedBy an actor as entries name them; may not approve it
     * @param text       the YAML as it was sent: the truth, for engines of any later year
     */
    record RulebookProposed(RulebookVersion rulebook, RulebookHead head, String proposedBy,
            String text) implements RulebookEvent {
    }

    /** A fact that a second registrar agreed: it is in force on the days its head names. */
    record RulebookApproved(RulebookVersion rulebook, String approvedBy)
            implements RulebookEvent {
    }

    /**
     * A fact that another version takes its place.
     *
     * @param by    the number of that version, which begins on the next day
     * @param until the last day in force
     */
    record RulebookSuperseded(RulebookVersion rulebook, int by, LocalDate until)
            implements RulebookEvent {
    }

    /**
     * A fact that a proposal was taken back, or that a version in force ends.
     *
     * @param until the last day in force; absent for a proposal, which never was
     */
    record RulebookWithdrawn(RulebookVersion rulebook, @Nullable LocalDate until)
            implements RulebookEvent {
    }
}
