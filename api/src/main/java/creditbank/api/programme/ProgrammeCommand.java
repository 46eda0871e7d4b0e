package creditbank.api.programme;

import creditbank.api.Command;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Reason;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What an institution, or a registrar for it, can ask of a programme's stream. */
public sealed interface ProgrammeCommand extends Command {

    ProgrammeId programme();

    @Override
    default String stream() {
        return programme().stream();
    }

    /** Makes version 1. */
    record DefineProgramme(ProgrammeId programme, Plan plan) implements ProgrammeCommand {
    }

    /**
     * Makes the next version. Whoever enrolled before stays on theirs.
     *
     * @param replaces the newest version as the reviser knows it, so that of two who revise at the
     *                 same time one is told
     */
    record ReviseProgramme(ProgrammeVersion replaces, Plan plan, Reason reason)
            implements ProgrammeCommand {

        @Override
        public ProgrammeId programme() {
            return replaces.id();
        }
    }

    /**
     * Nobody new enrols any more, and nothing is revised.
     *
     * @param institution who closes it: only the one that awards may
     * @param until       the last day on which somebody may enrol; absent means today
     */
    record CloseProgramme(ProgrammeId programme, InstitutionId institution,
            @Nullable LocalDate until, Reason reason) implements ProgrammeCommand {
    }
}
