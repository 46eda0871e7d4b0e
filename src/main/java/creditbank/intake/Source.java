package creditbank.intake;

import creditbank.api.value.Credits;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a profile takes a field from. */
sealed interface Source {

    /**
     * What it says of a row; empty for nothing.
     *
     * @param alike how many rows are the same in the columns a {@link Divided} names
     */
    String text(Row row, long alike);

    /** The columns it looks at, in the file's words. */
    List<String> columns();

    /** Whether a file, or a row of it, may do without it. */
    default boolean optional() {
        return false;
    }

    /** The same for every row. */
    record Constant(String value) implements Source {
        @Override
        public String text(Row row, long alike) {
            return value;
        }

        @Override
        public List<String> columns() {
            return List.of();
        }
    }

    /**
     * @param optional whether a file, or a row of it, may do without it
     * @param example  for the template, if any
     */
    record Column(String name, boolean optional, @Nullable String example) implements Source {
        @Override
        public String text(Row row, long alike) {
            return row.text(name);
        }

        @Override
        public List<String> columns() {
            return List.of(name);
        }
    }

    /** Columns put together, such as {@code {a}/{b}}; empty if one of them is. */
    record Template(String pattern, List<String> columns) implements Source {

        private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");

        static Template of(String pattern) {
            List<String> columns = new ArrayList<>();
            Matcher places = PLACE.matcher(pattern);
            while (places.find()) {
                columns.add(places.group(1));
            }
            return new Template(pattern, List.copyOf(columns));
        }

        @Override
        public String text(Row row, long alike) {
            StringBuilder text = new StringBuilder();
            int from = 0;
            for (String column : columns) {
                int place = pattern.indexOf("{" + column + "}", from);
                String value = row.text(column);
                if (value.isEmpty()) {
                    return "";
                }
                text.append(pattern, from, place).append(value);
                from = place + column.length() + 2;
            }
            return text.append(pattern, from, pattern.length()).toString();
        }
    }

    /** What a table of the profile has for a key; a key that is not there is refused. */
    record Lookup(Map<String, String> table, Source key) implements Source {
        @Override
        public String text(Row row, long alike) {
            String looked = key.text(row, alike);
            if (looked.isEmpty()) {
                return "";
            }
            String found = table.get(looked);
            if (found == null) {
                throw Rule.LOOKUP_UNKNOWN.brokenBy(looked);
            }
            return found;
        }

        @Override
        public List<String> columns() {
            return key.columns();
        }
    }

    /** Text under a name that nobody listed in advance, so that what it is has to be said. */
    record Typed(Source of, Type type) implements Source {

        enum Type { TEXT, NUMBER, DAY, FLAG }

        /** As a form holds an attribute. */
        Object form(String text) {
            return switch (type) {
                case TEXT -> text;
                case NUMBER -> Map.of("number", text);
                case DAY -> Map.of("day", Cleaning.date(text));
                case FLAG -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Rule.CHOICE_UNKNOWN.brokenBy(text, "true", "false");
                };
            };
        }

        @Override
        public String text(Row row, long alike) {
            return of.text(row, alike);
        }

        @Override
        public List<String> columns() {
            return of.columns();
        }

        @Override
        public boolean optional() {
            return of.optional();
        }
    }

    /** An amount that several rows share, each an equal part of it, exact in hundredths. */
    record Divided(Source whole) implements Source {
        @Override
        public String text(Row row, long alike) {
            String amount = whole.text(row, alike);
            if (amount.isEmpty() || alike <= 1) {
                return amount;
            }
            // The unit does not matter here; amounts are checked alike in all of them.
            long hundredths = Credits.of(amount, CreditUnit.CN).hundredths();
            if (hundredths % alike != 0) {
                throw Rule.DIVISION_NOT_EXACT.brokenBy(amount + " / " + alike);
            }
            return Credits.amount(hundredths / alike);
        }

        @Override
        public List<String> columns() {
            return whole.columns();
        }

        @Override
        public boolean optional() {
            return whole.optional();
        }
    }
}
