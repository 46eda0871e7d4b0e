/** What is decided on agreements, as sentences, and what holds in any history of them. */
@NullMarked
package creditbank.agreement;

import org.jspecify.annotations.NullMarked;
