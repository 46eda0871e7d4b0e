package creditbank.api.value;

import java.math.BigDecimal;

/** Exact amounts with two decimals, kept as whole hundredths: {@code 450} is written "4.50". */
final class Hundredths {

    /** One million; a lifetime at 60 a year is 6,000. */
    static final long MOST = 100_000_000L;

    private static final int LONGEST = 12;

    private Hundredths() {
    }

    static long parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST
                || !Texts.all(text, c -> c >= '0' && c <= '9' || c == '.' || c == '-')) {
            throw Rule.NUMBER_MALFORMED.brokenBy(text);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw Rule.NUMBER_MALFORMED.brokenBy(text);
        }
        if (number.stripTrailingZeros().scale() > 2) {
            throw Rule.AMOUNT_TOO_MANY_DECIMALS.brokenBy(text);
        }
        return checked(number.movePointRight(2).longValueExact());
    }

    static long checked(long hundredths) {
        if (hundredths < 0) {
            throw Rule.AMOUNT_NEGATIVE.brokenBy(write(hundredths));
        }
        if (hundredths > MOST) {
            throw Rule.AMOUNT_TOO_LARGE.brokenBy(write(hundredths));
        }
        return hundredths;
    }

    static String write(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }
}
