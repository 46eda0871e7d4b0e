package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A use of credits for good (兑换): the account it lies in and its number there, from 1, such as
 * {@code 7K3M9Q2HX4T8W1ZC-d3}.
 */
public record RedemptionId(LearnerId learner, int number) {

    private static final String MARK = "-d";

    public RedemptionId {
        AchievementId.checked(number);
    }

    @JsonCreator
    public static RedemptionId parse(String text) {
        return AchievementId.parse(text, MARK, RedemptionId::new);
    }

    @JsonValue
    @Override
    public String toString() {
        return learner + MARK + number;
    }
}
