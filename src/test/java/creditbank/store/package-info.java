@NullMarked
package creditbank.store;

import org.jspecify.annotations.NullMarked;
