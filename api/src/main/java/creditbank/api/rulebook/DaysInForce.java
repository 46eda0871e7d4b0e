package creditbank.api.rulebook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The business days on which a version of a rulebook, or an agreement, is in force; both ends belong to it.
 *
 * @param from  the first day
 * @param until the last day; absent where there is none yet. Before {@code from} if it was
 *              ended before it began: then there is no such day
 */
public record DaysInForce(LocalDate from, @Nullable LocalDate until) {

    public boolean includes(LocalDate day) {
        return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }

    @JsonIgnore
    public boolean isEmpty() {
        return until != null && until.isBefore(from);
    }

    /** Whether any day belongs to both. */
    public boolean overlaps(DaysInForce other) {
        return !isEmpty() && !other.isEmpty()
                && (until == null || !other.from.isAfter(until))
                && (other.until == null || !from.isAfter(other.until));
    }

    /** Whether no day after this one belongs to it. */
    public boolean endsBy(LocalDate day) {
        return isEmpty() || until != null && !until.isAfter(day);
    }

    public DaysInForce endingWith(LocalDate last) {
        return new DaysInForce(from, last);
    }
}
