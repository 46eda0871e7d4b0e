/**
 * Checks the ledger and what was made of it, from the rows alone: whoever trusts neither the bank
 * nor its operator can run this; and tells what the bank said at any position, by the projections'
 * own folds. Never writes, never repairs, and never imports what writes. Trusted to notice whatever
 * is at odds within the files; cannot notice a ledger that was cut off or written anew as a whole
 * (that is for {@code proof} and its witnesses).
 */
@NullMarked
package creditbank.audit;

import org.jspecify.annotations.NullMarked;
