/** What is noted of who reads, as sentences. */
@NullMarked
package creditbank.access;

import org.jspecify.annotations.NullMarked;
