package creditbank.store;

import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import org.jspecify.annotations.Nullable;

/** A MongoDB database cannot be used. The message names it and says what to do. */
public final class MongoFailure extends StoreFailure {

    /** @param database its name */
    public MongoFailure(String database, MongoException cause) {
        super(words(database, cause), cause);
    }

    public MongoFailure(String message) {
        this(message, (Throwable) null);
    }

    private MongoFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    private static String words(String database, MongoException cause) {
        return switch (cause) {
            case MongoSecurityException e -> "MongoDB refuses the user for the database "
                    + database + " (" + e.getMessage() + "). Check the user, the password and"
                    + " authSource in the connection string.";
            case MongoTimeoutException e -> "The MongoDB of the database " + database
                    + " does not answer (" + e.getMessage() + "). Check that most of its members"
                    + " run and can be reached; a bank that is open then goes on by itself.";
            default -> "The database " + database + " in MongoDB: " + cause.getMessage();
        };
    }
}
