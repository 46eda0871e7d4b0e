/**
 * Views in one SQLite file, {@code views.db}. Trusted to hold a document and the position it stands
 * at together; not trusted to be the truth: it can be deleted and is made again.
 */
@NullMarked
package creditbank.views.sqlite;

import org.jspecify.annotations.NullMarked;
