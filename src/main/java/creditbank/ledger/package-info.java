/**
 * The log: one totally ordered, gap-free, append-only sequence of entries, the bank's only truth.
 * Owns the bytes of an entry, the group commit and the port to the stores; never knows what an
 * event means. Trusted to keep what it acknowledged and to keep its order; not trusted to be
 * unread or unedited by whoever holds the disk (that is for {@code privacy} and {@code proof}).
 */
@NullMarked
package creditbank.ledger;

import org.jspecify.annotations.NullMarked;
