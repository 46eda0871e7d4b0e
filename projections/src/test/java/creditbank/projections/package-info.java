@NullMarked
package creditbank.projections;

import org.jspecify.annotations.NullMarked;
