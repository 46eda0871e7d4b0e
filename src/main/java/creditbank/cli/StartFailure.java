package creditbank.cli;

import creditbank.ledger.LedgerFailure;
import creditbank.store.StoreFailure;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * What keeps a bank from opening, in its own words instead of a stack trace. Found through
 * {@code META-INF/spring.factories}.
 */
final class StartFailure extends AbstractFailureAnalyzer<RuntimeException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, RuntimeException cause) {
        for (Throwable each = root; each != null; each = each.getCause()) {
            if (isOurs(each)) {
                return new FailureAnalysis(String.valueOf(each.getMessage()), null, root);
            }
        }
        return null;
    }

    /** Thrown by the bank itself, on purpose: its message says what to do. */
    private static boolean isOurs(Throwable each) {
        boolean said = each instanceof IllegalStateException
                || each instanceof UncheckedIOException || each instanceof LedgerFailure
                || each instanceof StoreFailure;
        return said && each.getStackTrace().length > 0
                && each.getStackTrace()[0].getClassName().startsWith("creditbank.");
    }
}
