/**
 * The bank's language: what can be asked of it (commands), what has happened in it (events, and
 * the names by which they are stored) and why it says no (refusals). Nothing here decides, stores
 * or prints; every other part of the bank may depend on this one and this one depends on none.
 */
@NullMarked
package creditbank.api;

import org.jspecify.annotations.NullMarked;
