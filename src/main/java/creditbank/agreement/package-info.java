/**
 * Mutual recognition agreements: decides on proposals, acceptances and ends, and tells other
 * decisions whether an agreement lets an outcome of one institution count at another. What counts
 * how much is the rulebooks' to say. Never writes to any stream but {@code agreement/<id>}.
 */
@NullMarked
package creditbank.agreement;

import org.jspecify.annotations.NullMarked;
