/**
 * Checks the ledger and what was made of it, from the rows alone, and holds it against what was
 * signed; checks bundles of evidence without any ledger: whoever trusts neither the bank nor its
 * operator can run this. Tells what the bank said at any position, by the projections' own folds.
 * Never writes, never repairs, and never imports what writes. Trusted to notice whatever is at odds
 * within the files and with the checkpoints it is given; cannot notice a ledger that was written
 * anew as a whole and signed anew by who holds the key: that is for whoever kept a checkpoint, and
 * for witnesses ({@code docs/trust.md}).
 */
@NullMarked
package creditbank.audit;

import org.jspecify.annotations.NullMarked;
