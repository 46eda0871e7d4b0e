/** What is decided on programmes, as sentences, and what holds in any history of them. */
@NullMarked
package creditbank.programme;

import org.jspecify.annotations.NullMarked;
