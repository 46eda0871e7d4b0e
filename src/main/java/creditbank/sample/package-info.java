/**
 * What a newcomer finds: on the first start of an empty bank, users with random passwords and, if
 * wanted, a small sample bank made through the same commands as everything else.
 */
@NullMarked
package creditbank.sample;

import org.jspecify.annotations.NullMarked;
