/**
 * Notes in the ledger who is shown personal data, before it is shown. Decides nothing: that somebody
 * read is a fact, whatever was read before. Writes to no stream but {@code access/<learner id>}.
 */
@NullMarked
package creditbank.access;

import org.jspecify.annotations.NullMarked;
