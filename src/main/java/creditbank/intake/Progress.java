package creditbank.intake;

/**
 * How far an import has come.
 *
 * @param step          what is being done
 * @param bytes         how much of the file this step has read
 * @param totalBytes    size of the file
 * @param rows          how many rows were read
 * @param recorded      rows that went in, or would in a dry run
 * @param alreadyThere  rows that stood before with the same content
 * @param passedOver    rows that the profile leaves out
 * @param rejected      rows with a problem
 * @param accountsOpened learners who got an account, or would in a dry run
 * @param institutionRegistered whether the profile's institution was registered, or would be
 * @param atLeast       percentage that an earlier run of the same import had come to
 */
public record Progress(Step step, long bytes, long totalBytes, long rows, long recorded,
        long alreadyThere, long passedOver, long rejected, long accountsOpened,
        boolean institutionRegistered, int atLeast) {

    public enum Step {
        /** For its turn, or after a stop to go on. */
        WAITING,
        /** The file is looked through as a whole; nothing is recorded before this went well. */
        SURVEYING,
        RECORDING,
        ENDED
    }

    /** Looking through a file is quick beside recording it. */
    private static final int SURVEY_PERCENT = 5;

    static Progress waiting() {
        return new Progress(Step.WAITING, 0, 0, 0, 0, 0, 0, 0, 0, false, 0);
    }

    static Progress ended(Outcome outcome) {
        return new Progress(outcome.finished() ? Step.ENDED : Step.WAITING,
                outcome.reading().bytes(), outcome.reading().bytes(),
                outcome.rows(), outcome.recorded(), outcome.alreadyThere(),
                outcome.passedOverInAll(), outcome.rejectedInAll(), outcome.accountsOpened(),
                outcome.institutionRegistered(), 0);
    }

    /** What was told of before is not taken back, though each row is looked at again. */
    Progress notBelow(int percent) {
        return new Progress(step, bytes, totalBytes, rows, recorded, alreadyThere, passedOver,
                rejected, accountsOpened, institutionRegistered, percent);
    }

    /** Of the whole work, 0 to 100; 100 only at the end. */
    public int percent() {
        double part = totalBytes == 0 ? 0 : (double) bytes / totalBytes;
        int now = switch (step) {
            case WAITING -> 0;
            case SURVEYING -> (int) (part * SURVEY_PERCENT);
            case RECORDING ->
                    Math.min(99, (int) (SURVEY_PERCENT + part * (100 - SURVEY_PERCENT)));
            case ENDED -> 100;
        };
        return Math.max(now, atLeast);
    }
}
