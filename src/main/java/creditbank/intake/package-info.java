/**
 * Files of achievements in, row by row: reads CSV and JSON Lines through a profile, and brings each
 * row to the counter. Owns how files are read and what becomes of each row; decides nothing about
 * an achievement, and never writes to the ledger except by commands.
 */
@NullMarked
package creditbank.intake;

import org.jspecify.annotations.NullMarked;
