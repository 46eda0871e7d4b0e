package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.RefusalCode;
import creditbank.rulebook.Allocation.Bound;
import org.jspecify.annotations.Nullable;

/**
 * A bound over the lines that may be granted, and where it comes from.
 *
 * @param clause  whose limit it is; absent for what holds in every rulebook
 * @param name    of the limit
 * @param bound   what is left of it
 * @param earlier what was taken of it before: hundredths, or a count
 * @param code    why a line is refused that it leaves no room for
 */
record Cap(@Nullable ClauseId clause, String name, Bound bound, long earlier, RefusalCode code) {
}
