/**
 * The ledger as Axon Framework's event store, and the gate through which every command passes. Owns
 * what Axon needs to run fast on it (locks, cache, targets); never knows a store.
 */
@NullMarked
package creditbank.ledger.axon;

import org.jspecify.annotations.NullMarked;
