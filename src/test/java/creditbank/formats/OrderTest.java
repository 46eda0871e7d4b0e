package creditbank.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AchievementKind;
import creditbank.api.value.Sector;
import creditbank.projections.Achievements;
import creditbank.projections.Achievements.Standing;
import creditbank.projections.View;
import creditbank.projections.Views;
import creditbank.views.memory.MemoryViews;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Keys of views are compared as text. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderTest {

    @Test
    void the_order_of_positions_as_text_is_their_order_as_numbers() {
        assertThat(View.ordered(0)).isEqualTo("000000000000");
        assertThat(View.ordered(99)).isEqualTo("000000000099").isLessThan(View.ordered(100));
        assertThat(View.ordered(999_999_999_999L)).isEqualTo("999999999999");
    }

    @Test
    void a_position_that_has_no_place_in_that_order_is_refused() {
        assertThatThrownBy(() -> View.ordered(1_000_000_000_000L))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void positions_are_written_alike_in_every_country() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(View.ordered(450)).isEqualTo("000000000450");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void an_institution_s_records_are_found_by_day_both_days_included() {
        MemoryViews views = new MemoryViews();
        LocalDate june = LocalDate.of(2024, 6, 30);
        LocalDate last = LocalDate.of(9999, 12, 31);
        views.fold(List.of(new Achievements()), List.of(
                recorded(0, june), recorded(1, june.plusDays(1)), recorded(2, last)));
        assertThat(numbers(views, null, null)).containsExactly(3, 2, 1);
        assertThat(numbers(views, june, june)).containsExactly(1);
        assertThat(numbers(views, june.plusDays(1), last)).containsExactly(3, 2);
        assertThat(numbers(views, null, june.minusDays(1))).isEmpty();
    }

    private static List<Integer> numbers(
            MemoryViews views, @Nullable LocalDate from, @Nullable LocalDate to) {
        List<Integer> all = rows(views, Achievements.ofIssuer(Samples.COLLEGE, null, from, to, 9));
        assertThat(rows(views, Achievements.ofIssuer(
                Samples.COLLEGE, AchievementKind.COURSE, from, to, 9))).isEqualTo(all);
        return all;
    }

    private static List<Integer> rows(MemoryViews views, Views.Range range) {
        return views.views().page(Achievements.ACHIEVEMENTS, range).stream()
                .map(Views.Row::document).map(Standing::id).map(id -> id.number()).toList();
    }

    private static Recorded recorded(int position, LocalDate happenedOn) {
        return new Recorded(position, "entry", Samples.LEARNER.stream(), position, Instant.EPOCH,
                "user/test", null, "command-" + position, null, null, new AchievementRecorded(
                        Samples.achievement(position + 1), Sector.VOCATIONAL, happenedOn,
                        Samples.course(Samples.COLLEGE, 450, happenedOn, null), List.of()));
    }
}
