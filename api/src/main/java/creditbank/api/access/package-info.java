/**
 * Who was shown personal data. Owns the events of the streams {@code access/<learner id>}: one for
 * each learner, beside their account, so that reading an account never changes its version.
 */
@NullMarked
package creditbank.api.access;

import org.jspecify.annotations.NullMarked;
