package creditbank.projections;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kept set of documents of one shape, each under a key.
 *
 * @param name    stored name, lower case with underscores
 * @param type    the shape
 * @param indexes further orders in which documents can be paged
 */
public record View<T>(String name, Class<T> type, List<Index<T>> indexes) {

    private static final int ORDERED_DIGITS = 12;

    /**
     * An order of a view. Keys are compared as text, are unique within the index (end them with
     * something unique), and never hold personal data in clear.
     *
     * @param name stored name, lower case with underscores
     * @param key  the document's place in this order; {@code null} leaves it out
     */
    public record Index<T>(String name, Function<T, @Nullable String> key) {
    }

    public Index<T> index(String name) {
        return indexes.stream().filter(i -> i.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "View " + this.name + " declares no index " + name));
    }

    /** A position as index keys write it, so that text order is number order. */
    public static String ordered(long position) {
        String digits = Long.toString(position);
        return "0".repeat(ORDERED_DIGITS - digits.length()) + digits;
    }
}
