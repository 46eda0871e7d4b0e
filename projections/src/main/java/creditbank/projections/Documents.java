package creditbank.projections;

import org.jspecify.annotations.Nullable;

/** Where a fold keeps its documents: by key only, so that a batch can be written once. */
public interface Documents {

    <T> @Nullable T get(View<T> view, String key);

    <T> void put(View<T> view, String key, T document);
}
