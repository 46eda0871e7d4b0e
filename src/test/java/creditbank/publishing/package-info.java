@NullMarked
package creditbank.publishing;

import org.jspecify.annotations.NullMarked;
