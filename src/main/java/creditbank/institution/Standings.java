package creditbank.institution;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionId;
import creditbank.ledger.CommandScope;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import java.util.List;

/**
 * The roll, kept from the ledger. What a decision has seen here becomes a
 * condition of its commit, so a suspension that came in between is never overlooked; the stream of
 * the institution itself is not locked.
 */
public final class Standings implements InstitutionRoll {

    private static final int AT_ONCE = 1_000;
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
        Institution state = Institution.NONE;
        long next = 0;
        while (true) {
            List<Entry> entries = ledger.readStream(stream, next, AT_ONCE);
            for (Entry entry : entries) {
                state = Institution.evolve(
                        state, (InstitutionEvent) EntryFormat.read(entry).event());
            }
            next += entries.size();
            if (entries.size() < AT_ONCE) {
                return new Seen(state, next - 1);
            }
        }
    }
}
