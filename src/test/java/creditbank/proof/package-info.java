@NullMarked
package creditbank.proof;

import org.jspecify.annotations.NullMarked;
