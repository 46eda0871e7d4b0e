package creditbank.rulebook;

import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RequirementLine;
import creditbank.api.recognition.Value;
import creditbank.api.value.Credits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures what a rulebook requires over what counts, what was brought, or what is planned. */
final class Requirements {

    /** Something that is counted. */
    record Held(@Nullable Evidence evidence, @Nullable Target target, long hundredths) {
    }

    private final Rulebook rulebook;
    private final Case in;
    private final List<Held> recognised;

    /** @param granted what is granted now */
    Requirements(Rulebook rulebook, Case in, List<Held> granted) {
        this.rulebook = rulebook;
        this.in = in;
        this.recognised = new ArrayList<>();
        in.earlier().stream()
                .filter(use -> use.isInThisCareer() && use.purpose() != Use.Purpose.ACCESS)
                .forEach(use -> recognised.add(
                        new Held(use.evidence(), use.target(), use.hundredths())));
        recognised.addAll(granted);
    }

    RequirementLine line(Clause clause, Requirement requirement) {
        List<Held> over = over(requirement).stream()
                .filter(held -> selected(requirement.of(), held)).toList();
        long found = measured(requirement.measure(), over);
        boolean counts = requirement.measure() instanceof Requirement.Measure.Pieces
                || requirement.measure() instanceof Requirement.Measure.Targets;
        return switch (requirement.least()) {
            case Requirement.Least.Amount(long least) -> new RequirementLine(clause.id(),
                    requirement.name(), found >= least, written(found, counts),
                    written(least, counts));
            case Requirement.Least.Share(Fraction share, Selection whole) -> {
                long all = measured(requirement.measure(), over(requirement).stream()
                        .filter(held -> selected(whole, held)).toList());
                boolean met = all > 0 && BigInteger.valueOf(found)
                        .multiply(BigInteger.valueOf(share.denominator()))
                        .compareTo(BigInteger.valueOf(all)
                                .multiply(BigInteger.valueOf(share.numerator()))) >= 0;
                yield new RequirementLine(clause.id(), requirement.name(), met,
                        all == 0 ? "0" : new Fraction(found, all).toString(), share.toString());
            }
        };
    }

    /** The pieces that are counted, in the order in which they are. */
    List<EvidenceId> evidence(Requirement requirement) {
        return over(requirement).stream().filter(held -> selected(requirement.of(), held))
                .flatMap(held -> Stream.ofNullable(held.evidence())).map(Evidence::id).distinct()
                .toList();
    }

    private static String written(long hundredths, boolean count) {
        return count ? Long.toString(hundredths / 100) : Credits.amount(hundredths);
    }

    private boolean selected(Selection selection, Held held) {
        return selection.holds(new Scene(in, held.evidence(), held.target()), rulebook.scales());
    }

    private List<Held> over(Requirement requirement) {
        List<Held> all = switch (requirement.among()) {
            case RECOGNISED -> recognised;
            case PRESENTED -> in.evidence().stream()
                    .map(piece -> new Held(piece, null, converted(piece))).toList();
            case PLAN -> in.programme().targets().stream().filter(Target::isCourse)
                    .map(course -> new Held(null, course,
                            course.credits() == null ? 0 : course.credits())).toList();
        };
        return requirement.within() == null ? all : all.stream().filter(recent(requirement))
                .toList();
    }

    /** From the day after the one that lies so long back, to the day itself. */
    private Predicate<Held> recent(Requirement requirement) {
        var since = requirement.within() == null ? in.on() : in.on().minus(requirement.within());
        return held -> held.evidence() != null && held.evidence().happenedOn().isAfter(since)
                && !held.evidence().happenedOn().isAfter(in.on());
    }

    private long converted(Evidence piece) {
        return new Appraisal(rulebook, in).amount(new Quantity.Own(), new Scene(in, piece, null))
                instanceof Appraisal.Found.Amount(long hundredths) ? hundredths : 0;
    }

    private static long measured(Requirement.Measure measure, List<Held> over) {
        Set<Object> different = new HashSet<>();
        long sum = 0;
        for (Held held : over) {
            switch (measure) {
                case Requirement.Measure.CreditsSum credits -> sum += held.hundredths();
                case Requirement.Measure.Pieces pieces ->
                        different.add(held.evidence() == null ? held : held.evidence().id());
                case Requirement.Measure.Targets targets ->
                        different.add(held.target() == null ? held : held.target().id());
                case Requirement.Measure.Sum(String name) -> {
                    Value value = held.evidence() != null ? held.evidence().get(name)
                            : held.target() != null ? held.target().get(name) : null;
                    sum += value instanceof Value.Number(long hundredths) ? hundredths : 0;
                }
            }
        }
        return sum + 100L * different.size();
    }
}
