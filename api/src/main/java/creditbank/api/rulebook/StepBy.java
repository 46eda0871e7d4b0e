package creditbank.api.rulebook;

/** Whose turn a step of an application is. */
public enum StepBy {
    /** The school of the studies. */
    SCHOOL,
    /** Who stated the evidence. */
    ISSUER,
    /** The bank itself. */
    BANK
}
