/** What a value of rulebooks may be, as sentences. */
@NullMarked
package creditbank.api.rulebook;

import org.jspecify.annotations.NullMarked;
