/**
 * Rulebooks as data, and the engine that decides under them: evidence, a programme, a rulebook
 * version and a day give a {@link creditbank.api.recognition.Decision} with reasons. Plain Java: it
 * knows no store, clock, chance or framework, writes nothing, and never looks anything up.
 */
@NullMarked
package creditbank.rulebook;

import org.jspecify.annotations.NullMarked;
