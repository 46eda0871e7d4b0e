package creditbank.rulebook;

import creditbank.api.account.Achievement;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.Scope;
import creditbank.api.rulebook.Mistake.Kind;
import java.time.MonthDay;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one clause. */
final class ClauseReader {

    private static final Set<RefusalCode> EXCLUSIONS = EnumSet.of(RefusalCode.EXCLUDED,
            RefusalCode.EXPIRED, RefusalCode.OUTSIDE_WINDOW);

    private final ConditionReader conditions;

    ClauseReader(ConditionReader conditions) {
        this.conditions = conditions;
    }

    Clause read(Node node) {
        node.mayHold("id", "summary", "selects", "awards", "excludes", "flags", "ignores-earlier",
                "limits", "requires");
        Award award = node.child("awards").isThere() ? award(node.child("awards")) : null;
        Node excludes = node.child("excludes");
        Node flags = node.child("flags");
        Set<Clause.Earlier> ignores = EnumSet.noneOf(Clause.Earlier.class);
        for (Node each : node.child("ignores-earlier").oneOrMore()) {
            ignores.add(each.choice(Clause.Earlier.class, EnumSet.allOf(Clause.Earlier.class)));
        }
        List<Limit> limits = new ArrayList<>();
        List<Requirement> requires = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node each : node.child("limits").items()) {
            limits.add(limit(each, name(each, "limit-", limits.size(), names)));
        }
        for (Node each : node.child("requires").items()) {
            requires.add(requirement(each, name(each, "requirement-", requires.size(), names)));
        }
        if (award == null && !excludes.isThere() && !flags.isThere() && limits.isEmpty()
                && requires.isEmpty() && node.isFields()) {
            node.wrong(Kind.NOTHING_DONE, "", "awards, excludes, flags, limits, requires");
        }
        if (award != null && !(award instanceof Award.Opens) && !requires.isEmpty()) {
            node.child("requires").wrong(Kind.REQUIRES_WITH_CREDITS, "", "");
        }
        return new Clause(new ClauseId(node.needed("id").name()), words(node.needed("summary")),
                conditions.selection(node.child("selects")), award,
                excludes.isThere() ? excludes.choice(RefusalCode.class, EXCLUSIONS) : null,
                flags.isThere() ? flags.name() : null, ignores, limits, requires);
    }

    static Clause.Words words(Node node) {
        node.mayHold("zh", "en");
        return new Clause.Words(node.needed("zh").text(), node.needed("en").text());
    }

    private static String name(Node node, String prefix, int index, Set<String> names) {
        Node name = node.child("name");
        String text = name.isThere() ? name.name() : prefix + (index + 1);
        if (!names.add(text)) {
            name.wrong(Kind.ID_TWICE, text, "");
        }
        return text;
    }

    // ------------------------------------------------------------------ awards

    private Award award(Node node) {
        return switch (node.oneOf("credits", "exemption", "entitlement")) {
            case "exemption" -> {
                node.mayHold("exemption", "grade");
                if (!node.child("exemption").text().equals("true")) {
                    node.child("exemption").wrong(Kind.NOT_A_CHOICE,
                            node.child("exemption").text(), "true");
                }
                yield new Award.Exemption(grade(node.child("grade")));
            }
            case "entitlement" -> {
                node.mayHold("entitlement");
                yield new Award.Opens(node.child("entitlement").name());
            }
            default -> {
                node.mayHold("credits", "fills", "grade");
                Node fills = node.child("fills");
                if (fills.isThere() && !List.of("whole", "part").contains(fills.text())) {
                    fills.wrong(Kind.NOT_A_CHOICE, fills.text(), "whole, part");
                }
                yield worth(node.child("credits"), !fills.text().equals("part"),
                        grade(node.child("grade")));
            }
        };
    }

    private static Award worth(Node node, boolean whole, Award.@Nullable Grade grade) {
        boolean computed = node.isFields() && node.child("base").isThere();
        if (!computed) {
            return new Award.Worth(quantity(node), null, null, Rounding.DOWN, 1, null, whole,
                    grade);
        }
        node.mayHold("base", "times", "less", "rounding", "step", "at-most");
        Node times = node.child("times");
        if (times.isThere()) {
            node.needed("rounding");
        }
        Node step = node.child("step");
        long least = step.isThere() ? step.amount() : 1;
        if (step.isThere() && least == 0) {
            step.wrong(Kind.NOT_AN_AMOUNT, step.text(), "");
        }
        return new Award.Worth(quantity(node.child("base")), times(times),
                node.child("less").isThere() ? quantity(node.child("less")) : null,
                node.child("rounding").choice(Rounding.class, EnumSet.allOf(Rounding.class)),
                Math.max(1, least),
                node.child("at-most").isThere() ? quantity(node.child("at-most")) : null,
                whole, grade);
    }

    private static Award.@Nullable Times times(Node node) {
        if (!node.isThere()) {
            return null;
        }
        return node.isFields()
                ? new Award.Times.Looked(TableReader.read(node.needed("table"), Node::fraction))
                : new Award.Times.By(node.fraction());
    }

    private static Award.@Nullable Grade grade(Node node) {
        if (!node.isThere()) {
            return null;
        }
        // It may be recorded with an achievement.
        return node.isFields()
                ? new Award.Grade.Looked(TableReader.read(node.needed("table"),
                        entry -> entry.text(Achievement.LONGEST_WORD)))
                : new Award.Grade.Fixed(node.text(Achievement.LONGEST_WORD));
    }

    private static Quantity quantity(Node node) {
        if (node.isFields()) {
            node.mayHold("attribute", "table");
            return node.oneOf("attribute", "table").equals("table")
                    ? new Quantity.Looked(TableReader.read(node.child("table"), Node::amount))
                    : new Quantity.OfAttribute(node.child("attribute").attribute());
        }
        return switch (node.text()) {
            case "own" -> new Quantity.Own();
            case "target" -> new Quantity.OfTarget();
            default -> new Quantity.Fixed(node.amount());
        };
    }

    // ------------------------------------------------------------------ limits

    private Limit limit(Node node, String name) {
        node.mayHold("name", "counts", "of", "per", "at-most", "careers");
        Node counts = node.needed("counts");
        Node careers = node.child("careers");
        if (careers.isThere() && !List.of("all", "this").contains(careers.text())) {
            careers.wrong(Kind.NOT_A_CHOICE, careers.text(), "all, this");
        }
        List<Limit.Key> per = new ArrayList<>();
        for (Node key : node.child("per").oneOrMore()) {
            per.add(key(key));
        }
        return new Limit(name,
                counts.choice(Limit.Measure.class, EnumSet.allOf(Limit.Measure.class)),
                conditions.selection(node.child("of")), per, bound(node.needed("at-most"), per),
                careers.text().equals("all"));
    }

    private static Limit.Key key(Node node) {
        if (node.isFields()) {
            node.mayHold("starts");
            List<MonthDay> starts = new ArrayList<>();
            node.needed("starts").oneOrMore().forEach(start -> starts.add(start.dayOfYear()));
            return new Limit.Key.PartOfYear(starts.stream().sorted().toList());
        }
        return switch (node.text()) {
            case "evidence" -> new Limit.Key.Piece();
            case "target" -> new Limit.Key.OfTarget();
            case "year" -> new Limit.Key.PartOfYear(List.of(MonthDay.of(1, 1)));
            default -> new Limit.Key.By(node.attribute());
        };
    }

    private Limit.Bound bound(Node node, List<Limit.Key> per) {
        if (node.child("share").isThere()) {
            node.mayHold("share", "of");
            Node share = node.child("share");
            Fraction fraction = share.fraction();
            if (fraction.compareTo(Fraction.ONE) > 0) {
                share.wrong(Kind.SHARE_OVER_ONE, share.text(), "1");
            }
            return new Limit.Bound.Share(fraction, whole(node.needed("of")));
        }
        Quantity quantity = quantity(node);
        List<Attribute> looked = switch (quantity) {
            case Quantity.Looked(Table table) ->
                    table.axes().stream().map(Table.Axis::attribute).toList();
            case Quantity.OfAttribute(Attribute attribute) -> List.of(attribute);
            default -> List.of();
        };
        for (Attribute attribute : looked) {
            boolean one = attribute.of() != Scope.EVIDENCE && attribute.of() != Scope.TARGET
                    || per.contains(new Limit.Key.By(attribute))
                    || attribute.of() == Scope.EVIDENCE && per.contains(new Limit.Key.Piece())
                    || attribute.of() == Scope.TARGET && per.contains(new Limit.Key.OfTarget());
            if (!one) {
                node.wrong(Kind.KEY_NOT_KEPT_APART, attribute.toString(), "per");
            }
        }
        return new Limit.Bound.Of(quantity);
    }

    private Limit.Whole whole(Node node) {
        if (node.isFields()) {
            node.mayHold("group");
            Node group = node.needed("group");
            conditions.group(group, group.text());
            return new Limit.Whole.OfGroup(group.text());
        }
        if (node.isThere() && !List.of("programme", "target-group").contains(node.text())) {
            node.wrong(Kind.NOT_A_CHOICE, node.text(), "programme, target-group, {group: …}");
        }
        return node.text().equals("programme") ? new Limit.Whole.OfProgramme()
                : new Limit.Whole.OfTargetGroup();
    }

    // ------------------------------------------------------------------ requirements

    private Requirement requirement(Node node, String name) {
        node.mayHold("name", "among", "counts", "of", "within", "at-least");
        Node among = node.child("among");
        Node within = node.child("within");
        Period period = within.isThere() ? within.period() : null;
        return new Requirement(name,
                among.isThere() ? among.choice(Requirement.Among.class,
                        EnumSet.allOf(Requirement.Among.class)) : Requirement.Among.RECOGNISED,
                measure(node.needed("counts")), conditions.selection(node.child("of")), period,
                least(node.needed("at-least")));
    }

    private static Requirement.Measure measure(Node node) {
        if (node.isFields()) {
            node.mayHold("sum");
            return new Requirement.Measure.Sum(node.needed("sum").name());
        }
        return switch (node.text()) {
            case "pieces" -> new Requirement.Measure.Pieces();
            case "targets" -> new Requirement.Measure.Targets();
            case "credits", "" -> new Requirement.Measure.CreditsSum();
            default -> {
                node.wrong(Kind.NOT_A_CHOICE, node.text(), "credits, pieces, targets, {sum: …}");
                yield new Requirement.Measure.CreditsSum();
            }
        };
    }

    private Requirement.Least least(Node node) {
        if (!node.isFields()) {
            return new Requirement.Least.Amount(node.amount());
        }
        node.mayHold("share", "of");
        Node share = node.needed("share");
        Fraction fraction = share.fraction();
        if (fraction.compareTo(Fraction.ONE) > 0) {
            share.wrong(Kind.SHARE_OVER_ONE, share.text(), "1");
        }
        return new Requirement.Least.Share(fraction, conditions.selection(node.child("of")));
    }
}
