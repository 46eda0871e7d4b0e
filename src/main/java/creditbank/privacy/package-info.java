/**
 * What keeps personal data out of the ledger: a key of their own for every learner, sealed fields,
 * and claims by HMAC. Owns {@code keys.db} and the bank's two secrets; never decides anything and
 * never sees the ledger. Trusted with everything personal: who holds this folder and the ledger can
 * read both; who holds the ledger alone can read nothing personal.
 */
@NullMarked
package creditbank.privacy;

import org.jspecify.annotations.NullMarked;
