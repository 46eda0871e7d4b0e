package creditbank.rulebook;

import creditbank.api.account.AchievementKind;
import creditbank.api.recognition.Comparison;
import creditbank.api.recognition.Names;
import creditbank.api.recognition.Scope;
import creditbank.api.recognition.Value;
import creditbank.api.rulebook.Mistake.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Reads what clauses select by. */
final class ConditionReader {

    private static final String[] SCOPES =
            {"evidence", "target", "learner", "programme", "request"};
    private static final String[] TESTS = {"is", "is-not", "in", "not-in", "at-least", "at-most",
            "before", "after", "between", "each-year-between", "exists"};

    private static final List<String> KINDS =
            Arrays.stream(AchievementKind.values()).map(Enum::name).toList();

    private final Scales scales;
    private final List<String> groups;

    ConditionReader(Scales scales, List<String> groups) {
        this.scales = scales;
        this.groups = groups;
    }

    /** Absent selects everything. */
    Selection selection(Node node) {
        if (!node.isThere()) {
            return Selection.ALL;
        }
        node.mayHold(SCOPES);
        List<Condition> parts = new ArrayList<>();
        for (String scope : SCOPES) {
            if (node.child(scope).isThere()) {
                parts.add(condition(node.child(scope),
                        Scope.valueOf(scope.toUpperCase(Locale.ROOT))));
            }
        }
        if (parts.isEmpty() && node.isFields()) {
            node.wrong(Kind.SELECTS_NOTHING, "", String.join(", ", SCOPES));
        }
        return new Selection(new Condition.All(parts));
    }

