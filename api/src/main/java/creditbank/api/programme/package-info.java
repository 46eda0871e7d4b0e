/**
 * Programmes (专业/培养方案): what credits accumulate towards. Owns the commands, events and values of
 * the streams {@code programme/<id>}; knows neither learners nor rules.
 */
@NullMarked
package creditbank.api.programme;

import org.jspecify.annotations.NullMarked;
