package creditbank.rulebook;

import java.time.MonthDay;
import java.util.List;

/**
 * A sum over lines that may not pass a bound.
 *
 * @param name     within the clause
 * @param measure  what is summed
 * @param of       over which lines, beside those its clause selects
 * @param per      one sum for each combination of these; empty for one sum in all
 * @param bound    the most there may be
 * @param careers  whether what was recognised in other careers is counted too
 */
record Limit(String name, Measure measure, Selection of, List<Key> per, Bound bound,
        boolean careers) {

    enum Measure {
        CREDITS,
        /** Different pieces of evidence. */
        PIECES,
        /** Different targets. */
        TARGETS
    }

    /** What sums are kept apart by. */
    sealed interface Key {
        record Piece() implements Key {
        }

        record OfTarget() implements Key {
        }

        record By(Attribute attribute) implements Key {
        }

        /** @param starts the days on which its parts of a year begin; one for a year */
        record PartOfYear(List<MonthDay> starts) implements Key {
        }
    }

    sealed interface Bound {
        /** @param amount in hundredths, or a count times 100 */
        record Of(Quantity amount) implements Bound {
        }

        /** @param whole of what: the programme's, or the group's credits */
        record Share(Fraction share, Whole whole) implements Bound {
        }
    }

    /** What a share is a share of. */
    sealed interface Whole {
        record OfProgramme() implements Whole {
        }

        record OfGroup(String group) implements Whole {
        }

        /** The group of each line's own target. */
        record OfTargetGroup() implements Whole {
        }
    }
}
