package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.api.rulebook.Mistake.Kind;
import creditbank.api.rulebook.RulebookHead;
import creditbank.api.rulebook.SourceMark;
import creditbank.api.rulebook.StepBy;
import creditbank.api.rulebook.Mistake;
import creditbank.api.value.Country;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a rulebook from its text. All mistakes are found at once, each with its place; what
 * contradicts itself is a mistake too.
 */
public final class RulebookReader {

    /** What came of reading. */
    public sealed interface Reading {

        record Read(Rulebook rulebook) implements Reading {
        }

        /** @param mistakes at least one, in the order of the text; the first thousand */
        record Unreadable(List<Mistake> mistakes) implements Reading {
            public Unreadable {
                mistakes = List.copyOf(mistakes);
            }
        }
    }

    private static final int MOST_TOLD = 1_000;

    private final List<Mistake> mistakes = new ArrayList<>();

    private RulebookReader() {
    }

    public static Reading read(String yaml) {
        return new RulebookReader().reading(yaml);
    }

    private Reading reading(String yaml) {
        Tree tree = Tree.read(yaml, mistakes);
        Rulebook rulebook = tree == null ? null : rulebook(Node.root(tree, mistakes));
        if (rulebook == null || !mistakes.isEmpty()) {
            return new Reading.Unreadable(mistakes.stream().distinct()
                    .sorted(Comparator.comparingInt(Mistake::line)
                            .thenComparingInt(Mistake::column)).limit(MOST_TOLD).toList());
        }
        return new Reading.Read(rulebook);
    }

    private Rulebook rulebook(Node top) {
        top.mayHold("rulebook", "version", "jurisdiction", "title", "source", "in-force", "unit",
                "converts", "scales", "groups", "steps", "appeal", "clauses");
        if (!top.isFields()) {
            top.wrong(Kind.NOT_FIELDS, "", "");
        }
        Map<String, List<String>> scales = new LinkedHashMap<>();
        top.child("scales").forEach((name, words) -> scales.put(name, words.texts()));
        Scales orders = new Scales(scales);
        List<String> groups = top.child("groups").texts();
        Node inForce = top.needed("in-force").mayHold("from", "until");
        LocalDate from = inForce.needed("from").date(LocalDate.EPOCH);
        Node last = inForce.child("until");
        LocalDate until = last.isThere() ? last.date(LocalDate.MAX) : null;
        if (until != null && until.isBefore(from)) {
            last.wrong(Kind.UNTIL_BEFORE_FROM, until.toString(), from.toString());
        }
        ClauseReader reader = new ClauseReader(new ConditionReader(orders, groups));
        RulebookVersion version = new RulebookVersion(
                new RulebookId(top.needed("rulebook").name()), top.needed("version").count());
        return new Rulebook(version, jurisdiction(top.needed("jurisdiction")),
                ClauseReader.words(top.needed("title")), source(top.needed("source")),
                new DaysInForce(from, until), unit(top.needed("unit")),
                conversions(top.child("converts")), orders, groups, procedure(top),
                clauses(top.needed("clauses"), reader));
    }


    private static Jurisdiction jurisdiction(Node node) {
        node.mayHold("region", "country", "institution");
        String kind = node.oneOf("region", "country", "institution");
        Node code = node.child(kind);
        String written = kind + "/" + code.text();
        boolean country = kind.equals("country");
        if (Jurisdiction.isOne(written) && (!country || Country.isCode(code.text()))) {
            return new Jurisdiction(written);
        }
        String example = switch (kind) {
            case "region" -> "210600";
            case "country" -> "KR";
            default -> "dandong-tech";
        };
        if (code.isThere()) {
            code.wrong(country ? Kind.NOT_A_COUNTRY : Kind.NOT_A_CHOICE, code.text(), example);
        }
        return new Jurisdiction(kind + "/" + example);
    }

    private static RulebookHead.Source source(Node node) {
        node.mayHold("title", "mark");
        Node mark = node.needed("mark");
        if (mark.text().equals("U")) {
            mark.wrong(Kind.SOURCE_UNVERIFIED, "U", "P, S");
        } else if (mark.isThere() && !List.of("P", "S").contains(mark.text())) {
            mark.wrong(Kind.NOT_A_CHOICE, mark.text(), "P, S");
        }
        return new RulebookHead.Source(node.needed("title").text(),
                mark.text().equals("S") ? SourceMark.S : SourceMark.P);
    }

    private static CreditUnit unit(Node node) {
        for (CreditUnit unit : CreditUnit.values()) {
            if (unit.name().equals(node.text())) {
                return unit;
            }
        }
        if (node.isThere()) {
            node.wrong(Kind.NOT_A_CHOICE, node.text(), String.join(", ",
                    Arrays.stream(CreditUnit.values()).map(Enum::name).toList()));
        }
        return CreditUnit.CN;
    }

