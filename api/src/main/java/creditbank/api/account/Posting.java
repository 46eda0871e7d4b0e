package creditbank.api.account;

import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Credits of one achievement that pass from one state to another, so that books can be kept from
 * events alone. The amount is in the unit they were earned in.
 *
 * @param achievement whose credits
 * @param sector      the pool they lie in
 * @param from        another state than {@code to}
 */
public record Posting(AchievementId achievement, Sector sector, CreditState from, CreditState to,
        Credits credits) {

    public Posting {
        if (from == to) {
            throw new IllegalArgumentException("Nothing passes from " + from + " to itself");
        }
    }

    /** An absent list in the stored form is an empty one. */
    static List<Posting> present(@Nullable List<Posting> postings) {
        return postings == null ? List.of() : List.copyOf(postings);
    }

    /** The posting that undoes this one. */
    public Posting undone() {
        return new Posting(achievement, sector, to, from, credits);
    }
}
