package creditbank.rulebook;

import creditbank.api.recognition.Value;
import java.math.BigInteger;
import java.util.Optional;

/**
 * An exact, non-negative rational in lowest terms; written {@code 2/3}, {@code 1} or {@code 0.25}.
 */
public record Fraction(long numerator, long denominator) implements Comparable<Fraction> {

    private static final long MOST = 1_000_000;

    public static final Fraction ONE = new Fraction(1, 1);

    public Fraction {
        if (numerator < 0 || denominator < 1) {
            throw new IllegalArgumentException(numerator + "/" + denominator);
        }
        long common = BigInteger.valueOf(numerator).gcd(BigInteger.valueOf(denominator))
                .longValue();
        numerator /= common;
        denominator /= common;
    }

    /** Empty if it is not written so, or with more than six digits. */
    static Optional<Fraction> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            var number = Value.number(text);
            return number.isEmpty() || number.getAsLong() < 0 ? Optional.empty()
                    : Optional.of(new Fraction(number.getAsLong(), 100));
        }
        try {
            long above = Long.parseLong(text.substring(0, slash));
            long below = Long.parseLong(text.substring(slash + 1));
            return above < 0 || below < 1 || above > MOST || below > MOST ? Optional.empty()
                    : Optional.of(new Fraction(above, below));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** How much of a whole, rounded down: a cap of a third of 10.00 is 3.33. */
    long ofAtMost(long whole) {
        return Math.floorDiv(Math.multiplyExact(whole, numerator), denominator);
    }

    @Override
    public int compareTo(Fraction other) {
        return Long.compare(Math.multiplyExact(numerator, other.denominator),
                Math.multiplyExact(other.numerator, denominator));
    }

    @Override
    public String toString() {
        return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
    }
}
