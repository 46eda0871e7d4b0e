package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.institution.InstitutionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an import stands.
 *
 * @param fileName    as the user called it
 * @param profile     name of the profile it is read by
 * @param as          the institution that imports, or {@code null} for a registrar
 * @param endedAt     when it ended, if it has
 * @param outcome     what became of the rows; also of an import that stopped half-way
 * @param refusal     why the file could not be used at all; then nothing was recorded
 * @param hasRejected whether there is a file of rejected rows to fetch
 */
public record ImportStatus(
        String id,
        String fileName,
        String profile,
        @Nullable InstitutionId as,
        boolean dryRun,
        State state,
        Progress progress,
        Instant submittedAt,
        @Nullable Instant endedAt,
        @Nullable Outcome outcome,
        @Nullable Refusal refusal,
        boolean hasRejected) {

    public enum State {
        WAITING,
        RUNNING,
        /** Every row was reached. */
        DONE,
        /** A file of the bank failed; what went in stays, and the rest can go on. */
        STOPPED,
        /** The file or the profile cannot be used. */
        REFUSED,
        /** A fault of the program; its log says more. */
        FAILED
    }
}
