package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.value.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step on the way of something that people decided on.
 *
 * @param by       the actor
 * @param position of the entry
 */
public record Step(String by, Instant at, long position, @Nullable String reason) {

    static Step of(Recorded entry) {
        return new Step(entry.actor(), entry.recordedAt(), entry.position(),
                entry.reason() instanceof Reason.Clear(String text) ? text : null);
    }
}
