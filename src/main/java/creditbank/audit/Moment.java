package creditbank.audit;

import java.time.Instant;

/**
 * A place in the bank's history: all entries up to this one, and no later one.
 *
 * @param recordedAt when the entry at {@code position} was recorded
 */
public record Moment(long position, Instant recordedAt) {
}
