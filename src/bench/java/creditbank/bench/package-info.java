/** Measures the bank; not shipped. */
@NullMarked
package creditbank.bench;

import org.jspecify.annotations.NullMarked;
