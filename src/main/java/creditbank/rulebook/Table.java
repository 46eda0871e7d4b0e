package creditbank.rulebook;

import creditbank.api.recognition.Value;
import creditbank.api.value.Credits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A value looked up by attributes. Reading it has made sure that every value of the axes finds
 * exactly one row.
 */
record Table(List<Axis> axes, List<Row> rows, @Nullable String otherwise) {

    /** An attribute and the values it may have. */
    record Axis(Attribute attribute, Span span) {
    }

    sealed interface Span {
        boolean holds(Value value);

        /** In words, for what would have to change. */
        String written();
    }

    record Listed(List<String> words) implements Span {
        @Override
        public boolean holds(Value value) {
            return words.stream().anyMatch(value::is);
        }

        @Override
        public String written() {
            return String.join(",", words);
        }
    }

    /**
     * Numbers from one to another, in hundredths, both ends in it.
     *
     * @param step 100 if only whole numbers belong to it, else 1
     */
    record Range(long from, long to, long step) implements Span {
        static final long OPEN = Long.MAX_VALUE;

        @Override
        public boolean holds(Value value) {
            return value instanceof Value.Number(long n) && n >= from && n <= to
                    && n % step == 0;
        }

        @Override
        public String written() {
            return Credits.amount(from) + ".." + (to == OPEN ? "" : Credits.amount(to));
        }
    }

    /** @param when one span for each axis */
    record Row(List<Span> when, String is) {
    }

    /** What came of looking up. */
    sealed interface Found {
        record Entry(String text) implements Found {
        }

        record Missing(Axis axis) implements Found {
        }
    }

    Found lookUp(Scene scene) {
        for (Axis axis : axes) {
            Value value = scene.get(axis.attribute());
            if (value == null || !axis.span().holds(value)) {
                return new Found.Missing(axis);
            }
        }
        return rows.stream().filter(row -> fits(row, scene)).findFirst()
                .map(Row::is).or(() -> Optional.ofNullable(otherwise))
                .<Found>map(Found.Entry::new)
                .orElseThrow(() -> new IllegalStateException("a table with a hole was read"));
    }

    private boolean fits(Row row, Scene scene) {
        for (int i = 0; i < axes.size(); i++) {
            Value value = scene.get(axes.get(i).attribute());
            if (value == null || !row.when().get(i).holds(value)) {
                return false;
            }
        }
        return true;
    }

    /** Of a table of amounts. */
    static long hundredths(String entry) {
        OptionalLong number = Value.number(entry);
        return number.orElseThrow(() -> new IllegalStateException("no amount: " + entry));
    }
}
