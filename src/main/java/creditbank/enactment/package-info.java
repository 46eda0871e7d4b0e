/**
 * Rulebooks in the ledger: takes the commands that propose, approve, supersede and withdraw them,
 * and finds an approved rulebook for the engine. What is decided, and how a text is read, is
 * {@code creditbank.rulebook}'s, which knows neither Axon nor the ledger. Never writes to any
 * stream but {@code rulebook/<id>}.
 */
@NullMarked
package creditbank.enactment;

import org.jspecify.annotations.NullMarked;
