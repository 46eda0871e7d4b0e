package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An application for recognition (认定申请): the account it lies in and its number there, from 1, such as
 * {@code 7K3M9Q2HX4T8W1ZC-a3}.
 */
public record ApplicationId(LearnerId learner, int number) {

    private static final String MARK = "-a";

    public ApplicationId {
        AchievementId.checked(number);
    }

    @JsonCreator
    public static ApplicationId parse(String text) {
        return AchievementId.parse(text, MARK, ApplicationId::new);
    }

    @JsonValue
    @Override
    public String toString() {
        return learner + MARK + number;
    }
}
