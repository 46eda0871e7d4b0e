/** Everything that is stored for ever, held to committed examples. */
@NullMarked
package creditbank.formats;

import org.jspecify.annotations.NullMarked;
