/** What a value of programmes may be, as sentences. */
@NullMarked
package creditbank.api.programme;

import org.jspecify.annotations.NullMarked;
