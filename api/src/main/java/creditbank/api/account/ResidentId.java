package creditbank.api.account;

import creditbank.api.value.Rule;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * 公民身份号码 by GB 11643: 6 digits of region, 8 of birthday, 3 of order, and a check character by
 * ISO 7064 MOD 11-2. A personal value: never printed.
 */
public record ResidentId(String plain) {

    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{16}[0-9X]");
    private static final String CHECK = "10X98765432";

    public ResidentId {
        if (!FORM.matcher(plain).matches() || !hasBirthday(plain)) {
            throw Rule.RESIDENT_ID_MALFORMED.brokenByPersonalValue(plain);
        }
        if (plain.charAt(17) != checkCharacter(plain)) {
            throw Rule.RESIDENT_ID_CHECK_CHARACTER.brokenByPersonalValue(plain);
        }
    }

    private static boolean hasBirthday(String plain) {
        try {
            return birthday(plain).getYear() >= 1850;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static LocalDate birthday(String plain) {
        return LocalDate.of(Integer.parseInt(plain.substring(6, 10)),
                Integer.parseInt(plain.substring(10, 12)),
                Integer.parseInt(plain.substring(12, 14)));
    }

    public LocalDate birthday() {
        return birthday(plain);
    }

    private static char checkCharacter(String plain) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (1 << (17 - i)) % 11 * (plain.charAt(i) - '0');
        }
        return CHECK.charAt(sum % 11);
    }

    @Override
    public String toString() {
        return "ResidentId[…]";
    }
}
