package creditbank.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of a file's columns, in order. Those that begin with {@code _} are the bank's own. */
final class Columns {

    /** What the bank adds to a row it sends back begins with this, and is passed over again. */
    static final String OWN = "_";

    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();

    Columns(List<String> names) {
        this.names = List.copyOf(names);
        for (int i = 0; i < names.size(); i++) {
            places.putIfAbsent(names.get(i), i);
        }
    }

    List<String> names() {
        return names;
    }

    int size() {
        return names.size();
    }

    /** The place of a column, or -1. */
    int place(String name) {
        return places.getOrDefault(name, -1);
    }

    /** The names that stand more than once. */
    List<String> twice() {
        List<String> twice = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (place(names.get(i)) != i) {
                twice.add(names.get(i));
            }
        }
        return twice;
    }
}
