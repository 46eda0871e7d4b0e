/** What values may be, as sentences. */
@NullMarked
package creditbank.api.value;

import org.jspecify.annotations.NullMarked;
