package creditbank.api.recognition;

/** How a value is held against what a clause asks for. */
public enum Comparison {
    IS,
    IS_NOT,
    IN,
    NOT_IN,
    AT_LEAST,
    AT_MOST,
    /** Earlier; of numbers, less. */
    BEFORE,
    /** Later; of numbers, more. */
    AFTER,
    /** Both ends belong to it; written {@code "2..5"}. */
    BETWEEN,
    /** Within the days of any year; written {@code "03-01..03-15"}. */
    EACH_YEAR_BETWEEN,
    EXISTS,
    ABSENT
}
