/**
 * Digests of what views kept, as the bank states them in its own ledger. Owns the event of the
 * stream {@code digest}; knows nothing of what was digested.
 */
@NullMarked
package creditbank.api.digest;

import org.jspecify.annotations.NullMarked;
