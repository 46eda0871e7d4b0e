package creditbank.http;

import creditbank.ledger.LedgerFailure;
import creditbank.store.StoreFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells apart, under the failure of a request, what fails the bank itself: its files, its disk. */
final class StoreTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(StoreTrouble.class);
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private @Nullable String told;
    private long toldAt;

    /** The failure of the ledger, or of a file or database of the bank, if that is behind it. */
    static @Nullable RuntimeException ofTheStore(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof StoreFailure || e instanceof LedgerFailure) {
                return (RuntimeException) e;
            }
        }
        return null;
    }

    /**
     * The failure of the disk that uploads are kept on, if that is behind it. What is wrong with
     * the request, or with the line it came over, has a class of its own.
     */
    static @Nullable IOException ofTheDisk(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
            if (root instanceof ClientAbortException) {
                return null;
            }
        }
        return root.getClass() == IOException.class || root instanceof FileNotFoundException
                || root instanceof FileSystemException ? (IOException) root : null;
    }

    /** One line in the log, and not for every request: its message says what to do. */
    synchronized void tell(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (!message.equals(told) || System.nanoTime() - toldAt >= AGAIN_NANOS) {
            told = message;
            toldAt = System.nanoTime();
            LOG.error("A request failed for a file of the bank: {}", message);
        }
    }
}
