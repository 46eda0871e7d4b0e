package creditbank.ledger;

import org.jspecify.annotations.Nullable;

/** The store cannot do its work. The message says what to do about it, in plain words. */
public final class LedgerFailure extends RuntimeException {

    private final boolean outcomeKnown;

    private LedgerFailure(String message, boolean outcomeKnown, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeKnown = outcomeKnown;
    }

    /** Nothing of what was asked has been written. */
    public static LedgerFailure nothingWritten(String message, Throwable cause) {
        return new LedgerFailure(message, true, cause);
    }

    /** The disk or the database failed while committing: what was asked may or may not stand. */
    public static LedgerFailure outcomeUnknown(String message, Throwable cause) {
        return new LedgerFailure(message, false, cause);
    }

    /** What stands is not what was written. */
    public static LedgerFailure damaged(String message, @Nullable Throwable cause) {
        return new LedgerFailure(message, true, cause);
    }

    public boolean isOutcomeKnown() {
        return outcomeKnown;
    }
}
