package creditbank.api.account;

import java.time.LocalDate;
import java.util.List;

/** An event by which credits of an account pass from one state to another. */
public interface Posts {

    /** Which ones; none where what it is about has no credits. */
    List<Posting> postings();

    /** The business day from which on they have passed. */
    LocalDate on();
}
