package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.value.Rule;
import creditbank.api.value.Texts;
import java.util.function.BiFunction;

/**
 * An achievement: the account it lies in and its number there, from 1, such as
 * {@code 7K3M9Q2HX4T8W1ZC-3}. So a correction finds its account without asking any index.
 */
public record AchievementId(LearnerId learner, int number) {

    private static final String MARK = "-";

    public AchievementId {
        checked(number);
    }

    @JsonCreator
    public static AchievementId parse(String text) {
        return parse(text, MARK, AchievementId::new);
    }

    /** Of whatever is numbered within an account: its kinds differ by their mark. */
    static <T> T parse(String text, String mark, BiFunction<LearnerId, Integer, T> made) {
        int at = text.indexOf(mark);
        String number = text.substring(at + mark.length());
        if (at < 0 || number.isEmpty() || number.length() > 9 || number.startsWith("0")
                || !Texts.all(number, c -> c >= '0' && c <= '9')) {
            throw Rule.ID_MALFORMED.brokenByPersonalValue(text);
        }
        return made.apply(new LearnerId(text.substring(0, at)), Integer.parseInt(number));
    }

    static void checked(int number) {
        if (number < 1) {
            throw Rule.ID_MALFORMED.brokenBy(number);
        }
    }

    @JsonValue
    @Override
    public String toString() {
        return learner + MARK + number;
    }
}
