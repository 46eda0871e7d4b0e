package creditbank.api.digest;

import creditbank.api.value.Digest;
import java.util.regex.Pattern;

/**
 * All documents of a projection in 32 bytes ({@code docs/formats/state-digest.md}): the same
 * entries give the same digest on any machine and in any keeper, by the same version.
 *
 * @param projection its stored name: lower-case letters and underscores, at most 40
 * @param version    of the projection, whose folds and shapes the digest is of; from 1
 * @param entries    how many entries it has folded
 */
public record StateDigest(String projection, int version, long entries, Digest digest) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,39}");

    public StateDigest {
        if (!NAME.matcher(projection).matches() || version < 1 || entries < 0) {
            throw new IllegalArgumentException("No projection has a digest of its state as "
                    + projection + ", version " + version + ", after " + entries + " entries");
        }
    }

    /** Whether both are of the same folds over the same entries, so that they have to agree. */
    public boolean isOfTheSame(StateDigest other) {
        return projection.equals(other.projection) && version == other.version
                && entries == other.entries;
    }
}
