package creditbank.api.access;

/** In what personal data stand that somebody was shown. Names are stored and stay. */
public enum PersonalRecord {
    /** Whose account it is: name, number of a document, birthday. */
    IDENTITY,
    /** An achievement: its key at the issuer, and the number of a diploma or certificate. */
    ACHIEVEMENT,
    /** What moved in the account, with reasons. */
    STATEMENT,
    /** An application for recognition, with the reasons of those who had it on their desk. */
    APPLICATION,
    /** A transfer to another school, with reasons. */
    TRANSFER,
    /** Entries of the ledger, with reasons. */
    TRAIL
}
