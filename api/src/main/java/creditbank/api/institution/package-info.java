/**
 * Institutions: who may record achievements. Owns the commands, events and values of the streams
 * {@code institution/<id>}; knows nothing of learners.
 */
@NullMarked
package creditbank.api.institution;

import org.jspecify.annotations.NullMarked;
