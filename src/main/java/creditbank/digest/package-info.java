/**
 * Digests of views that stand in the ledger, so that whoever replays it can hold the result
 * against them. Decides whether another one is worth an entry; never makes a digest itself, and
 * never writes to any stream but {@code digest/<projection>}.
 */
@NullMarked
package creditbank.digest;

import org.jspecify.annotations.NullMarked;
