/**
 * How the bank writes plain files of its own: whole, durable, and readable by its own user alone.
 * Owns no file and knows no content; databases are the store's.
 */
@NullMarked
package creditbank.files;

import org.jspecify.annotations.NullMarked;
