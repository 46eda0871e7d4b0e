/**
 * The bank's side of its public log: the tree as flat files, the key that signs it, and the thread
 * that follows the ledger and publishes checkpoints. Never in the way of a command, never signs two
 * checkpoints that are inconsistent, and decides nothing: what a proof is says {@code proof}.
 */
@NullMarked
package creditbank.publishing;

import org.jspecify.annotations.NullMarked;
