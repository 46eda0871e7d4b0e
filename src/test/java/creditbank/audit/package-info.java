@NullMarked
package creditbank.audit;

import org.jspecify.annotations.NullMarked;
