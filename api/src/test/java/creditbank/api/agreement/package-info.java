/** What a value of agreements may be, as sentences. */
@NullMarked
package creditbank.api.agreement;

import org.jspecify.annotations.NullMarked;
