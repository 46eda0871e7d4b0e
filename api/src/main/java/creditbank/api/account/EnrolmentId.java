package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A programme a learner studies towards (学籍): the account it lies in and its number there, from 1, such as
 * {@code 7K3M9Q2HX4T8W1ZC-e3}.
 */
public record EnrolmentId(LearnerId learner, int number) {

    private static final String MARK = "-e";

    public EnrolmentId {
        AchievementId.checked(number);
    }

    @JsonCreator
    public static EnrolmentId parse(String text) {
        return AchievementId.parse(text, MARK, EnrolmentId::new);
    }

    @JsonValue
    @Override
    public String toString() {
        return learner + MARK + number;
    }
}
