/**
 * Bundles of evidence: entries in a zip with all that is needed to check them without the bank
 * ({@code docs/formats/evidence-bundle.md}). Only gathers what stands in the ledger and in its log;
 * opens no personal data. Who checks a bundle uses nothing of this package.
 */
@NullMarked
package creditbank.audit.evidence;

import org.jspecify.annotations.NullMarked;
