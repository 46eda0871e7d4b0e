package creditbank.api;

import creditbank.api.value.Reason;
import org.jspecify.annotations.Nullable;

/** A wish to change the bank, addressed to exactly one stream. */
public interface Command {

    /** The stream that decides, such as {@code learner/7K3M9Q2HX4T8W1ZC}. */
    String stream();

    /** Why; present on every command that mends, ends or limits something. */
    default @Nullable Reason reason() {
        return null;
    }
}
