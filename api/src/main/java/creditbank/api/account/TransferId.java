package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A transfer of credits (转换): the account it lies in and its number there, from 1, such as
 * {@code 7K3M9Q2HX4T8W1ZC-t2}. Both schools know it by this one id.
 */
public record TransferId(LearnerId learner, int number) {

    private static final String MARK = "-t";

    public TransferId {
        AchievementId.checked(number);
    }

    @JsonCreator
    public static TransferId parse(String text) {
        return AchievementId.parse(text, MARK, TransferId::new);
    }

    @JsonValue
    @Override
    public String toString() {
        return learner + MARK + number;
    }
}
