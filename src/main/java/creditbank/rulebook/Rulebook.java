package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.value.CreditUnit;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A versioned set of rules of one jurisdiction (规则集), read by {@link RulebookReader}.
 *
 * @param version      its id and version
 * @param jurisdiction whose rules they are
 * @param title        for people
 * @param source       where they are published
 * @param from         the first day in force
 * @param until        the last day in force; absent where there is none yet
 * @param unit         the unit all its amounts are in
 * @param conversions  how other units become this one
 * @param scales       the orders of words
 * @param groups       the groups it speaks of; empty where it names none
 * @param clauses      in stated order
 */
public record Rulebook(RulebookVersion version, Jurisdiction jurisdiction, Clause.Words title,
        Source source, LocalDate from, @Nullable LocalDate until, CreditUnit unit,
        Map<CreditUnit, Conversion> conversions, Scales scales, List<String> groups,
        List<Clause> clauses) {

    public Rulebook {
        conversions = Map.copyOf(conversions);
        groups = List.copyOf(groups);
        clauses = List.copyOf(clauses);
    }

    /** @param kind region of GB/T 2260, country of ISO 3166, or institution */
    public record Jurisdiction(Kind kind, String code) {
        public enum Kind { REGION, COUNTRY, INSTITUTION }
    }

    /** @param mark P for a primary text, S for a secondary or reposted one */
    public record Source(String title, String mark) {
    }

    /** @param step in hundredths of this rulebook's unit */
    record Conversion(Fraction times, Rounding rounding, long step) {
        long convert(long hundredths) {
            return rounding.apply(Math.multiplyExact(hundredths, times.numerator()),
                    times.denominator(), step);
        }
    }

    public boolean isInForce(LocalDate day) {
        return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }

    /** Whether two versions of the same rulebook are in force on the same day. */
    public boolean overlaps(Rulebook other) {
        return version.id().equals(other.version.id())
                && (until == null || !other.from.isAfter(until))
                && (other.until == null || !from.isAfter(other.until));
    }

    /** What a clause says, for people; empty where there is no such clause. */
    public Optional<Clause.Words> summary(ClauseId clause) {
        return clauses.stream().filter(c -> c.id().equals(clause)).findFirst()
                .map(Clause::summary);
    }
}
