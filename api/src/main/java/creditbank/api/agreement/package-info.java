/**
 * Mutual recognition agreements (互认协议): which parties accept each other's outcomes, in which
 * direction and under which rulebooks. Owns the commands, events and values of the streams
 * {@code agreement/<id>}; knows nothing of learners, and of rulebooks only their names.
 */
@NullMarked
package creditbank.api.agreement;

import org.jspecify.annotations.NullMarked;
