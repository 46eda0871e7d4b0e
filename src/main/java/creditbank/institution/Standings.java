package creditbank.institution;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionId;
import creditbank.ledger.CommandScope;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;

/**
 * The roll, kept from the ledger. What a decision has seen here becomes a
 * condition of its commit, so a suspension that came in between is never overlooked; the stream of
 * the institution itself is not locked.
 */
public final class Standings implements InstitutionRoll {

    private static final int MOST_CACHED = 10_000;

    private record Seen(Institution state, long lastSequence) {
    }

    private final LedgerReader ledger;
    private final Cache<String, Seen> seen =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();

    public Standings(LedgerReader ledger) {
        this.ledger = ledger;
    }

    @Override
    public Institution apply(InstitutionId id) {
        Seen now = seen.get(id.stream(), this::read);
        CommandScope.current().dependOn(id.stream(), now.lastSequence());
        return now.state();
    }

    /** Forgets what may have changed. */
    public void forget(String stream) {
        seen.invalidate(stream);
    }

    private Seen read(String stream) {
        Seen now = new Seen(Institution.NONE, -1);
        for (Entry entry : ledger.readStream(stream, 0)) {
            now = new Seen(Institution.evolve(now.state(),
                    (InstitutionEvent) EntryFormat.read(entry).event()), entry.sequence());
        }
        return now;
    }
}
