package creditbank.api.digest;

import creditbank.api.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Facts of the bank's own state. */
public sealed interface DigestEvent extends Event {

    /** Where they stand, one after the other. */
    String STREAM = "digest";

    /**
     * A fact that the documents of projections, each made of the first entries of the ledger, had
     * these digests when the bank looked at them as they are kept, at all of them at once. This
     * entry stands behind all that were folded.
     *
     * @param digests at least one, each projection once, in the order of the projections
     */
    record StateDigested(List<StateDigest> digests) implements DigestEvent {

        public StateDigested {
            digests = List.copyOf(digests);
            Set<String> projections = new HashSet<>();
            digests.forEach(each -> projections.add(each.projection()));
            if (digests.isEmpty() || projections.size() < digests.size()) {
                throw new IllegalArgumentException("Not one digest of each projection: "
                        + digests);
            }
        }
    }
}
