/** What is decided on rulebooks, as sentences, and what holds in any history of them. */
@NullMarked
package creditbank.enactment;

import org.jspecify.annotations.NullMarked;
