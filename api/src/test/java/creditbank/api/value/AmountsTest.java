package creditbank.api.value;

import static creditbank.api.Broken.assertBreaks;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AmountsTest {

    @ParameterizedTest
    @CsvSource({"0,0,0.00", "0.01,1,0.01", "0.1,10,0.10", "4.5,450,4.50", "4.50,450,4.50",
        "4.5000,450,4.50", "0036,3600,36.00", "1000000,100000000,1000000.00"})
    void an_amount_is_kept_in_whole_hundredths_and_written_with_two_decimals(
            String text, long hundredths, String written) {
        assertThat(Credits.of(text, CreditUnit.CN))
                .isEqualTo(new Credits(hundredths, CreditUnit.CN));
        assertThat(Credits.of(text, CreditUnit.CN).amount()).isEqualTo(written);
        assertThat(Hours.of(text)).isEqualTo(new Hours(hundredths)).hasToString(written);
    }

    @Test
    void every_amount_is_read_back_from_what_it_is_written_as() {
        for (long hundredths = 0; hundredths <= Hundredths.MOST; hundredths += 9_973) {
            assertThat(Hours.of(new Hours(hundredths).toString()).hundredths())
                    .isEqualTo(hundredths);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.505", "0.001", "0.00000001", "-0.001"})
    void more_than_two_decimals_are_refused_rather_than_rounded(String text) {
        assertBreaksAs(Rule.AMOUNT_TOO_MANY_DECIMALS, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0.01", "-999999999"})
    void a_negative_amount_is_refused(String text) {
        assertBreaksAs(Rule.AMOUNT_NEGATIVE, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000.01", "1000001", "999999999999"})
    void an_absurd_amount_is_refused(String text) {
        assertBreaksAs(Rule.AMOUNT_TOO_LARGE, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "-", "abc", "4,5", "1e3", "1E3", "1e999999999", "+1",
        "4.5.1", "0x10", "NaN", "Infinity", "４．５", "٤", "1_000", "--1", "1-", "4.5 ", " 4.5",
        "0000000000001"})
    void what_is_not_a_plain_decimal_number_is_refused(String text) {
        assertBreaksAs(Rule.NUMBER_MALFORMED, text);
    }

    private static void assertBreaksAs(Rule rule, String text) {
        assertBreaks(rule, () -> Credits.of(text, CreditUnit.ECTS));
        assertBreaks(rule, () -> Hours.of(text));
    }

    @Test
    void an_amount_that_was_counted_in_hundredths_is_checked_too() {
        assertBreaks(Rule.AMOUNT_NEGATIVE, () -> new Credits(-1, CreditUnit.CN));
        assertBreaks(Rule.AMOUNT_TOO_LARGE, () -> new Credits(100_000_001, CreditUnit.CN));
        assertBreaks(Rule.AMOUNT_NEGATIVE, () -> new Hours(Long.MIN_VALUE));
        assertBreaks(Rule.AMOUNT_TOO_LARGE, () -> new Hours(Long.MAX_VALUE));
    }

    @Test
    void a_sum_may_be_negative_or_larger_than_any_single_amount() {
        assertThat(Credits.amount(-450)).isEqualTo("-4.50");
        assertThat(Credits.amount(Long.MAX_VALUE)).isEqualTo("92233720368547758.07");
    }

    @Test
    void credits_are_read_aloud_amount_first() {
        assertThat(Credits.of("4.5", CreditUnit.UK)).hasToString("4.50 UK");
    }

    @Test
    void the_same_amount_in_another_unit_is_another_amount() {
        assertThat(Credits.of("2", CreditUnit.UK)).isNotEqualTo(Credits.of("2", CreditUnit.ECTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cn", "CN ", "学分", "EUR"})
    void an_unknown_unit_is_refused(String unit) {
        assertBreaks(Rule.CREDIT_UNIT_UNKNOWN, () -> CreditUnit.of(unit));
    }

    @Test
    void every_unit_is_found_by_its_name() {
        assertThat(CreditUnit.values()).allMatch(u -> CreditUnit.of(u.name()) == u);
    }
}
