package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.api.rulebook.RulebookHead;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Title;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A versioned set of rules of one jurisdiction (规则集), read by {@link RulebookReader}.
 *
 * @param version      its id and version
 * @param jurisdiction whose rules they are
 * @param title        for people
 * @param source       where they are published
 * @param inForce      the days it names; it may have been ended sooner
 * @param unit         the unit all its amounts are in
 * @param conversions  how other units become this one
 * @param scales       the orders of words
 * @param groups       the groups it speaks of; empty where it names none
 * @param procedure    who has to be asked
 * @param clauses      in stated order
 */
public record Rulebook(RulebookVersion version, Jurisdiction jurisdiction, Clause.Words title,
        RulebookHead.Source source, DaysInForce inForce, CreditUnit unit,
        Map<CreditUnit, Conversion> conversions, Scales scales, List<String> groups,
        Procedure procedure, List<Clause> clauses) {

    public Rulebook {
        conversions = Map.copyOf(conversions);
        groups = List.copyOf(groups);
        clauses = List.copyOf(clauses);
    }

    /** @param step in hundredths of this rulebook's unit */
    record Conversion(Fraction times, Rounding rounding, long step) {
        long convert(long hundredths) {
            return rounding.apply(Math.multiplyExact(hundredths, times.numerator()),
                    times.denominator(), step);
        }
    }

    /** What stands above the clauses. */
    public RulebookHead head() {
        return new RulebookHead(jurisdiction,
                new Title(title.zh(), title.en()), source, inForce);
    }

    public boolean isInForce(LocalDate day) {
        return inForce.includes(day);
    }

    /** The same rules as if they had always been in force, to try them on what has happened. */
    public Rulebook tried() {
        return new Rulebook(version, jurisdiction, title, source,
                new DaysInForce(LocalDate.MIN, null), unit, conversions, scales, groups, procedure,
                clauses);
    }

    /** What a clause says, for people; empty where there is no such clause. */
    public Optional<Title> summary(ClauseId clause) {
        return clauses.stream().filter(c -> c.id().equals(clause)).findFirst()
                .map(Clause::summary).map(words -> new Title(words.zh(), words.en()));
    }

    /** The doors that it opens at all, in the order of its clauses. */
    public List<String> doors() {
        return clauses.stream().flatMap(c -> c.award() instanceof Award.Opens(String to)
                ? Stream.of(to) : Stream.empty()).distinct().toList();
    }

    /** The door that a clause opens; empty where it opens none, or there is no such clause. */
    public Optional<String> entitlement(ClauseId clause) {
        return clauses.stream().filter(c -> c.id().equals(clause)).findFirst()
                .flatMap(c -> c.award() instanceof Award.Opens(String to)
                        ? Optional.of(to) : Optional.empty());
    }
}
