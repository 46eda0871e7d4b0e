package creditbank.api.digest;

import creditbank.api.Event;
import creditbank.api.value.Digest;

/** Facts of the digests of one projection. */
public sealed interface DigestEvent extends Event {

    ProjectionName projection();

    /**
     * A fact that the documents of a projection, made of the first entries of the ledger, had this
     * digest when the bank looked at them as they are kept.
     *
     * @param version of the projection, whose folds and shapes the digest is of
     * @param entries how many entries the projection had folded; this one stands behind them all
     * @param digest  as {@code docs/formats/state-digest.md} says
     */
    record StateDigested(ProjectionName projection, int version, long entries, Digest digest)
            implements DigestEvent {
    }
}
