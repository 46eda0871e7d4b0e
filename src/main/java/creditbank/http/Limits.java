package creditbank.http;

import creditbank.api.value.Rule;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Pages and periods that can be asked for: a limit on everything. */
final class Limits {

    private Limits() {
    }

    /** The limit itself, if it lies between one and the most. */
    static int of(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw Rule.LIMIT_OUT_OF_RANGE.brokenIn("limit", limit);
        }
        return limit;
    }

    static long position(String field, long position) {
        if (position < 0) {
            throw Rule.WHOLE_NUMBER_MALFORMED.brokenIn(field, position);
        }
        return position;
    }

    static void period(@Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null && to.isBefore(from)) {
            throw Rule.PERIOD_REVERSED.brokenIn("to", from + " / " + to);
        }
    }
}
