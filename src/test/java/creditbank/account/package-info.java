/** What is decided on accounts, as sentences. */
@NullMarked
package creditbank.account;

import org.jspecify.annotations.NullMarked;
