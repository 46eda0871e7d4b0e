package creditbank.agreement;

import creditbank.agreement.Agreement.Wish;
import creditbank.api.Refusal;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.RulebookId;
import creditbank.institution.Institution;
import creditbank.institution.InstitutionRoll;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.SeenStreams;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agreements, kept from the ledger for decisions of other streams. A decision that asks here
 * depends on the streams of the agreement and of both institutions, so an end that came in between
 * is never overlooked.
 */
public final class Agreements {

    private final SeenStreams<Agreement> streams;
    private final InstitutionRoll institutions;

    public Agreements(LedgerReader ledger, InstitutionRoll institutions) {
        this.streams = new SeenStreams<>(ledger, Agreement.NONE,
                (state, event) -> Agreement.evolve(state, (AgreementEvent) event));
        this.institutions = institutions;
    }

    /**
     * Why an outcome of one institution may not count at another under a rulebook on a day, or null
     * where the agreement allows it. A region or a country stands for the institutions in it.
     *
     * @param awarding who would give credits for it
     * @throws creditbank.api.Refused if one of the institutions is not registered
     */
    public @Nullable Refusal objection(AgreementId agreement, InstitutionId issuer,
            InstitutionId awarding, RulebookId rulebook, LocalDate day) {
        return Agreement.objection(streams.get(agreement.stream()), agreement,
                new Wish(standingFor(issuer), standingFor(awarding), rulebook, day));
    }

    private List<Party> standingFor(InstitutionId id) {
        return Institution.standingFor(institutions.apply(id), id);
    }

    /** Forgets what may have changed. */
    public void forget(String stream) {
        streams.forget(stream);
    }
}
