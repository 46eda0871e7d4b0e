package creditbank.rulebook;

import creditbank.api.recognition.Comparison;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.Scope;
import creditbank.api.recognition.Shortfall;
import creditbank.api.recognition.Value;
import creditbank.api.value.Credits;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges one piece of evidence before one target: which clause awards it what, if any does. */
final class Appraisal {

    private final Rulebook rulebook;
    private final Case in;

    Appraisal(Rulebook rulebook, Case in) {
        this.rulebook = rulebook;
        this.in = in;
    }

    /** The same as {@link #of}, without finding out why not, which costs most of it. */
    Optional<Candidate.Eligible> eligible(Evidence evidence, Target target) {
        for (Clause clause : rulebook.clauses()) {
            if (clause.excludes() != null && clause.selects()
                    .holds(new Scene(in, evidence, target), rulebook.scales())) {
                return Optional.empty();
            }
        }
        return awarded(evidence, target) instanceof Candidate.Eligible yes
                ? Optional.of(yes) : Optional.empty();
    }

    Candidate of(Evidence evidence, Target target) {
        for (Clause clause : rulebook.clauses()) {
            if (clause.excludes() == null) {
                continue;
            }
            Scene scene = new Scene(in, evidence, target);
            if (clause.selects().holds(scene, rulebook.scales())) {
                return new Candidate.Ineligible(evidence, target, clause.id(), clause.excludes(),
                        scene.facts(), new Condition.Not(clause.selects().condition())
                                .missing(scene, rulebook.scales(), clause.id()));
            }
        }
        Candidate awarded = awarded(evidence, target);
        return awarded != null ? awarded : nearest(evidence, target);
    }

    /** What the first clause says that awards it; null where none does. */
    private @Nullable Candidate awarded(Evidence evidence, Target target) {
        for (Clause clause : rulebook.clauses()) {
            if (awardsHere(clause)) {
                Scene scene = new Scene(in, evidence, target);
                if (clause.selects().holds(scene, rulebook.scales())) {
                    return usedBefore(clause, scene, evidence, target);
                }
            }
        }
        return null;
    }

    private static boolean awardsHere(Clause clause) {
        return clause.award() != null && !(clause.award() instanceof Award.Opens);
    }

    /** No clause awards it: the one that asks for least is named. */
    private Candidate nearest(Evidence evidence, Target target) {
        Candidate.@Nullable Ineligible nearest = null;
        for (Clause clause : rulebook.clauses()) {
            if (!awardsHere(clause)) {
                continue;
            }
            Scene scene = new Scene(in, evidence, target);
            List<Shortfall> missing = clause.selects().condition()
                    .missing(scene, rulebook.scales(), clause.id());
            if (nearest == null || distance(missing) < distance(nearest.missing())) {
                nearest = new Candidate.Ineligible(evidence, target, clause.id(),
                        RefusalCode.NOT_AWARDED, scene.facts(), missing);
            }
        }
        return nearest != null ? nearest : new Candidate.Ineligible(evidence, target, null,
                RefusalCode.NOT_AWARDED, List.of(), List.of());
    }

    /** The target is what is asked for: it is the evidence that would have to be another. */
    private static int distance(List<Shortfall> missing) {
        return missing.stream().mapToInt(each -> each.of() == Scope.TARGET ? 100 : 1).sum();
    }

    // ------------------------------------------------------------------ earlier uses

    private Candidate usedBefore(Clause clause, Scene scene, Evidence evidence, Target target) {
        long used = 0;
        Use inTheWay = null;
        for (Use use : in.earlier()) {
            if (use.evidence().id().equals(evidence.id())) {
                inTheWay = inTheWay == null && standsInTheWay(use, clause) ? use : inTheWay;
                used += use.purpose() == Use.Purpose.CREDIT && use.isInThisCareer()
                        ? use.hundredths() : 0;
            }
        }
        if (isFilled(clause, target)) {
            return usedUp(clause, scene, RefusalCode.TARGET_FILLED, null);
        }
        if (inTheWay != null) {
            return usedUp(clause, scene, RefusalCode.EVIDENCE_USED, inTheWay);
        }
        return switch (clause.award()) {
            case Award.Worth worth -> worth(clause, scene, evidence, target, worth, used);
            case Award.Exemption(Award.Grade grade) -> {
                Found text = grade(grade, scene);
                yield text instanceof Found.Not(RefusalCode code, List<Shortfall> missing)
                        ? refused(clause, scene, code, named(clause, missing))
                        : new Candidate.Eligible(evidence, target, clause, 0, true, true,
                                ((Found.Text) text).text(), scene.facts());
            }
            case null, default -> throw new IllegalStateException(clause.id() + " awards nothing");
        };
    }

