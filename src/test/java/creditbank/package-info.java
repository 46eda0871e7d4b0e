@NullMarked
package creditbank;

import org.jspecify.annotations.NullMarked;
