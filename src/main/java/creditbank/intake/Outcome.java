package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.value.CreditUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file; in a dry run, what would become of it now.
 *
 * @param dryRun                nothing was recorded
 * @param reading               how the file was read
 * @param institutionRegistered whether the profile's institution was new and was registered
 * @param rows                  how many rows were read
 * @param recorded              rows that went in
 * @param alreadyThere          rows that stood before with the same content
 * @param passedOver            rows that the profile leaves out, by reason
 * @param rejected              rows with a problem, by its code
 * @param accountsOpened        learners who got an account
 * @param credits               of the rows that went in, in hundredths
 * @param creditsAlreadyThere   of the rows that stood before, in hundredths
 * @param problems              of the first rejected rows of the file, at most {@link #MOST_SHOWN}
 * @param finished              whether every row was reached; if not, the same file sent again
 *                              goes on where this ended
 * @param stoppedBy             what kept it from finishing, unless it was asked to stop
 */
public record Outcome(
        boolean dryRun,
        FileReading reading,
        boolean institutionRegistered,
        long rows,
        long recorded,
        long alreadyThere,
        Map<String, Long> passedOver,
        Map<String, Long> rejected,
        long accountsOpened,
        Map<CreditUnit, Long> credits,
        Map<CreditUnit, Long> creditsAlreadyThere,
        List<RowProblem> problems,
        boolean finished,
        @Nullable Refusal stoppedBy) {

    /** So many problems are listed; the file of rejected rows has them all. */
    public static final int MOST_SHOWN = 1_000;

    public Outcome {
        passedOver = Map.copyOf(passedOver);
        rejected = Map.copyOf(rejected);
        credits = Map.copyOf(credits);
        creditsAlreadyThere = Map.copyOf(creditsAlreadyThere);
        problems = List.copyOf(problems);
    }

    /** The profile's institution is new still where an earlier run of the import registered it. */
    Outcome withInstitutionRegistered() {
        return new Outcome(dryRun, reading, true, rows, recorded, alreadyThere, passedOver,
                rejected, accountsOpened, credits, creditsAlreadyThere, problems, finished,
                stoppedBy);
    }

    public long passedOverInAll() {
        return passedOver.values().stream().mapToLong(Long::longValue).sum();
    }

    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
