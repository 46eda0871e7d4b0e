package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A decision on what evidence counts (认定): the account it lies in and its number there, from 1, such as
 * {@code 7K3M9Q2HX4T8W1ZC-r3}.
 */
public record RecognitionId(LearnerId learner, int number) {

    private static final String MARK = "-r";

    public RecognitionId {
        AchievementId.checked(number);
    }

    @JsonCreator
    public static RecognitionId parse(String text) {
        return AchievementId.parse(text, MARK, RecognitionId::new);
    }

    @JsonValue
    @Override
    public String toString() {
        return learner + MARK + number;
    }
}
