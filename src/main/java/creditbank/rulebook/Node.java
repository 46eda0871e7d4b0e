package creditbank.rulebook;

import creditbank.api.recognition.Names;
import creditbank.api.recognition.Value;
import creditbank.api.rulebook.Mistake.Kind;
import creditbank.api.rulebook.Mistake;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of a rulebook's text that is read by what it should be. A mistake is noted, and reading
 * goes on with a stand-in, so that all mistakes are found at once; what was read counts only if
 * there was none.
 */
final class Node {

    private final String path;
    private final @Nullable Tree tree;
    private final int line;
    private final int column;
    private final List<Mistake> mistakes;

    private Node(String path, @Nullable Tree tree, int line, int column, List<Mistake> mistakes) {
        this.path = path;
        this.tree = tree instanceof Tree.Scalar(var l, var c, String text) && text.isEmpty()
                ? null : tree;
        this.line = tree == null ? line : tree.line();
        this.column = tree == null ? column : tree.column();
        this.mistakes = mistakes;
    }

    static Node root(@Nullable Tree tree, List<Mistake> mistakes) {
        return new Node("", tree, 1, 1, mistakes);
    }

    // ------------------------------------------------------------------ moving

    boolean isThere() {
        return tree != null;
    }

    boolean isFields() {
        return tree instanceof Tree.Fields;
    }

    boolean isItems() {
        return tree instanceof Tree.Items;
    }

    Node child(String name) {
        Tree inner = tree instanceof Tree.Fields fields ? fields.fields().get(name) : null;
        return new Node(path.isEmpty() ? name : path + "." + name, inner, line, column, mistakes);
    }

    /** The child, whose absence is a mistake. */
    Node needed(String name) {
        Node child = child(name);
        if (!child.isThere() && isFields()) {
            child.wrong(Kind.FIELD_MISSING, "", name);
        }
        return child;
    }

    void forEach(BiConsumer<String, Node> each) {
        if (tree instanceof Tree.Fields fields) {
            fields.fields().keySet().forEach(name -> each.accept(name, child(name)));
        } else if (tree != null) {
            wrong(Kind.NOT_FIELDS, shown(), "");
        }
    }

    /** Notes every field that is not one of these. */
    Node mayHold(String... known) {
        forEach((name, child) -> {
            if (!Arrays.asList(known).contains(name)) {
                child.wrong(Kind.FIELD_UNKNOWN, name, String.join(", ", known));
            }
        });
        return this;
    }

    /** The one of these that is there; which of them stands in for all if not one is. */
    String oneOf(String... ways) {
        List<String> there = Arrays.stream(ways).filter(way -> child(way).isThere()).toList();
        if (there.size() != 1) {
            wrong(Kind.EXACTLY_ONE_OF, String.join(", ", there), String.join(", ", ways));
        }
        return there.isEmpty() ? ways[0] : there.getFirst();
    }

    List<Node> items() {
        if (tree == null) {
            return List.of();
        }
        if (!(tree instanceof Tree.Items list)) {
            wrong(Kind.NOT_LIST, shown(), "");
            return List.of();
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            nodes.add(new Node(path + "." + i, list.items().get(i), line, column, mistakes));
        }
        if (nodes.isEmpty()) {
            wrong(Kind.EMPTY, "[]", "");
        }
        return nodes;
    }

    /** One value, or a list of them. */
    List<Node> oneOrMore() {
        return isItems() ? items() : tree == null ? List.of() : List.of(this);
    }

    // ------------------------------------------------------------------ values

    String text() {
        return text(500);
    }

    /** @param longest in characters */
    String text(int longest) {
        if (tree == null) {
            return "";
        }
        if (!(tree instanceof Tree.Scalar scalar)) {
            wrong(Kind.NOT_VALUE, shown(), "");
            return "";
        }
        if (scalar.text().length() > longest) {
            wrong(Kind.TEXT_TOO_LONG, Integer.toString(scalar.text().length()),
                    Integer.toString(longest));
        }
        return scalar.text();
    }

    List<String> texts() {
        return oneOrMore().stream().map(Node::text).toList();
    }

    /** A value of the right form, or the stand-in with the mistake noted; also where absent. */
    private <T> T read(Kind kind, T standIn, Reading<T> reading) {
        String text = text();
        if (text.isEmpty()) {
            return standIn;
        }
        try {
            return reading.read(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            wrong(kind, text, "");
            return standIn;
        }
    }

    private interface Reading<T> {
        T read(String text);
    }

    private static <T> T orThrow(Optional<T> read) {
        return read.orElseThrow(IllegalArgumentException::new);
    }

    String name() {
        return read(Kind.NOT_A_NAME, "x", text -> {
            if (!Names.isName(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    /** In hundredths. */
    long amount() {
        return read(Kind.NOT_AN_AMOUNT, 0L, text -> {
            long number = Value.number(text).orElseThrow(IllegalArgumentException::new);
            if (number < 0) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    /** A whole number from 1. */
    int count() {
        return read(Kind.NOT_A_COUNT, 1, text -> {
            int number = Integer.parseInt(text);
            if (number < 1) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    LocalDate date(LocalDate standIn) {
        return read(Kind.NOT_A_DATE, standIn, text -> orThrow(Value.day(text)));
    }

    MonthDay dayOfYear() {
        return read(Kind.NOT_A_DAY_OF_YEAR, MonthDay.of(1, 1), text -> MonthDay.parse("--" + text));
    }

    Period period() {
        return read(Kind.NOT_A_PERIOD, Period.ZERO, Period::parse);
    }

    Fraction fraction() {
        return read(Kind.NOT_A_FRACTION, Fraction.ONE, text -> orThrow(Fraction.parse(text)));
    }

    Attribute attribute() {
        return read(Kind.NOT_AN_ATTRIBUTE,
                new Attribute(creditbank.api.recognition.Scope.EVIDENCE, "x"),
                text -> orThrow(Attribute.parse(text)));
    }

    /** One of some words, as an enumeration has them, in lower case and with dashes. */
    <E extends Enum<E>> E choice(Class<E> type, Set<E> allowed) {
        String text = text();
        for (E each : allowed) {
            if (written(each).equals(text)) {
                return each;
            }
        }
        if (tree != null) {
            wrong(Kind.NOT_A_CHOICE, text, allowed.stream().map(Node::written)
                    .sorted().collect(Collectors.joining(", ")));
        }
        return type.getEnumConstants()[0];
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    // ------------------------------------------------------------------ mistakes

    void wrong(Kind kind, String found, String expected) {
        mistakes.add(new Mistake(line, column, path, kind, cut(found, 60),
                cut(expected, 500)));
    }

    private String shown() {
        return tree instanceof Tree.Scalar scalar ? scalar.text()
                : tree instanceof Tree.Items ? "[…]" : "{…}";
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
