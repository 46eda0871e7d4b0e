@NullMarked
package creditbank.intake;

import org.jspecify.annotations.NullMarked;
