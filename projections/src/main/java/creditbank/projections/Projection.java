package creditbank.projections;

import creditbank.api.Recorded;
import java.util.List;

/**
 * A fold from events to the documents of its views. Given the same entries in the same order it
 * leaves the same documents, on any machine and in any keeper.
 */
public interface Projection {

    /** Stored name, lower case with underscores. */
    String name();

    /** Raised whenever the fold or a shape changes; a keeper that holds another is rebuilt. */
    int version();

    List<View<?>> views();

    void fold(Recorded entry, Documents documents);

    /**
     * Whether people wait for what they have just written to be seen in it. One that is not prompt
     * follows when the prompt ones have caught up, so that its cost never holds them up.
     */
    default boolean isPrompt() {
        return true;
    }

    /** Every projection of the bank. */
    static List<Projection> all() {
        return List.of(new Institutions(), new Rulebooks(), new Programmes(), new Agreements(),
                new Accounts(), new Achievements(), new Enrolments(), new Applications(),
                new Transfers(), new Indicators(), new Trail());
    }
}
