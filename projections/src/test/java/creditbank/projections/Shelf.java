package creditbank.projections;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Documents in a map, the smallest keeper there can be: indexes are made when they are asked. */
final class Shelf implements Documents, Views {

    private final Map<String, NavigableMap<String, Object>> views = new HashMap<>();

    private NavigableMap<String, Object> of(View<?> view) {
        return views.computeIfAbsent(view.name(), _ -> new TreeMap<>());
    }

    @Override
    public <T> @Nullable T get(View<T> view, String key) {
        Object found = of(view).get(key);
        return found == null ? null : view.type().cast(found);
    }

    @Override
    public <T> void put(View<T> view, String key, T document) {
        of(view).put(key, document);
    }

    @Override
    public <T> List<Row<T>> page(View<T> view, Range range) {
        NavigableMap<String, T> order = new TreeMap<>();
        String index = range.index();
        of(view).forEach((key, found) -> {
            T document = view.type().cast(found);
            String at = index == null ? key : view.index(index).key().apply(document);
            if (at != null && order.put(at, document) != null) {
                throw new IllegalStateException("Two documents stand at " + at);
            }
        });
        NavigableMap<String, T> part = order.subMap(range.from(), true, range.to(), false);
        return (range.descending() ? part.descendingMap() : part).entrySet().stream()
                .limit(range.limit()).map(e -> new Row<>(e.getKey(), e.getValue())).toList();
    }

    <T> Collection<T> all(View<T> view) {
        return of(view).values().stream().map(view.type()::cast).toList();
    }
}
