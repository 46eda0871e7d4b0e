/** What is decided on institutions, as sentences. */
@NullMarked
package creditbank.digest;

import org.jspecify.annotations.NullMarked;
