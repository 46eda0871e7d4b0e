package creditbank.projections;

import static creditbank.api.account.CreditState.AVAILABLE;
import static creditbank.api.account.CreditState.REDEEMED;
import static creditbank.api.account.CreditState.RESERVED;
import static creditbank.projections.Facts.LEARNER;
import static creditbank.projections.Facts.achievement;
import static creditbank.projections.Facts.begun;
import static creditbank.projections.Facts.day;
import static creditbank.projections.Facts.decided;
import static creditbank.projections.Facts.left;
import static creditbank.projections.Facts.posting;
import static creditbank.projections.Facts.questioned;
import static creditbank.projections.Facts.recorded;
import static creditbank.projections.Facts.redeemed;
import static creditbank.projections.Facts.reversed;
import static creditbank.projections.Facts.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.account.AchievementChange;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RedemptionPurpose.Certificate;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What has become of credits on a day, in the learner's balance and in the bank's books. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AmountsTest {

    private static final LocalDate MARCH = day("2024-03-01");
    private static final LocalDate APRIL = day("2024-04-01");
    private static final LocalDate MAY = day("2024-05-01");
    private static final LocalDate JUNE = day("2024-06-01");

    private final Facts facts = new Facts();

    /** Available, reserved, redeemed, expired and revoked of a day; balance and books agree. */
    private List<Long> on(LocalDate day) {
        Balance.Line line = Balance.of(facts.shelf, LEARNER, day).lines().getFirst();
        Books.Line books = Books.on(facts.shelf, null, day).stream()
                .filter(l -> l.unit() == line.unit()).findFirst().orElseThrow();
        assertThat(List.of(books.recorded(), books.available(), books.reserved(),
                books.redeemed(), books.expired(), books.revoked(), books.transferred())).isEqualTo(
                List.of(line.recorded(), line.available(), line.reserved(), line.redeemed(),
                        line.expired(), line.revoked(), line.transferred()));
        assertThat(line.available() + line.reserved() + line.redeemed() + line.expired()
                + line.revoked() + line.transferred()).isEqualTo(line.recorded());
        return List.of(line.available(), line.reserved(), line.redeemed(), line.expired(),
                line.revoked());
    }

    private void recordAndReserve(long hundredths, long reserved, LocalDate on) {
        facts.fold(recorded(1, hundredths, "2024-01-01", "2024-12-31"));
        facts.fold(begun(1, "2024-01-01"));
        facts.fold(decided(1, 1, on, posting(1, AVAILABLE, RESERVED, reserved)));
    }

    @Test
    void what_is_recognised_is_reserved_from_the_day_it_was_decided_for() {
        recordAndReserve(450, 300, MARCH);
        assertThat(on(MARCH.minusDays(1))).containsExactly(450L, 0L, 0L, 0L, 0L);
        assertThat(on(MARCH)).containsExactly(150L, 300L, 0L, 0L, 0L);
    }

    @Test
    void a_diploma_redeems_what_was_reserved_and_its_reversal_reserves_it_again() {
        recordAndReserve(450, 300, MARCH);
        facts.fold(redeemed(1, Facts.diploma(1), APRIL,
                posting(1, RESERVED, REDEEMED, 300)));
        facts.fold(reversed(1, MAY, posting(1, REDEEMED, RESERVED, 300)));
        assertThat(on(MARCH)).containsExactly(150L, 300L, 0L, 0L, 0L);
        assertThat(on(APRIL)).containsExactly(150L, 0L, 300L, 0L, 0L);
        assertThat(on(MAY)).containsExactly(150L, 300L, 0L, 0L, 0L);
    }

    @Test
    void who_leaves_has_everything_available_again() {
        recordAndReserve(450, 450, MARCH);
        facts.fold(left(1, APRIL, posting(1, RESERVED, AVAILABLE, 450)));
        assertThat(on(APRIL.minusDays(1))).containsExactly(0L, 450L, 0L, 0L, 0L);
        assertThat(on(APRIL)).containsExactly(450L, 0L, 0L, 0L, 0L);
    }

    @Test
    void only_available_credits_expire() {
        recordAndReserve(450, 300, MARCH);
        facts.fold(redeemed(1, new Certificate("证书"), APRIL,
                posting(1, AVAILABLE, REDEEMED, 100)));
        assertThat(on(day("2024-12-31"))).containsExactly(50L, 300L, 100L, 0L, 0L);
        assertThat(on(day("2025-01-01"))).containsExactly(0L, 300L, 100L, 50L, 0L);
    }

    @Test
    void what_is_released_after_its_last_day_is_expired_at_once() {
        recordAndReserve(450, 450, MARCH);
        facts.fold(left(1, day("2025-02-01"), posting(1, RESERVED, AVAILABLE, 450)));
        assertThat(on(day("2025-01-31"))).containsExactly(0L, 450L, 0L, 0L, 0L);
        assertThat(on(day("2025-02-01"))).containsExactly(0L, 0L, 0L, 450L, 0L);
    }

    @Test
    void a_revocation_takes_all_of_it_from_its_day_on() {
        recordAndReserve(450, 300, MARCH);
        facts.fold(withdrawn(1, 1, Cause.REVOKED, JUNE, posting(1, RESERVED, AVAILABLE, 300)));
        facts.fold(facts.revoked(achievement(1), APRIL));
        assertThat(on(APRIL.minusDays(1))).containsExactly(150L, 300L, 0L, 0L, 0L);
        assertThat(on(APRIL)).containsExactly(0L, 0L, 0L, 0L, 450L);
        assertThat(on(day("2025-01-01"))).containsExactly(0L, 0L, 0L, 0L, 450L);
    }

    @Test
    void a_correction_to_less_leaves_no_more_bound_before_it_than_there_is() {
        recordAndReserve(450, 300, MARCH);
        facts.fold(redeemed(1, new Certificate("证书"), APRIL,
                posting(1, AVAILABLE, REDEEMED, 100)));
        facts.fold(withdrawn(1, 1, Cause.CORRECTED, JUNE, posting(1, RESERVED, AVAILABLE, 300)));
        facts.fold(facts.corrected(1, 200, CreditUnit.CN));
        assertThat(on(MARCH)).containsExactly(0L, 200L, 0L, 0L, 0L);
        assertThat(on(MAY)).containsExactly(0L, 100L, 100L, 0L, 0L);
        assertThat(on(JUNE)).containsExactly(100L, 0L, 100L, 0L, 0L);
    }

    @Test
    void a_correction_to_another_unit_forgets_what_was_bound_in_the_old_one() {
        recordAndReserve(450, 300, MARCH);
        facts.fold(withdrawn(1, 1, Cause.CORRECTED, JUNE, posting(1, RESERVED, AVAILABLE, 300)));
        facts.fold(facts.corrected(1, 600, CreditUnit.ECTS));
        assertThat(on(MARCH)).containsExactly(600L, 0L, 0L, 0L, 0L);
        assertThat(facts.standing(1).postings()).isEmpty();
    }

    @Test
    void what_is_given_back_from_an_earlier_day_was_never_bound() {
        recordAndReserve(450, 300, MAY);
        facts.fold(left(1, MARCH, posting(1, RESERVED, AVAILABLE, 300)));
        for (LocalDate day : List.of(MARCH, APRIL, MAY, JUNE)) {
            assertThat(on(day)).containsExactly(450L, 0L, 0L, 0L, 0L);
        }
    }

    @Test
    void credits_that_cannot_have_been_used_are_given_back_by_the_redemption() {
        facts.fold(recorded(1, 450, "2024-01-01", null));
        facts.fold(redeemed(1, new Certificate("证书"), MARCH,
                posting(1, AVAILABLE, REDEEMED, 400)));
        facts.fold(questioned(
                1, 1, AchievementChange.CORRECTED, MAY, posting(1, REDEEMED, AVAILABLE, 100)));
        facts.fold(facts.corrected(1, 300, CreditUnit.CN));
        assertThat(on(MARCH)).containsExactly(0L, 0L, 300L, 0L, 0L);
        assertThat(on(MAY)).containsExactly(0L, 0L, 300L, 0L, 0L);
    }

    @Test
    void the_next_expiry_is_that_of_available_credits() {
        recordAndReserve(450, 450, MARCH);
        facts.fold(recorded(2, 100, "2024-01-01", "2026-12-31"));
        assertThat(Balance.of(facts.shelf, LEARNER, MARCH).nextExpiry())
                .isEqualTo(day("2027-01-01"));
        facts.fold(left(1, APRIL, posting(1, RESERVED, AVAILABLE, 450)));
        assertThat(Balance.of(facts.shelf, LEARNER, MARCH).nextExpiry())
                .isEqualTo(day("2025-01-01"));
    }

    @Test
    void what_is_valid_on_the_last_of_all_days_never_expires() {
        facts.fold(recorded(1, 450, "2024-01-01", "9999-12-31"));
        assertThat(on(day("9999-12-31"))).containsExactly(450L, 0L, 0L, 0L, 0L);
        assertThat(Balance.of(facts.shelf, LEARNER, MARCH).nextExpiry()).isNull();
    }

    // ------------------------------------------------------------------ impossible entries

    @Test
    void more_cannot_be_bound_than_there_is() {
        recordAndReserve(450, 300, MARCH);
        assertThatThrownBy(() -> facts.fold(decided(2, 1, APRIL,
                posting(1, AVAILABLE, RESERVED, 151))))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("than there is");
    }

    @Test
    void more_cannot_be_given_back_than_was_bound() {
        recordAndReserve(450, 300, MARCH);
        assertThatThrownBy(() -> facts.fold(left(1, APRIL,
                posting(1, RESERVED, AVAILABLE, 301))))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("than there is");
    }

    @Test
    void a_correction_cannot_leave_less_than_is_bound() {
        recordAndReserve(450, 300, MARCH);
        assertThatThrownBy(() -> facts.fold(facts.corrected(1, 299, CreditUnit.CN)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("than there is");
        assertThatThrownBy(() -> facts.fold(facts.corrected(1, 450, CreditUnit.ECTS)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("another unit");
    }

    @Test
    void a_posting_of_another_unit_than_the_deposit_is_impossible() {
        recordAndReserve(450, 300, MARCH);
        assertThatThrownBy(() -> facts.fold(decided(2, 1, APRIL, posting(1, AVAILABLE, RESERVED,
                new Credits(1, CreditUnit.UK)))))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("another pool");
    }
}
