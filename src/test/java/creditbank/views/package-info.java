@NullMarked
package creditbank.views;

import org.jspecify.annotations.NullMarked;
