/** What is decided on institutions, as sentences. */
@NullMarked
package creditbank.institution;

import org.jspecify.annotations.NullMarked;
