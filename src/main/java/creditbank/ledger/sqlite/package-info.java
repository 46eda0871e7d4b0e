/**
 * The ledger in one SQLite file, for a bank of one process, and the index beside it that is made of
 * its entries alone. Trusted to keep every acknowledged commit through a loss of power ({@code
 * synchronous=FULL}) and to notice damaged bytes (a checksum beside every entry); not trusted
 * against someone who edits the files on purpose. Never changes or removes an
 * entry.
 */
@NullMarked
package creditbank.ledger.sqlite;

import org.jspecify.annotations.NullMarked;
