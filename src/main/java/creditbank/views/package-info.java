/**
 * Where folds keep their views, and the follower that brings the views up to the ledger. Owns
 * nothing that cannot be made again from the ledger.
 */
@NullMarked
package creditbank.views;

import org.jspecify.annotations.NullMarked;
