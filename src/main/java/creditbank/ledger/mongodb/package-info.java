/**
 * The ledger in one collection of a MongoDB replica set, for a bank of several nodes: one document
 * a commit, under the position of its first entry, so that of two nodes that write at the same
 * place one finds it taken. Trusted to keep every acknowledged commit through the loss of a
 * minority of the members ({@code w: majority, j: true}), to keep its order for all readers, and
 * to notice damaged bytes and missing documents; not trusted against someone who edits the
 * documents on purpose. Never changes or removes an entry.
 */
@NullMarked
package creditbank.ledger.mongodb;

import org.jspecify.annotations.NullMarked;
