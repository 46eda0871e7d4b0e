package creditbank.api.digest;

import creditbank.api.Command;
import creditbank.api.value.Digest;

/** What an auditor, a registrar or the bank itself can ask of the digests of a projection. */
public sealed interface DigestCommand extends Command {

    ProjectionName projection();

    @Override
    default String stream() {
        return projection().stream();
    }

    /** States a digest of what is kept; the parts are those of the event. */
    record RecordDigest(ProjectionName projection, int version, long entries, Digest digest)
            implements DigestCommand {
    }
}
