@NullMarked
package creditbank.http;

import org.jspecify.annotations.NullMarked;
