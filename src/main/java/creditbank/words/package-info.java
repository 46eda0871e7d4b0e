/**
 * The words of refusals, in Chinese and English. Owns the message bundle {@code refusals}; knows
 * every refusal and nothing that causes one.
 */
@NullMarked
package creditbank.words;

import org.jspecify.annotations.NullMarked;
