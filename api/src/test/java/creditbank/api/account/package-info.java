/** What values of an account may be, as sentences. */
@NullMarked
package creditbank.api.account;

import org.jspecify.annotations.NullMarked;
