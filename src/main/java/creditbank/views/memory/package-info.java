/** Views in memory, for a replay and for tests. Owns nothing that outlives the process. */
@NullMarked
package creditbank.views.memory;

import org.jspecify.annotations.NullMarked;
