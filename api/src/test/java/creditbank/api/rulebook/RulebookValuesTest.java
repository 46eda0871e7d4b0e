package creditbank.api.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.Refused;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulebookValuesTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    /** Days of January 2026; 0 for no last one. */
    private static DaysInForce days(int from, int until) {
        return new DaysInForce(FIRST.withDayOfMonth(from), last(until));
    }

    private static @Nullable LocalDate last(int until) {
        return until == 0 ? null : FIRST.withDayOfMonth(until);
    }

    @ParameterizedTest
    @ValueSource(strings = {"country/KR", "region/210600", "institution/dandong-tech"})
    void a_jurisdiction_is_a_country_a_region_or_an_institution(String text) {
        assertThat(new Jurisdiction(text).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KR", "country/kr", "country/KOR", "region/2106", "institution/",
        "institution/A", "city/210600", "country/KR ", "region/210600/1"})
    void anything_else_is_no_jurisdiction(String text) {
        assertThatThrownBy(() -> new Jurisdiction(text))
                .isInstanceOf(Refused.class).hasMessage("jurisdiction-malformed");
    }

    @Test
    void both_ends_belong_to_the_days_in_force() {
        assertThat(days(2, 4).includes(FIRST)).isFalse();
        assertThat(days(2, 4).includes(FIRST.plusDays(1))).isTrue();
        assertThat(days(2, 4).includes(FIRST.plusDays(3))).isTrue();
        assertThat(days(2, 4).includes(FIRST.plusDays(4))).isFalse();
        assertThat(days(2, 0).includes(LocalDate.of(9999, 12, 31))).isTrue();
    }

    /** The other one of the last pair ended before it began. */
    @ParameterizedTest
    @CsvSource({"1,5,5,9,true", "1,5,6,9,false", "1,0,9,9,true", "9,0,1,0,true", "9,0,1,8,false",
        "9,0,1,9,true", "3,3,3,3,true", "1,9,5,4,false"})
    void days_overlap_if_one_belongs_to_both(
            int from, int until, int otherFrom, int otherUntil, boolean overlap) {
        DaysInForce one = days(from, until);
        DaysInForce other = days(otherFrom, otherUntil);
        assertThat(one.overlaps(other)).isEqualTo(overlap);
        assertThat(other.overlaps(one)).isEqualTo(overlap);
    }

    @Test
    void what_ended_before_it_began_has_no_day() {
        assertThat(days(5, 4).isEmpty()).isTrue();
        assertThat(days(5, 5).isEmpty()).isFalse();
        assertThat(days(5, 4).endsBy(FIRST)).isTrue();
        assertThat(days(5, 6).endsBy(FIRST.withDayOfMonth(6))).isTrue();
        assertThat(days(5, 6).endsBy(FIRST.withDayOfMonth(5))).isFalse();
        assertThat(days(5, 0).endsBy(FIRST.withDayOfMonth(31))).isFalse();
    }

    @Test
    void versions_count_from_one() {
        RulebookId id = new RulebookId("kr-acbs-bachelor");
        assertThat(new RulebookVersion(id, 1)).hasToString("kr-acbs-bachelor@1");
        assertThat(id.stream()).isEqualTo("rulebook/kr-acbs-bachelor");
        assertThatThrownBy(() -> new RulebookVersion(id, 0)).hasMessage("id-malformed");
        assertThatThrownBy(() -> new RulebookId("KR")).hasMessage("id-malformed");
    }
}
