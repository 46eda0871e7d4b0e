/** What the values of decisions may be, as sentences. */
@NullMarked
package creditbank.api.recognition;

import org.jspecify.annotations.NullMarked;