    private static Map<CreditUnit, Rulebook.Conversion> conversions(Node node) {
        Map<CreditUnit, Rulebook.Conversion> conversions = new EnumMap<>(CreditUnit.class);
        for (Node each : node.items()) {
            each.mayHold("from", "times", "rounding", "step");
            Node step = each.child("step");
            Rulebook.Conversion conversion = new Rulebook.Conversion(
                    each.needed("times").fraction(), each.needed("rounding")
                            .choice(Rounding.class, EnumSet.allOf(Rounding.class)),
                    step.isThere() ? Math.max(1, step.amount()) : 1);
            if (conversions.put(unit(each.needed("from")), conversion) != null) {
                each.child("from").wrong(Kind.ID_TWICE, each.child("from").text(), "");
            }
        }
        return conversions;
    }

    private static Procedure procedure(Node top) {
        List<Procedure.Step> steps = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Node each : top.child("steps").items()) {
            each.mayHold("id", "by", "summary", "within");
            Node id = each.needed("id");
            String name = id.name();
            if (id.isThere() && !ids.add(name)) {
                id.wrong(Kind.ID_TWICE, name, "");
            }
            steps.add(new Procedure.Step(name, each.needed("by").choice(StepBy.class,
                    EnumSet.allOf(StepBy.class)), ClauseReader.words(each.needed("summary")),
                    timeFrom(each.child("within"))));
        }
        Node appeal = top.child("appeal").mayHold("within");
        return new Procedure(steps,
                appeal.isThere() ? timeFrom(appeal.needed("within")) : null);
    }

    /** Time that somebody is given; a deadline that has passed when it begins is none. */
    private static @Nullable Period timeFrom(Node node) {
        Period period = node.isThere() ? node.period() : null;
        if (period != null && (period.isNegative() || period.isZero())) {
            node.wrong(Kind.NOT_A_PERIOD, node.text(), "");
        }
        return period;
    }

    private List<Clause> clauses(Node node, ClauseReader reader) {
        List<Clause> clauses = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<Node> nodes = node.items();
        for (Node each : nodes) {
            Clause clause = reader.read(each);
            if (each.child("id").isThere() && !ids.add(clause.id().text())) {
                each.child("id").wrong(Kind.ID_TWICE, clause.id().text(), "");
            }
            clauses.add(clause);
        }
        Map<Set<Condition>, Minimum> minima = minima(clauses);
        for (int i = 0; i < clauses.size(); i++) {
            capsBelowMinima(clauses.get(i), nodes.get(i), minima);
        }
        return clauses;
    }

    /** @param least in hundredths */
    private record Minimum(ClauseId clause, long least) {
    }

    /** The highest that is required of the same lines; by lines, so that no pairs are tried. */
    private static Map<Set<Condition>, Minimum> minima(List<Clause> clauses) {
        Map<Set<Condition>, Minimum> minima = new HashMap<>();
        for (Clause clause : clauses) {
            for (Requirement requirement : clause.requires()) {
                if (requirement.measure() instanceof Requirement.Measure.CreditsSum
                        && requirement.among() == Requirement.Among.RECOGNISED
                        && requirement.least() instanceof Requirement.Least.Amount(long least)) {
                    minima.merge(parts(requirement.of(), Selection.ALL),
                            new Minimum(clause.id(), least),
                            (one, other) -> other.least() > one.least() ? other : one);
                }
            }
        }
        return minima;
    }

    /** A limit in all and a requirement over the same lines cannot contradict each other. */
    private static void capsBelowMinima(
            Clause clause, Node node, Map<Set<Condition>, Minimum> minima) {
        List<Node> limits = node.child("limits").items();
        for (int i = 0; i < limits.size(); i++) {
            Limit limit = clause.limits().get(i);
            if (!limit.per().isEmpty() || limit.measure() != Limit.Measure.CREDITS
                    || clause.award() != null
                    || !(limit.bound() instanceof Limit.Bound.Of(Quantity.Fixed(long most)))) {
                continue;
            }
            Minimum minimum = minima.get(parts(clause.selects(), limit.of()));
            if (minimum != null && minimum.least() > most) {
                Node bound = limits.get(i).child("at-most");
                bound.wrong(Kind.CAP_BELOW_MINIMUM, bound.text(),
                        minimum.clause() + ": " + Credits.amount(minimum.least()));
            }
        }
    }

    private static Set<Condition> parts(Selection one, Selection other) {
        Set<Condition> parts = new HashSet<>();
        for (Selection each : List.of(one, other)) {
            if (each.condition() instanceof Condition.All(List<Condition> all)) {
                parts.addAll(all);
            } else {
                parts.add(each.condition());
            }
        }
        return parts;
    }
}
