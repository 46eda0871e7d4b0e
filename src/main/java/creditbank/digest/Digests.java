package creditbank.digest;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.digest.DigestCommand;
import creditbank.api.digest.DigestCommand.RecordDigest;
import creditbank.api.digest.DigestEvent;
import creditbank.api.digest.DigestEvent.StateDigested;
import creditbank.api.value.Digest;
import java.util.List;

/** The digests of one projection as the next one is decided on. */
public sealed interface Digests {

    record None() implements Digests {
    }

    record Last(int version, long entries, Digest digest) implements Digests {
    }

    Digests NONE = new None();

    static List<DigestEvent> decide(Digests state, DigestCommand command) {
        return switch (command) {
            case RecordDigest c -> {
                Refused.refuseIf(saysNothingNew(state, c), () ->
                        new Refusal.DigestAlreadyRecorded(c.projection().text(), c.entries()));
                yield List.of(new StateDigested(
                        c.projection(), c.version(), c.entries(), c.digest()));
            }
        };
    }

    /** Another digest of the same entries is news, and bad news: it is recorded. */
    private static boolean saysNothingNew(Digests state, RecordDigest c) {
        return switch (state) {
            case None _ -> false;
            case Last last -> last.version() == c.version() && (c.entries() < last.entries()
                    || c.entries() == last.entries() && c.digest().equals(last.digest()));
        };
    }

    static Digests evolve(Digests state, DigestEvent event) {
        return switch (event) {
            case StateDigested e -> new Last(e.version(), e.entries(), e.digest());
        };
    }
}
