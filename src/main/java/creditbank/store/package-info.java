/**
 * How the bank writes durably: many callers behind one writer, and SQLite files with one writing
 * connection, a few reading ones, and words for what can go wrong with a file. Owns no table and
 * knows no event.
 */
@NullMarked
package creditbank.store;

import org.jspecify.annotations.NullMarked;
