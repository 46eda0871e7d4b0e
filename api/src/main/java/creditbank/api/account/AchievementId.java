package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.value.Rule;
import creditbank.api.value.Texts;

/**
 * An achievement: the account it lies in and its number there, from 1, such as
 * {@code 7K3M9Q2HX4T8W1ZC-3}. So a correction finds its account without asking any index.
 */
public record AchievementId(LearnerId learner, int number) {

    public AchievementId {
        if (number < 1) {
            throw Rule.ID_MALFORMED.brokenBy(number);
        }
    }

    @JsonCreator
    public static AchievementId parse(String text) {
        int dash = text.indexOf('-');
        String number = text.substring(dash + 1);
        if (dash < 0 || number.isEmpty() || number.length() > 9 || number.startsWith("0")
                || !Texts.all(number, c -> c >= '0' && c <= '9')) {
            throw Rule.ID_MALFORMED.brokenByPersonalValue(text);
        }
        return new AchievementId(
                new LearnerId(text.substring(0, dash)), Integer.parseInt(number));
    }

    @JsonValue
    @Override
    public String toString() {
        return learner + "-" + number;
    }
}
