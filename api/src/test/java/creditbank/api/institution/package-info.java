/** What values of an institution may be, as sentences. */
@NullMarked
package creditbank.api.institution;

import org.jspecify.annotations.NullMarked;
