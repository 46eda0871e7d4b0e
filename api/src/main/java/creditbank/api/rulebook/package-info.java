/**
 * How a rulebook comes in force and goes out of it. Owns the commands, events and values of the
 * streams {@code rulebook/<id>}; knows the rules themselves only as a text.
 */
@NullMarked
package creditbank.api.rulebook;

import org.jspecify.annotations.NullMarked;
