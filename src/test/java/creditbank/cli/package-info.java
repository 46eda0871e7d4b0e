@NullMarked
package creditbank.cli;

import org.jspecify.annotations.NullMarked;
