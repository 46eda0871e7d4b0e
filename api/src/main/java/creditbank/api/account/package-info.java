/**
 * Learner accounts (学习账户) and the achievements recorded in them. Owns the commands, events and
 * values of the streams {@code learner/<id>}. Personal data appears here only sealed
 * ({@link creditbank.api.value.Sealed}) or as a keyed claim; the plain values of
 * {@link creditbank.api.account.Identity} are for the edge, before a command is made.
 */
@NullMarked
package creditbank.api.account;

import org.jspecify.annotations.NullMarked;
