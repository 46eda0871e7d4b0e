package creditbank.rulebook;

import creditbank.api.recognition.Value;
import creditbank.api.rulebook.Mistake.Kind;
import creditbank.rulebook.Table.Axis;
import creditbank.rulebook.Table.Listed;
import creditbank.rulebook.Table.Range;
import creditbank.rulebook.Table.Row;
import creditbank.rulebook.Table.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads tables, and makes sure that every combination of the axes' values finds one row: a hole
 * would only be noticed by the learner who falls into it.
 */
final class TableReader {

    private static final int MOST_CELLS = 10_000;

    private TableReader() {
    }

    /** @param entry checks the form of what stands in the rows */
    static Table read(Node node, Consumer<Node> entry) {
        node.mayHold("by", "rows", "otherwise");
        List<Axis> axes = new ArrayList<>();
        node.needed("by").forEach((name, values) -> {
            Attribute attribute = Attribute.parse(name).orElse(null);
            if (attribute == null) {
                values.wrong(Kind.NOT_AN_ATTRIBUTE, name, "");
                return;
            }
            axes.add(new Axis(attribute, span(values)));
        });
        List<Row> rows = new ArrayList<>();
        for (Node row : node.needed("rows").items()) {
            row.mayHold("when", "is");
            Node when = row.needed("when");
            List<Node> cells = axes.size() == 1 && !when.isItems() ? List.of(when)
                    : axes.size() == 1 && when.items().stream().noneMatch(Node::isItems)
                            ? List.of(when) : when.items();
            Node is = row.needed("is");
            entry.accept(is);
            if (cells.size() != axes.size()) {
                when.wrong(Kind.NOT_VALUE, Integer.toString(cells.size()),
                        Integer.toString(axes.size()));
                continue;
            }
            List<Span> spans = new ArrayList<>();
            for (int i = 0; i < cells.size(); i++) {
                spans.add(cell(cells.get(i), axes.get(i)));
            }
            rows.add(new Row(spans, is.text()));
        }
        Node otherwise = node.child("otherwise");
        if (otherwise.isThere()) {
            entry.accept(otherwise);
        }
        Table table = new Table(axes, rows, otherwise.isThere() ? otherwise.text() : null);
        if (!axes.isEmpty() && !rows.isEmpty()) {
            everyCellOnce(node, table);
        }
        return table;
    }

    private static Span span(Node node) {
        return node.isItems() ? new Listed(node.texts()) : range(node);
    }

    /** {@code 1..3}, {@code 11..} or one number; without decimals, whole numbers only. */
    private static Range range(Node node) {
        Optional<Range> range = parse(node.text());
        if (range.isEmpty() || range.get().from() > range.get().to()) {
            node.wrong(Kind.NOT_A_RANGE, node.text(), "");
        }
        return range.orElse(new Range(0, Range.OPEN, 1));
    }

    private static Optional<Range> parse(String text) {
        int dots = text.indexOf("..");
        String start = dots < 0 ? text : text.substring(0, dots);
        String end = dots < 0 ? text : text.substring(dots + 2);
        var from = Value.number(start);
        var to = Value.number(end);
        long step = start.contains(".") || end.contains(".") ? 1 : 100;
        return from.isEmpty() || to.isEmpty() && !end.isEmpty() ? Optional.empty()
                : Optional.of(new Range(from.getAsLong(), to.orElse(Range.OPEN), step));
    }

    /** {@code any} stands for the whole axis. */
    private static Span cell(Node node, Axis axis) {
        if (!node.isItems() && node.text().equals("any")) {
            return axis.span();
        }
        return switch (axis.span()) {
            case Listed(List<String> words) -> {
                for (Node word : node.oneOrMore()) {
                    if (!words.contains(word.text())) {
                        word.wrong(Kind.TABLE_OUTSIDE_AXIS, word.text(), axis.span().written());
                    }
                }
                yield new Listed(node.texts());
            }
            case Range(long from, long to, long step) -> {
                Range range = range(node);
                if (range.from() < from || range.to() > to || range.step() < step) {
                    node.wrong(Kind.TABLE_OUTSIDE_AXIS, node.text(), axis.span().written());
                }
                yield new Range(range.from(), range.to(), step);
            }
        };
    }

    // ------------------------------------------------------------------ holes

    private static void everyCellOnce(Node node, Table table) {
        List<List<Value>> points = new ArrayList<>();
        long cells = 1;
        for (int i = 0; i < table.axes().size(); i++) {
            points.add(points(table, i));
            cells *= points.getLast().size();
            if (cells > MOST_CELLS) {
                node.wrong(Kind.TABLE_TOO_LARGE, Long.toString(cells),
                        Integer.toString(MOST_CELLS));
                return;
            }
        }
        for (int cell = 0; cell < cells; cell++) {
            List<Value> at = new ArrayList<>();
            int rest = cell;
            for (List<Value> axis : points) {
                at.add(axis.get(rest % axis.size()));
                rest /= axis.size();
            }
            long hits = table.rows().stream().filter(row -> holds(row, at)).count();
            if (hits == 0 && table.otherwise() == null || hits > 1) {
                node.wrong(hits == 0 ? Kind.TABLE_HOLE : Kind.TABLE_OVERLAP,
                        String.join(", ", at.stream().map(Value::written).toList()), "");
                return;
            }
        }
    }

    private static boolean holds(Row row, List<Value> at) {
        for (int i = 0; i < at.size(); i++) {
            if (!row.when().get(i).holds(at.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Values that stand for all of an axis: each word; each number at which a row may change. */
    private static List<Value> points(Table table, int axis) {
        return switch (table.axes().get(axis).span()) {
            case Listed(List<String> words) ->
                    words.stream().<Value>map(TableReader::value).toList();
            case Range(long from, long to, long step) -> {
                TreeSet<Long> edges = new TreeSet<>(List.of(from));
                for (Row row : table.rows()) {
                    if (row.when().get(axis) instanceof Range(long first, long last, long s)) {
                        edges.add(Math.max(first, from));
                        if (last < to) {
                            edges.add(last + step);
                        }
                    }
                }
                yield edges.stream().<Value>map(Value.Number::new).toList();
            }
        };
    }

    private static Value value(String word) {
        return new Value.Text(word);
    }
}
