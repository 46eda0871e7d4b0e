package creditbank.rulebook;

import creditbank.api.value.Credits;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A typed value of an attribute. */
public sealed interface Value {

    /** As it stands in decisions. */
    String written();

    /** Whether this value is the one that is written so in a rulebook. */
    boolean is(String literal);

    record Text(String text) implements Value {
        @Override
        public String written() {
            return text;
        }

        @Override
        public boolean is(String literal) {
            return text.equals(literal);
        }
    }

    /** A number, exact in hundredths: a score, a rank, credits, hours. */
    record Number(long hundredths) implements Value {
        @Override
        public String written() {
            return Credits.amount(hundredths);
        }

        @Override
        public boolean is(String literal) {
            return number(literal).equals(OptionalLong.of(hundredths));
        }
    }

    record Day(LocalDate day) implements Value {
        @Override
        public String written() {
            return day.toString();
        }

        @Override
        public boolean is(String literal) {
            return written().equals(literal);
        }
    }

    record Flag(boolean set) implements Value {
        @Override
        public String written() {
            return Boolean.toString(set);
        }

        @Override
        public boolean is(String literal) {
            return written().equals(literal);
        }
    }

    /** Several words at once: a course that is both compulsory and professional is either. */
    record Words(List<String> words) implements Value {
        public Words {
            words = List.copyOf(words);
        }

        @Override
        public String written() {
            return String.join(",", words);
        }

        @Override
        public boolean is(String literal) {
            return words.contains(literal);
        }
    }

    /** A number with at most two decimals, in hundredths; empty if it is none. */
    static OptionalLong number(String text) {
        boolean plain = !text.isEmpty() && text.length() <= 12
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '-');
        try {
            return plain ? OptionalLong.of(
                    new BigDecimal(text).movePointRight(2).longValueExact())
                    : OptionalLong.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A day as ISO 8601 writes it; empty if it is none. */
    static Optional<LocalDate> day(String text) {
        try {
            return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
