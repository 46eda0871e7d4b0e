package creditbank.api.programme;

import creditbank.api.Event;
import java.time.LocalDate;

/**
 * Facts of a programme's stream, in which all its versions stand: each version at the sequence of
 * its number less one.
 */
public sealed interface ProgrammeEvent extends Event {

    /** The version it is about. */
    ProgrammeVersion programme();

    /** A fact that learners may enrol in a programme from now on, in its version 1. */
    record ProgrammeDefined(ProgrammeVersion programme, Plan plan) implements ProgrammeEvent {
    }

    /**
     * A fact that there is another version from now on. Who enrolled before stays on theirs.
     *
     * @param plan the whole of it, not what changed
     */
    record ProgrammeRevised(ProgrammeVersion programme, Plan plan) implements ProgrammeEvent {
    }

    /**
     * A fact that nobody new enrols any more. Who is enrolled goes on.
     *
     * @param programme the newest version, and so the last
     * @param until     the last day on which somebody may enrol
     */
    record ProgrammeClosed(ProgrammeVersion programme, LocalDate until)
            implements ProgrammeEvent {
    }
}
