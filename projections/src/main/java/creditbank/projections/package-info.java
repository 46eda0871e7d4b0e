/**
 * What the bank answers, as pure folds from events to views. Knows only {@code creditbank.api} and
 * the small {@link creditbank.projections.Views} port; never reads a clock, a key or the ledger,
 * so the auditor's replay runs the very same code as the live bank.
 */
@NullMarked
package creditbank.projections;

import org.jspecify.annotations.NullMarked;