    /** A course that was filled in part leaves the rest to what may fill a part. */
    private boolean isFilled(Clause clause, Target target) {
        if (!target.isCourse()) {
            return false;
        }
        boolean part = clause.award() instanceof Award.Worth worth && !worth.whole()
                && target.credits() != null;
        boolean any = false;
        long filled = 0;
        for (Use use : in.earlier()) {
            if (isTowards(use, target)) {
                any = true;
                part &= use.purpose() != Use.Purpose.EXEMPTION;
                filled += use.hundredths();
            }
        }
        return any && !(part && filled < Objects.requireNonNull(target.credits()));
    }

    private static boolean isTowards(Use use, Target target) {
        return use.isInThisCareer() && use.target().id().equals(target.id())
                && use.purpose() != Use.Purpose.ACCESS;
    }

    /** Nothing is wrong where it is this very piece that counts there. */
    private Candidate usedUp(Clause clause, Scene scene, RefusalCode code, @Nullable Use by) {
        Target target = Objects.requireNonNull(scene.target());
        EvidenceId piece = Objects.requireNonNull(scene.evidence()).id();
        Use same = in.earlier().stream().filter(use -> use.evidence().id().equals(piece)
                && isTowards(use, target)).findFirst().orElse(null);
        if (same != null) {
            scene.usedBy(same);
            return refused(clause, scene, RefusalCode.ALREADY_COUNTS, List.of());
        }
        if (by != null) {
            scene.usedBy(by);
        }
        return refused(clause, scene, code, List.of());
    }

    private static boolean standsInTheWay(Use use, Clause clause) {
        return switch (use.purpose()) {
            case REDEEMED -> true;
            case ACCESS -> !clause.ignores().contains(Clause.Earlier.ACCESS);
            case CREDIT, EXEMPTION -> !clause.ignores().contains(use.isInThisCareer()
                    ? Clause.Earlier.LEFTOVER : Clause.Earlier.OTHER_CAREER);
        };
    }

    // ------------------------------------------------------------------ worth

    /** What came of computing something. */
    sealed interface Found {
        record Amount(long hundredths) implements Found {
        }

        record Text(@Nullable String text) implements Found {
        }

        /** The clause of the shortfalls is filled in by {@link #named}. */
        record Not(RefusalCode code, List<Shortfall> missing) implements Found {
        }
    }

    private Candidate worth(Clause clause, Scene scene, Evidence evidence, Target target,
            Award.Worth award, long used) {
        Found found = amount(award, scene);
        Found grade = grade(award.grade(), scene);
        for (Found each : List.of(found, grade)) {
            if (each instanceof Found.Not(RefusalCode code, List<Shortfall> missing)) {
                return refused(clause, scene, code, named(clause, missing));
            }
        }
        long worth = ((Found.Amount) found).hundredths();
        if (worth == 0) {
            return refused(clause, scene, RefusalCode.WORTH_NOTHING, List.of());
        }
        long left = worth - used;
        if (left <= 0) {
            return usedUp(clause, scene, RefusalCode.EVIDENCE_USED, in.earlier().stream()
                    .filter(use -> use.evidence().id().equals(evidence.id()))
                    .filter(use -> use.isInThisCareer() && use.hundredths() > 0)
                    .findFirst().orElse(null));
        }
        if (target.credits() != null && target.credits() == 0) {
            return refused(clause, scene, RefusalCode.TARGET_FULL, List.of());
        }
        if (award.whole() && target.isCourse() && target.credits() != null
                && target.credits() > left) {
            return refused(clause, scene, RefusalCode.WORTH_TOO_SMALL, List.of(new Shortfall(
                    clause.id(), Scope.SUM, "worth", Comparison.AT_LEAST,
                    Credits.amount(target.credits()), Credits.amount(left))));
        }
        return new Candidate.Eligible(evidence, target, clause, left, award.whole(), false,
                ((Found.Text) grade).text(), scene.facts());
    }

