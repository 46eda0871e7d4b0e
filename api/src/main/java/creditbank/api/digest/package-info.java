/**
 * Digests of what views kept, as the bank states them in its own ledger. Owns the command, the
 * event and the values of the streams {@code digest/<projection>}; knows nothing of what was
 * digested.
 */
@NullMarked
package creditbank.api.digest;

import org.jspecify.annotations.NullMarked;
