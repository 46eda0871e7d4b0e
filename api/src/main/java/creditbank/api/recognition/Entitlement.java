package creditbank.api.recognition;

import org.jspecify.annotations.Nullable;

/**
 * A door that stands open: admission without test, entry to an exam, a certificate that may be
 * awarded.
 *
 * @param clause   which clause opens it
 * @param to       the rulebook's name for it
 * @param evidence the piece that opens it; absent where requirements alone do
 */
public record Entitlement(ClauseId clause, String to, @Nullable EvidenceId evidence) {

    public Entitlement {
        Names.checked(to);
    }
}
