/**
 * What a process knows of a ledger's streams, commands and claims, and which commits may therefore
 * follow: in memory and in one SQLite file, {@code index.db}. Owns nothing that cannot be made
 * again from the entries; never writes to a ledger.
 */
@NullMarked
package creditbank.ledger.index;

import org.jspecify.annotations.NullMarked;
