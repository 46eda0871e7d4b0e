package creditbank.views.memory;

import creditbank.api.Recorded;
import creditbank.api.digest.StateDigest;
import creditbank.projections.Documents;
import creditbank.projections.Projection;
import creditbank.projections.View;
import creditbank.projections.Views;
import creditbank.views.StateSum;
import creditbank.views.ViewKeeper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps views in sorted maps. Folds and questions take turns. */
public final class MemoryViews implements ViewKeeper {

    private final Map<String, Shelves> shelves = new HashMap<>();
    private final Map<String, Stand> stands = new HashMap<>();

    /** How many entries a projection has folded, and the id of the last of them. */
    private record Stand(long reached, @Nullable String last) {
        static final Stand BEFORE_THE_FIRST = new Stand(0, null);
    }

    /** The documents of one projection: by view, then by index (the empty name: by key). */
    private static final class Shelves implements Documents {
        private final Map<String, Map<String, NavigableMap<String, Object>>> views =
                new HashMap<>();

        NavigableMap<String, Object> shelf(View<?> view, @Nullable String index) {
            return views.computeIfAbsent(view.name(), _ -> new HashMap<>())
                    .computeIfAbsent(index == null ? "" : index, _ -> new TreeMap<>());
        }

        @Override
        public <T> @Nullable T get(View<T> view, String key) {
            return view.type().cast(shelf(view, null).get(key));
        }

        @Override
        public <T> void put(View<T> view, String key, T document) {
            T before = get(view, key);
            shelf(view, null).put(key, document);
            for (View.Index<T> index : view.indexes()) {
                NavigableMap<String, Object> shelf = shelf(view, index.name());
                String was = before == null ? null : index.key().apply(before);
                String now = index.key().apply(document);
                if (was != null) {
                    shelf.remove(was);
                }
                if (now != null) {
                    shelf.put(now, document);
                }
            }
        }
    }

    private final Views answers = new Views() {
        @Override
        public <T> @Nullable T get(View<T> view, String key) {
            synchronized (MemoryViews.this) {
                return of(view).get(view, key);
            }
        }

        @Override
        public <T> List<Row<T>> page(View<T> view, Range range) {
            synchronized (MemoryViews.this) {
                NavigableMap<String, Object> part = of(view).shelf(view, range.index())
                        .subMap(range.from(), true, range.to(), false);
                return (range.descending() ? part.descendingMap() : part).entrySet().stream()
                        .limit(range.limit())
                        .map(e -> new Row<>(e.getKey(), view.type().cast(e.getValue())))
                        .toList();
            }
        }

        private Shelves of(View<?> view) {
            return shelves.values().stream().filter(s -> s.views.containsKey(view.name()))
                    .findFirst().orElseGet(Shelves::new);
        }
    };

    @Override
    public Views views() {
        return answers;
    }

    @Override
    public synchronized long reached(Projection projection) {
        return stand(projection).reached();
    }

    @Override
    public synchronized Optional<String> lastFolded(Projection projection) {
        return Optional.ofNullable(stand(projection).last());
    }

    @Override
    public synchronized List<StateDigest> digests(List<Projection> projections) {
        return projections.stream().map(this::digest).toList();
    }

    private StateDigest digest(Projection projection) {
        StateSum sum = new StateSum();
        Shelves documents = shelves.getOrDefault(projection.name(), new Shelves());
        for (View<?> view : StateSum.views(projection)) {
            documents.shelf(view, null).entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(MemoryViews::inUtf8))
                    .forEach(each -> sum.add(view, each.getKey(), each.getValue()));
        }
        return sum.of(projection, reached(projection));
    }

    /** Beyond the first 65,536 characters another order than that of strings. */
    private static int inUtf8(String a, String b) {
        return Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private Stand stand(Projection projection) {
        return stands.getOrDefault(projection.name(), Stand.BEFORE_THE_FIRST);
    }

    @Override
    public synchronized void fold(List<Projection> projections, List<Recorded> entries) {
        List<Batch> batches = new ArrayList<>();
        Map<String, Stand> after = new HashMap<>();
        for (Projection projection : projections) {
            Batch batch = new Batch(
                    shelves.computeIfAbsent(projection.name(), _ -> new Shelves()));
            Stand now = stand(projection);
            for (Recorded entry : entries) {
                if (entry.position() >= now.reached()) {
                    projection.fold(entry, batch);
                    now = new Stand(entry.position() + 1, entry.id());
                }
            }
            batches.add(batch);
            after.put(projection.name(), now);
        }
        batches.forEach(Batch::flush);
        stands.putAll(after);
    }

    /** Documents of a run of entries, put on the shelves when the whole run is folded. */
    private static final class Batch implements Documents {
        private final Shelves shelves;
        private final Map<View<?>, Map<String, Object>> known = new LinkedHashMap<>();

        Batch(Shelves shelves) {
            this.shelves = shelves;
        }

        @Override
        public <T> @Nullable T get(View<T> view, String key) {
            Object before = known.getOrDefault(view, Map.of()).get(key);
            return before != null ? view.type().cast(before) : shelves.get(view, key);
        }

        @Override
        public <T> void put(View<T> view, String key, T document) {
            known.computeIfAbsent(view, _ -> new LinkedHashMap<>()).put(key, document);
        }

        void flush() {
            known.forEach((view, documents) -> documents.forEach(
                    (key, document) -> put(view, key, document, shelves)));
        }

        private static <T> void put(View<T> view, String key, Object document, Shelves into) {
            into.put(view, key, view.type().cast(document));
        }
    }

    @Override
    public Rebuild rebuild(Projection projection) {
        MemoryViews anew = new MemoryViews();
        return new Rebuild() {
            @Override
            public long reached() {
                return anew.reached(projection);
            }

            @Override
            public void fold(List<Recorded> entries) {
                anew.fold(List.of(projection), entries);
            }

            @Override
            public void replace() {
                synchronized (MemoryViews.this) {
                    shelves.put(projection.name(), anew.shelves.getOrDefault(
                            projection.name(), new Shelves()));
                    stands.put(projection.name(), anew.stand(projection));
                }
            }
        };
    }

    @Override
    public void close() {
        // Memory needs no closing.
    }
}
