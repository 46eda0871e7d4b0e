/**
 * The ledger in one SQLite file, for a bank of one process. Trusted to keep every acknowledged
 * commit through a loss of power ({@code synchronous=FULL}) and to notice damaged bytes (a checksum
 * beside every entry); not trusted against someone who edits the file on purpose.
 */
@NullMarked
package creditbank.ledger.sqlite;

import org.jspecify.annotations.NullMarked;
