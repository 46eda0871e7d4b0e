package creditbank.rulebook;

import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * The least that there must be.
 *
 * @param name    within the clause
 * @param among   what is looked over
 * @param measure what is summed
 * @param of      over what of it
 * @param within  happened within so long before the day; absent for whenever
 * @param least   how much there must be
 */
record Requirement(String name, Among among, Measure measure, Selection of,
        @Nullable Period within, Least least) {

    enum Among {
        /** What was recognised before in this career, and what is granted now. */
        RECOGNISED,
        /** The evidence that was brought, whether it counts for anything or not. */
        PRESENTED,
        /** The courses of the programme. */
        PLAN
    }

    sealed interface Measure {
        record CreditsSum() implements Measure {
        }

        record Pieces() implements Measure {
        }

        record Targets() implements Measure {
        }

        /** The sum of a number attribute of the evidence, or of the courses of a plan. */
        record Sum(String attribute) implements Measure {
        }
    }

    sealed interface Least {
        /** @param hundredths an amount, or a count times 100 */
        record Amount(long hundredths) implements Least {
        }

        /** @param whole the same measure over these */
        record Share(Fraction share, Selection whole) implements Least {
        }
    }
}
