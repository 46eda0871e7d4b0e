package creditbank.api.rulebook;

/** How near a source is to the rule itself. */
public enum SourceMark {
    /** The primary text. */
    P,
    /** A secondary or reposted copy. */
    S
}
