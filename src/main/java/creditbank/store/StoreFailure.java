package creditbank.store;

import org.jspecify.annotations.Nullable;

/** A file or a database of the bank cannot be used. The message names it and says what to do. */
public abstract sealed class StoreFailure extends RuntimeException
        permits SqliteFailure, MongoFailure {

    StoreFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
