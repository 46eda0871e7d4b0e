/**
 * How the bank writes durably: many callers behind one writer, SQLite files with one writing
 * connection and a few reading ones, the connection to a MongoDB, and words for what can go wrong
 * with a file or a database. Owns no table and no collection, and knows no event.
 */
@NullMarked
package creditbank.store;

import org.jspecify.annotations.NullMarked;
