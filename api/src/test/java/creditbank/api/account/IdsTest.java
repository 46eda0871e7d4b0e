package creditbank.api.account;

import static creditbank.api.Broken.assertBreaks;
import static creditbank.api.Broken.assertBreaksSilently;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.value.Rule;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdsTest {

    private static final LearnerId LEARNER = new LearnerId("7K3M9Q2HX4T8W1ZC");

    @Test
    void an_account_is_named_by_sixteen_characters_that_are_not_mistaken_for_each_other() {
        assertThat(LEARNER).hasToString("7K3M9Q2HX4T8W1ZC");
        assertThat(LEARNER.stream()).isEqualTo("learner/7K3M9Q2HX4T8W1ZC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7K3M9Q2HX4T8W1Z", "7K3M9Q2HX4T8W1ZCC", "7k3m9q2hx4t8w1zc",
        "IK3M9Q2HX4T8W1ZC", "LK3M9Q2HX4T8W1ZC", "OK3M9Q2HX4T8W1ZC", "UK3M9Q2HX4T8W1ZC",
        "7K3M9Q2HX4T8W1Z\n", "王小明", "11010519491231002X"})
    void another_name_is_refused_and_not_shown_back_as_it_may_be_a_person_s(String text) {
        assertBreaksSilently(Rule.ID_MALFORMED, text, () -> new LearnerId(text));
    }

    @Test
    void all_eighty_random_bits_are_in_the_name() {
        assertThat(LearnerId.ofRandom(0, 0)).hasToString("0000000000000000");
        assertThat(LearnerId.ofRandom(-1, -1)).hasToString("ZZZZZZZZZZZZZZZZ");
        for (int bit = 0; bit < 40; bit++) {
            String high = LearnerId.ofRandom(1L << bit, 0).text();
            String low = LearnerId.ofRandom(0, 1L << bit).text();
            assertThat(Long.parseLong(inBase32(high.substring(0, 8)), 32)).isEqualTo(1L << bit);
            assertThat(high.substring(8)).isEqualTo("00000000").isEqualTo(low.substring(0, 8));
            assertThat(Long.parseLong(inBase32(low.substring(8)), 32)).isEqualTo(1L << bit);
        }
    }

    /** Crockford's digits as Java's. */
    private static String inBase32(String crockford) {
        return crockford.chars().mapToObj(c -> String.valueOf(
                Character.forDigit(LearnerId.ALPHABET.indexOf(c), 32)))
                .reduce("", String::concat);
    }

    @Test
    void an_achievement_is_named_by_its_account_and_its_number_there() {
        AchievementId id = AchievementId.parse("7K3M9Q2HX4T8W1ZC-12");
        assertThat(id).isEqualTo(new AchievementId(LEARNER, 12)).hasToString(
                "7K3M9Q2HX4T8W1ZC-12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "7K3M9Q2HX4T8W1ZC", "7K3M9Q2HX4T8W1ZC-",
        "7K3M9Q2HX4T8W1ZC-0", "7K3M9Q2HX4T8W1ZC-01", "7K3M9Q2HX4T8W1ZC--1",
        "7K3M9Q2HX4T8W1ZC-+1", "7K3M9Q2HX4T8W1ZC-1 ", "7K3M9Q2HX4T8W1ZC-１",
        "7K3M9Q2HX4T8W1ZC-1234567890", "7K3M9Q2HX4T8W1ZC-1-2", "12"})
    void another_name_of_an_achievement_is_refused(String text) {
        assertBreaks(Rule.ID_MALFORMED, () -> AchievementId.parse(text));
    }

    @Test
    void a_document_number_in_the_place_of_an_account_is_not_shown_back() {
        assertBreaksSilently(Rule.ID_MALFORMED, "11010519491231002X",
                () -> AchievementId.parse("11010519491231002X-1"));
        assertBreaksSilently(Rule.ID_MALFORMED, "11010519491231002X",
                () -> AchievementId.parse("11010519491231002X"));
    }

    @Test
    void achievements_are_numbered_from_one() {
        assertBreaks(Rule.ID_MALFORMED, () -> new AchievementId(LEARNER, 0));
        assertBreaks(Rule.ID_MALFORMED, () -> new AchievementId(LEARNER, -1));
    }
}
