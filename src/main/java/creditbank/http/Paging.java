package creditbank.http;

import creditbank.projections.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A page of those documents of a view that are wanted, which may be few among many.
 *
 * @param next where the next page begins behind; null at the end
 */
record Paging<T>(List<T> found, @Nullable String next) {

    /**
     * @param most   how many are wanted, and how many {@code rows} answers at most
     * @param behind where the page before ended; null for the first
     * @param rows   the rows behind a place, or the first ones
     */
    static <T> Paging<T> of(int most, @Nullable String behind,
            Function<@Nullable String, List<Views.Row<T>>> rows, Predicate<T> wanted) {
        List<T> found = new ArrayList<>();
        String at = behind;
        while (true) {
            List<Views.Row<T>> some = rows.apply(at);
            for (Views.Row<T> row : some) {
                at = row.at();
                if (wanted.test(row.document())) {
                    found.add(row.document());
                }
                if (found.size() == most) {
                    return new Paging<>(found, at);
                }
            }
            if (some.size() < most) {
                return new Paging<>(found, null);
            }
        }
    }
}