    private Condition condition(Node node, Scope of) {
        List<Condition> parts = new ArrayList<>();
        node.forEach((name, child) -> parts.add(switch (name) {
            case "all" -> new Condition.All(conditions(child, of));
            case "any" -> new Condition.Any(conditions(child, of));
            case "not" -> new Condition.Not(condition(child, of));
            default -> attribute(name, child, of);
        }));
        if (parts.isEmpty() && node.isFields()) {
            node.wrong(Kind.SELECTS_NOTHING, "", "");
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
    }

    private List<Condition> conditions(Node node, Scope of) {
        return node.items().stream().map(item -> condition(item, of)).toList();
    }

    private Condition attribute(String name, Node node, Scope of) {
        if (!Names.isName(name)) {
            node.wrong(Kind.NOT_A_NAME, name, "");
        }
        Attribute attribute = new Attribute(of, name);
        if (!node.isThere()) {
            node.wrong(Kind.EMPTY, "", String.join(", ", TESTS));
            return Condition.ALWAYS;
        }
        if (!node.isFields()) {
            return test(attribute, node.isItems() ? Comparison.IN : Comparison.IS, node);
        }
        node.mayHold(TESTS);
        List<Condition> tests = new ArrayList<>();
        for (String way : TESTS) {
            Node child = node.child(way);
            if (child.isThere()) {
                tests.add(way.equals("exists") ? exists(attribute, child) : test(attribute,
                        Comparison.valueOf(way.toUpperCase(Locale.ROOT)
                                .replace('-', '_')), child));
            }
        }
        if (tests.isEmpty()) {
            node.wrong(Kind.EMPTY, "", String.join(", ", TESTS));
        }
        bounds(attribute, node);
        return tests.size() == 1 ? tests.getFirst() : new Condition.All(tests);
    }

    private static Condition exists(Attribute attribute, Node node) {
        String text = node.text();
        if (!text.equals("true") && !text.equals("false")) {
            node.wrong(Kind.NOT_A_CHOICE, text, "true, false");
        }
        return new Condition.Test(attribute,
                text.equals("true") ? Comparison.EXISTS : Comparison.ABSENT, List.of());
    }

    private Condition test(Attribute attribute, Comparison how, Node node) {
        List<Operand> against = new ArrayList<>();
        for (Node item : how == Comparison.IS ? List.of(node) : node.oneOrMore()) {
            against.add(operand(attribute, how, item));
        }
        boolean pair = how == Comparison.BETWEEN || how == Comparison.EACH_YEAR_BETWEEN;
        boolean list = how == Comparison.IN || how == Comparison.NOT_IN;
        if (pair ? against.size() != 2 : !list && against.size() != 1) {
            node.wrong(Kind.NOT_VALUE, Integer.toString(against.size()), pair ? "2" : "1");
            return Condition.ALWAYS;
        }
        if (how == Comparison.BETWEEN && !inOrder(attribute, against)) {
            node.wrong(Kind.LEAST_ABOVE_MOST, node.texts().getFirst(), node.texts().getLast());
        }
        return new Condition.Test(attribute, how, against);
    }

    private Operand operand(Attribute attribute, Comparison how, Node node) {
        if (node.isFields()) {
            node.mayHold("attribute", "plus", "to");
            Node to = node.child("to");
            if (to.isThere() && !to.text().equals("year-end")) {
                to.wrong(Kind.NOT_A_CHOICE, to.text(), "year-end");
            }
            return new Operand.OfAttribute(node.needed("attribute").attribute(),
                    node.child("plus").period(), to.isThere());
        }
        String text = node.text();
        if (text.isEmpty()) {
            node.wrong(Kind.EMPTY, "", "");
        }
        switch (how) {
            case EACH_YEAR_BETWEEN -> node.dayOfYear();
            case AT_LEAST, AT_MOST, BEFORE, AFTER, BETWEEN -> orderly(attribute, node, text);
            default -> known(attribute, node, text);
        }
        return new Operand.Literal(text);
    }

    private void orderly(Attribute attribute, Node node, String text) {
        List<String> scale = scales.byAttribute().get(attribute.name());
        boolean ordered = Value.number(text).isPresent() || Value.day(text).isPresent()
                || scale != null && scale.contains(text);
        if (!ordered) {
            node.wrong(Kind.NOT_A_CHOICE, text, scale != null ? String.join(", ", scale)
                    : "425, 2026-01-31, scales." + attribute.name());
        }
    }

    /** No evidence is of another kind; a rulebook that names its groups speaks of no other. */
    private void known(Attribute attribute, Node node, String text) {
        if (attribute.equals(new Attribute(Scope.TARGET, "group"))) {
            group(node, text);
        }
        if (attribute.equals(new Attribute(Scope.EVIDENCE, "kind")) && !KINDS.contains(text)) {
            node.wrong(Kind.NOT_A_CHOICE, text, String.join(", ", KINDS));
            return;
        }
        List<String> scale = scales.byAttribute().get(attribute.name());
        if (scale != null && !scale.contains(text)) {
            node.wrong(Kind.NOT_A_CHOICE, text, String.join(", ", scale));
        }
    }

    void group(Node node, String text) {
        if (!groups.isEmpty() && !groups.contains(text)) {
            node.wrong(Kind.GROUP_UNKNOWN, text, String.join(", ", groups));
        }
    }

    private void bounds(Attribute attribute, Node node) {
        Node least = node.child("at-least");
        Node most = node.child("at-most");
        if (least.isThere() && most.isThere() && !least.isFields() && !most.isFields()
                && !inOrder(attribute, List.of(new Operand.Literal(least.text()),
                        new Operand.Literal(most.text())))) {
            node.wrong(Kind.LEAST_ABOVE_MOST, least.text(), most.text());
        }
    }

    private boolean inOrder(Attribute attribute, List<Operand> pair) {
        if (!(pair.getFirst() instanceof Operand.Literal(String low))
                || !(pair.getLast() instanceof Operand.Literal(String high))) {
            return true;
        }
        OptionalLong number = Value.number(low);
        Value value = number.isPresent() ? new Value.Number(number.getAsLong())
                : Value.day(low).<Value>map(Value.Day::new).orElse(new Value.Text(low));
        return scales.compare(attribute.name(), value, high).orElse(0) <= 0;
    }
}
