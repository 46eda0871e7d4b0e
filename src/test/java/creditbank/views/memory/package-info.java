@NullMarked
package creditbank.views.memory;

import org.jspecify.annotations.NullMarked;
