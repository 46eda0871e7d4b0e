package creditbank.institution;

import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionId;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.SeenStreams;

/**
 * The roll, kept from the ledger. A decision that looks here depends on the institution's stream,
 * so a suspension that came in between is never overlooked.
 */
public final class Standings implements InstitutionRoll {

    private final SeenStreams<Institution> streams;

    public Standings(LedgerReader ledger) {
        this.streams = new SeenStreams<>(ledger, Institution.NONE,
                (state, event) -> Institution.evolve(state, (InstitutionEvent) event));
    }

    @Override
    public Institution apply(InstitutionId id) {
        return streams.get(id.stream());
    }

    /** Forgets what may have changed. */
    public void forget(String stream) {
        streams.forget(stream);
    }
}
