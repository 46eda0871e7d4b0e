package creditbank.http;

import creditbank.api.value.Rule;

/** Page sizes: a limit on everything. */
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
}
