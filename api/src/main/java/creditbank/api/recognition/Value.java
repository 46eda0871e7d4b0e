package creditbank.api.recognition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.api.value.Texts;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A typed value of an attribute. Written with the name of its type, such as
 * {@code {"number":"425.00"}}: a score that is compared and a course code of digits stay apart.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Value.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Value.Number.class, name = "number"),
    @JsonSubTypes.Type(value = Value.Day.class, name = "day"),
    @JsonSubTypes.Type(value = Value.Flag.class, name = "flag"),
    @JsonSubTypes.Type(value = Value.Words.class, name = "words")})
public sealed interface Value {

    /** Of a text and of each of several words. */
    int LONGEST_TEXT = 200;
    int MOST_WORDS = 20;

    /** As it stands in decisions. */
    String written();

    /** Whether this value is the one that is written so in a rulebook. */
    boolean is(String literal);

    record Text(@JsonValue String text) implements Value {

        @JsonCreator
        public Text {
            text = Texts.line(text, LONGEST_TEXT);
        }

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

        /** @throws creditbank.api.Refused if it is no number with at most two decimals */
        @JsonCreator
        public static Number parse(String text) {
            return new Number(number(text).orElseThrow(() -> Rule.NUMBER_MALFORMED.brokenBy(text)));
        }

        @JsonValue
        @Override
        public String written() {
            return Credits.amount(hundredths);
        }

        @Override
        public boolean is(String literal) {
            return number(literal).equals(OptionalLong.of(hundredths));
        }
    }

    record Day(@JsonValue LocalDate day) implements Value {

        @JsonCreator
        public Day {
        }

        @Override
        public String written() {
            return day.toString();
        }

        @Override
        public boolean is(String literal) {
            return written().equals(literal);
        }
    }

    record Flag(@JsonValue boolean set) implements Value {

        @JsonCreator
        public Flag {
        }

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
    record Words(@JsonValue List<String> words) implements Value {

        @JsonCreator
        public Words {
            words = words.stream().map(word -> Texts.line(word, LONGEST_TEXT)).toList();
            if (words.size() > MOST_WORDS) {
                throw Rule.LIST_TOO_LONG.brokenBy(words.size());
            }
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
