/**
 * The values a stored decision on recognition (认定) consists of: what was granted, what was refused,
 * under which clause of which rulebook version, from which inputs. They stand inside events for
 * ever; they hold no words for people and nothing that tells who the learner is.
 */
@NullMarked
package creditbank.api.recognition;

import org.jspecify.annotations.NullMarked;
