package creditbank.api;

import creditbank.api.value.Claim;
import java.util.List;

/**
 * A fact that has happened and is never changed. Its record components are its stored shape; see
 * {@code docs/formats/events.md}.
 */
public interface Event {

    /** Business keys that exist once in the whole bank and belong to this event from now on. */
    default List<Claim> claims() {
        return List.of();
    }

    /** Claims of earlier events that this event sets free. */
    default List<Claim> releases() {
        return List.of();
    }
}
