package creditbank.store;

import org.jspecify.annotations.Nullable;

/** Rows one after the other, so that any number of them needs the memory of one. */
public interface Cursor<T> extends AutoCloseable {

    /** The next row, or {@code null} behind the last. */
    @Nullable T next();

    @Override
    void close();
}
