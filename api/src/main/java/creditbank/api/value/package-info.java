/**
 * Values that say by their type what they are, checked when they are made: credits, hours,
 * sectors, codes and sealed text. A value that exists is a valid one.
 */
@NullMarked
package creditbank.api.value;

import org.jspecify.annotations.NullMarked;
