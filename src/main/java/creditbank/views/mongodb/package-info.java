/**
 * Views in a MongoDB database: a collection for each view, and one document for each projection
 * that says how far it stands. Trusted to let each entry have its effect once, though nothing here
 * is written in one transaction: a document names the position it was folded up to and keeps the
 * version before. Not trusted to be the truth: it can be dropped and is made again.
 */
@NullMarked
package creditbank.views.mongodb;

import org.jspecify.annotations.NullMarked;