    private Found amount(Award.Worth award, Scene scene) {
        Found base = amount(award.base(), scene);
        if (!(base instanceof Found.Amount(long hundredths))) {
            return base;
        }
        Fraction times = Fraction.ONE;
        switch (award.times()) {
            case Award.Times.By(Fraction fraction) -> times = fraction;
            case Award.Times.Looked(Table table) -> {
                Found found = lookedUp(table, scene);
                if (!(found instanceof Found.Text(String text)) || text == null) {
                    return found;
                }
                times = Fraction.parse(text).orElseThrow();
            }
            case null -> { }
        }
        long worth = award.rounding().apply(Math.multiplyExact(hundredths, times.numerator()),
                times.denominator(), award.step());
        if (award.less() != null) {
            Found less = amount(award.less(), scene);
            if (!(less instanceof Found.Amount(long off))) {
                return less;
            }
            worth = Math.max(0, worth - off);
        }
        if (award.atMost() != null) {
            Found most = amount(award.atMost(), scene);
            if (!(most instanceof Found.Amount(long cap))) {
                return most;
            }
            worth = Math.min(worth, cap);
        }
        return new Found.Amount(worth);
    }

    Found amount(Quantity quantity, Scene scene) {
        return switch (quantity) {
            case Quantity.Fixed(long hundredths) -> new Found.Amount(hundredths);
            case Quantity.Own own -> own(scene);
            case Quantity.OfTarget of -> number(
                    new Attribute(Scope.TARGET, "credits"), scene);
            case Quantity.OfAttribute(Attribute attribute) -> number(attribute, scene);
            case Quantity.Looked(Table table) -> {
                Found found = lookedUp(table, scene);
                yield found instanceof Found.Text(String text) && text != null
                        ? new Found.Amount(Table.hundredths(text)) : found;
            }
        };
    }

    private static Found number(Attribute attribute, Scene scene) {
        return scene.get(attribute) instanceof Value.Number(long hundredths) && hundredths >= 0
                ? new Found.Amount(hundredths)
                : new Found.Not(RefusalCode.ATTRIBUTE_MISSING, List.of(missing(
                        attribute, Comparison.EXISTS, "", null)));
    }

    private Found own(Scene scene) {
        Found amount = number(new Attribute(Scope.EVIDENCE, "credits"), scene);
        Evidence evidence = scene.evidence();
        if (!(amount instanceof Found.Amount(long hundredths)) || evidence == null
                || evidence.credits() == null) {
            return amount;
        }
        Attribute unit = new Attribute(Scope.EVIDENCE, "unit");
        scene.get(unit);
        if (evidence.credits().unit() == rulebook.unit()) {
            return amount;
        }
        Rulebook.Conversion conversion = rulebook.conversions().get(evidence.credits().unit());
        return conversion != null ? new Found.Amount(conversion.convert(hundredths))
                : new Found.Not(RefusalCode.UNIT_NOT_CONVERTED, List.of(missing(unit,
                        Comparison.IS, rulebook.unit().name(),
                        evidence.credits().unit().name())));
    }

    private static Found lookedUp(Table table, Scene scene) {
        return switch (table.lookUp(scene)) {
            case Table.Found.Entry(String text) -> new Found.Text(text);
            case Table.Found.Missing(Table.Axis axis) -> {
                Value value = scene.get(axis.attribute());
                yield new Found.Not(RefusalCode.NOT_IN_TABLE, List.of(missing(axis.attribute(),
                        axis.span() instanceof Table.Listed ? Comparison.IN : Comparison.BETWEEN,
                        axis.span().written(), value == null ? null : value.written())));
            }
        };
    }

    private static Found grade(Award.@Nullable Grade grade, Scene scene) {
        return switch (grade) {
            case Award.Grade.Fixed(String text) -> new Found.Text(text);
            case Award.Grade.Looked(Table table) -> lookedUp(table, scene);
            case null -> new Found.Text(null);
        };
    }

    private static Shortfall missing(Attribute attribute, Comparison test, String needed,
            @Nullable String found) {
        return new Shortfall(null, attribute.of(), attribute.name(), test, needed, found);
    }

    private static List<Shortfall> named(Clause clause, List<Shortfall> missing) {
        return missing.stream().map(each -> new Shortfall(clause.id(), each.of(), each.name(),
                each.test(), each.needed(), each.found())).toList();
    }

    private static Candidate refused(Clause clause, Scene scene, RefusalCode code,
            List<Shortfall> missing) {
        Evidence evidence = scene.evidence();
        Target target = scene.target();
        if (evidence == null || target == null) {
            throw new IllegalStateException("a line has evidence and a target");
        }
        return new Candidate.Ineligible(evidence, target, clause.id(), code, scene.facts(),
                missing);
    }
}
