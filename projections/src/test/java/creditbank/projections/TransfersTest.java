package creditbank.projections;

import static creditbank.api.account.CreditState.AVAILABLE;
import static creditbank.api.account.CreditState.RESERVED;
import static creditbank.api.account.CreditState.TRANSFERRED;
import static creditbank.projections.Facts.COLLEGE;
import static creditbank.projections.Facts.LEARNER;
import static creditbank.projections.Facts.SCHOOL;
import static creditbank.projections.Facts.accepted;
import static creditbank.projections.Facts.achievement;
import static creditbank.projections.Facts.cameBack;
import static creditbank.projections.Facts.day;
import static creditbank.projections.Facts.declined;
import static creditbank.projections.Facts.lapsed;
import static creditbank.projections.Facts.offered;
import static creditbank.projections.Facts.posting;
import static creditbank.projections.Facts.recorded;
import static creditbank.projections.Facts.takenBack;
import static creditbank.projections.Facts.transfer;
import static creditbank.projections.Facts.undone;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.AchievementChange;
import creditbank.projections.Transfers.Line;
import creditbank.projections.Transfers.State;
import creditbank.projections.Transfers.Transfer;
import creditbank.projections.Transfers.Undone;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransfersTest {

    private static final LocalDate MARCH = day("2024-03-01");
    private static final LocalDate APRIL = day("2024-04-01");
    private static final LocalDate MAY = day("2024-05-01");

    private final Facts facts = new Facts();
    private long offeredAt;

    @BeforeEach
    void a_course_is_offered() {
        facts.fold(recorded(1, 450, "2024-01-01", null));
        facts.fold(recorded(2, 200, "2024-01-01", null));
        offeredAt = facts.fold(offered(1, MARCH, posting(1, AVAILABLE, RESERVED, 450)));
    }

    private Transfer one(int number) {
        return Objects.requireNonNull(Transfers.get(facts.shelf, transfer(number)));
    }

    private List<Transfer> page(Views.Range range) {
        return facts.shelf.page(Transfers.TRANSFERS, range).stream()
                .map(Views.Row::document).toList();
    }

    @Test
    void what_waits_says_what_becomes_what_under_which_clause_and_until_when() {
        Transfer waiting = one(1);
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.from()).isEqualTo(COLLEGE);
        assertThat(waiting.to()).isEqualTo(SCHOOL);
        assertThat(waiting.rulebook()).isEqualTo(Facts.RULEBOOK);
        assertThat(waiting.answerBy()).isEqualTo(MARCH.plusDays(60));
        assertThat(waiting.endedOn()).isNull();
        assertThat(waiting.position()).isEqualTo(offeredAt);
        Line line = waiting.lines().getFirst();
        assertThat(line.evidence()).isEqualTo(achievement(1));
        assertThat(line.clause()).isEqualTo(Facts.CLAUSE);
        assertThat(line.becomes()).isEqualTo(line.credits());
        assertThat(line.received()).isNull();
    }

    @Test
    void both_schools_see_the_same_document_each_on_its_side() {
        facts.fold(offered(2, APRIL, posting(2, AVAILABLE, RESERVED, 200)));
        facts.fold(declined(1, APRIL, posting(1, RESERVED, AVAILABLE, 450)));
        assertThat(page(Transfers.from(COLLEGE, null, 10))).containsExactly(one(2), one(1));
        assertThat(page(Transfers.to(SCHOOL, null, 10))).containsExactly(one(2), one(1));
        assertThat(page(Transfers.to(SCHOOL, State.WAITING, 10))).containsExactly(one(2));
        assertThat(page(Transfers.from(COLLEGE, State.DECLINED, 10))).containsExactly(one(1));
        assertThat(page(Transfers.to(COLLEGE, null, 10))).isEmpty();
        assertThat(page(Transfers.ofLearner(LEARNER, 10))).containsExactly(one(1), one(2));
    }

    @Test
    void what_was_accepted_names_what_it_became_and_what_was_undone_since() {
        long at = facts.fold(accepted(1, APRIL, posting(1, RESERVED, TRANSFERRED, 450)));
        assertThat(one(1).state()).isEqualTo(State.ACCEPTED);
        assertThat(one(1).endedOn()).isEqualTo(APRIL);
        assertThat(one(1).lines()).extracting(Line::received)
                .containsExactly(achievement(1_001));
        assertThat(one(1).steps()).extracting(Step::position).containsExactly(offeredAt, at);
        facts.fold(undone(
                1, 1, AchievementChange.REVOKED, APRIL, posting(1, TRANSFERRED, AVAILABLE, 450)));
        assertThat(one(1).undone())
                .containsExactly(new Undone(
                        achievement(1), AchievementChange.REVOKED, null, APRIL));
        assertThat(one(1).state()).isEqualTo(State.ACCEPTED);
    }

    @Test
    void what_came_back_names_the_last_of_what_it_had_become() {
        facts.fold(accepted(1, APRIL, posting(1, RESERVED, TRANSFERRED, 450)));
        facts.fold(cameBack(
                1, 1, 1_001, MAY, posting(1, TRANSFERRED, AVAILABLE, 450)));
        assertThat(one(1).undone()).containsExactly(new Undone(
                achievement(1), AchievementChange.REVOKED, achievement(1_001), MAY));
        assertThat(facts.standing(1).amounts(APRIL).transferred()).isEqualTo(450);
        assertThat(facts.standing(1).amounts(MAY)).isEqualTo(new Amounts(450, 0, 0, 0, 0, 0));
    }

    @Test
    void what_was_transferred_is_none_of_the_other_sums() {
        facts.fold(accepted(1, APRIL, posting(1, RESERVED, TRANSFERRED, 450)));
        assertThat(facts.standing(1).amounts(MARCH)).isEqualTo(
                new Amounts(450, 450, 0, 0, 0, 0));
        assertThat(facts.standing(1).amounts(APRIL)).isEqualTo(
                new Amounts(450, 0, 0, 0, 0, 450));
    }

    @Test
    void those_are_overdue_whose_last_day_has_passed_and_that_wait() {
        LocalDate last = MARCH.plusDays(60);
        assertThat(page(Transfers.overdue(last, 10))).isEmpty();
        assertThat(page(Transfers.overdue(last.plusDays(1), 10))).containsExactly(one(1));
        facts.fold(lapsed(1, last.plusDays(1), posting(1, RESERVED, AVAILABLE, 450)));
        assertThat(one(1).state()).isEqualTo(State.LAPSED);
        assertThat(page(Transfers.overdue(last.plusDays(1), 10))).isEmpty();
    }

    @Test
    void what_is_taken_back_waits_no_more() {
        facts.fold(takenBack(
                1, 1, AchievementChange.CORRECTED, APRIL, posting(1, RESERVED, AVAILABLE, 450)));
        assertThat(one(1).state()).isEqualTo(State.WITHDRAWN);
    }

    @Test
    void nobody_waits_for_an_account_that_is_closed_for_good() {
        facts.fold(offered(2, APRIL, posting(2, AVAILABLE, RESERVED, 200)));
        facts.fold(declined(1, APRIL, posting(1, RESERVED, AVAILABLE, 450)));
        facts.fold(new LearnerErased(LEARNER, List.of()));
        assertThat(one(1).state()).isEqualTo(State.DECLINED);
        assertThat(one(2).state()).isEqualTo(State.CLOSED);
        assertThat(page(Transfers.overdue(LocalDate.MAX, 10))).isEmpty();
    }
}
