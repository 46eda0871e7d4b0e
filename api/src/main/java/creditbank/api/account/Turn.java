package creditbank.api.account;

import creditbank.api.recognition.Names;
import creditbank.api.value.Rule;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The step at which an application waits.
 *
 * @param step  by the rulebook's name for it
 * @param at    who is to decide on it
 * @param dueOn the last day the rulebook gives for that; absent where it gives none
 */
public record Turn(String step, Desk at, @Nullable LocalDate dueOn) {

    public Turn {
        if (!Names.isName(step)) {
            throw Rule.ID_MALFORMED.brokenIn("step", step);
        }
    }

    /** Whether it is that step, with them. */
    boolean isAt(String name, Desk desk) {
        return step.equals(name) && at.equals(desk);
    }
}
