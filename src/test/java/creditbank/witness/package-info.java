@NullMarked
package creditbank.witness;

import org.jspecify.annotations.NullMarked;
