package creditbank.proof;

import java.util.List;

/**
 * That a tree begins with the leaves of an older one (RFC 9162, 2.1.4).
 *
 * <p>A tree without leaves is the beginning of every tree, so a proof from size 0 says nothing.
 * Here it is refused, whatever its hashes and whatever the sizes: who has seen nothing yet has
 * nothing to compare, and must not be told that something was verified.
 *
 * @param from   the older size
 * @param to     the newer size
 * @param hashes none where the sizes are equal; 63 at most
 */
public record ConsistencyProof(long from, long to, List<Hash> hashes) {

    public ConsistencyProof {
        hashes = List.copyOf(hashes);
    }

    /** Whether the newer tree begins with the older one; no proof of any size throws. */
    public boolean holds(Hash older, Hash newer) {
        if (from < 1 || from > to) {
            return false;
        }
        if (from == to) {
            return hashes.isEmpty() && older.equals(newer);
        }
        if (hashes.isEmpty()) {
            return false;
        }
        // A complete older tree is itself where the proof begins.
        boolean complete = Long.bitCount(from) == 1;
        return leadsTo(older, newer, complete ? older : hashes.getFirst(),
                complete ? hashes : hashes.subList(1, hashes.size()));
    }

    private boolean leadsTo(Hash older, Hash newer, Hash first, List<Hash> rest) {
        int up = Long.numberOfTrailingZeros(from);
        long at = from - 1 >> up;
        long last = to - 1 >> up;
        Hash olderRoot = first;
        Hash newerRoot = first;
        for (Hash next : rest) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                olderRoot = Hash.node(next, olderRoot);
                newerRoot = Hash.node(next, newerRoot);
                int more = (at & 1) == 1 ? 0 : Long.numberOfTrailingZeros(at);
                at = InclusionProof.shifted(at, more);
                last = InclusionProof.shifted(last, more);
            } else {
                newerRoot = Hash.node(newerRoot, next);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && olderRoot.equals(older) && newerRoot.equals(newer);
    }
}
