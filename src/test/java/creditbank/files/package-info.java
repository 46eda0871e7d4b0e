@NullMarked
package creditbank.files;

import org.jspecify.annotations.NullMarked;
