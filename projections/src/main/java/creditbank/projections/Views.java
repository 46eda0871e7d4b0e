package creditbank.projections;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What folds have kept, for questions. A keeper may be memory, SQLite or MongoDB; one conformance
 * kit holds them all.
 */
public interface Views {

    <T> @Nullable T get(View<T> view, String key);

    /** Documents in the order of {@code range}, at most as many as it asks for. */
    <T> List<Row<T>> page(View<T> view, Range range);

    /** @param at the document's place in the order it was paged in; a cursor for the next page */
    record Row<T>(String at, T document) {
    }

    /**
     * Part of an order, as text: from inclusive, to exclusive.
     *
     * @param index name of a declared index; {@code null} means the documents' own keys
     */
    record Range(@Nullable String index, String from, String to, boolean descending, int limit) {

        /** Sorts after every character that keys are made of. */
        private static final char LAST = '\uffff';

        public static Range ofKeys(String prefix, int limit) {
            return new Range(null, prefix, prefix + LAST, false, limit);
        }

        public static Range of(String index, String prefix, int limit) {
            return new Range(index, prefix, prefix + LAST, false, limit);
        }

        public Range newestFirst() {
            return new Range(index, from, to, true, limit);
        }

        /** The rest of this range behind a row that was already seen. */
        public Range behind(String at) {
            // A cursor comes from outside: it may narrow the range, never widen it.
            String next = at + '\0';
            return descending
                    ? new Range(index, from, at.compareTo(to) < 0 ? at : to, true, limit)
                    : new Range(index, next.compareTo(from) > 0 ? next : from, to, false, limit);
        }
    }
}
