package creditbank.projections;

import static creditbank.api.account.CreditState.AVAILABLE;
import static creditbank.api.account.CreditState.REDEEMED;
import static creditbank.api.account.CreditState.RESERVED;
import static creditbank.api.account.CreditState.TRANSFERRED;
import static creditbank.projections.Facts.accepted;
import static creditbank.projections.Facts.achievement;
import static creditbank.projections.Facts.begun;
import static creditbank.projections.Facts.day;
import static creditbank.projections.Facts.decided;
import static creditbank.projections.Facts.enrolment;
import static creditbank.projections.Facts.left;
import static creditbank.projections.Facts.offered;
import static creditbank.projections.Facts.posting;
import static creditbank.projections.Facts.questioned;
import static creditbank.projections.Facts.recognition;
import static creditbank.projections.Facts.recorded;
import static creditbank.projections.Facts.redeemed;
import static creditbank.projections.Facts.redemption;
import static creditbank.projections.Facts.reversed;
import static creditbank.projections.Facts.transfer;
import static creditbank.projections.Facts.undone;
import static creditbank.projections.Facts.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import creditbank.api.account.AchievementChange;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RedemptionPurpose.Certificate;
import creditbank.projections.Statement.Line;
import creditbank.projections.Statement.Movement;
import creditbank.projections.Statement.Occasion;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StatementTest {

    private static final LocalDate DAY = day("2024-03-01");

    @Test
    void every_posting_is_a_movement_that_says_what_it_was_for() {
        Facts facts = new Facts();
        facts.fold(recorded(1, 450, "2024-01-01", null));
        facts.fold(begun(1, "2024-01-01"));
        facts.fold(decided(1, 1, DAY, posting(1, AVAILABLE, RESERVED, 300)));
        facts.fold(redeemed(1, Facts.diploma(1), DAY,
                posting(1, RESERVED, REDEEMED, 300)));
        facts.fold(reversed(1, DAY, posting(1, REDEEMED, RESERVED, 300)));
        facts.fold(withdrawn(1, 1, Cause.MISTAKE, DAY, posting(1, RESERVED, AVAILABLE, 300)));
        facts.fold(redeemed(2, new Certificate("证书"), DAY,
                posting(1, AVAILABLE, REDEEMED, 450)));
        facts.fold(questioned(
                2, 1, AchievementChange.REVOKED, DAY, posting(1, REDEEMED, AVAILABLE, 450)));
        facts.fold(facts.revoked(achievement(1), DAY));
        facts.fold(left(1, DAY));
        List<Line> lines = Statement.of(facts.entries);
        assertThat(lines).extracting(Line::position, Line::movement, Line::from, Line::to,
                Line::amount, Line::occasion).containsExactly(
                tuple(0L, Movement.DEPOSITED, null, null, 450L, null),
                tuple(2L, Movement.RESERVED, AVAILABLE, RESERVED, 300L,
                        new Occasion(enrolment(1), recognition(1), null, null)),
                tuple(3L, Movement.REDEEMED, RESERVED, REDEEMED, 300L,
                        new Occasion(enrolment(1), null, redemption(1), null)),
                tuple(4L, Movement.RETURNED, REDEEMED, RESERVED, 300L,
                        new Occasion(null, null, redemption(1), null)),
                tuple(5L, Movement.RELEASED, RESERVED, AVAILABLE, 300L,
                        new Occasion(null, recognition(1), null, null)),
                tuple(6L, Movement.REDEEMED, AVAILABLE, REDEEMED, 450L,
                        new Occasion(null, null, redemption(2), null)),
                tuple(7L, Movement.RETURNED, REDEEMED, AVAILABLE, 450L,
                        new Occasion(null, null, redemption(2), null)),
                tuple(8L, Movement.REVOKED, null, null, -450L, null));
        assertThat(lines.get(1)).returns(DAY, Line::happenedOn)
                .returns(Instant.EPOCH.plusSeconds(2), Line::recordedAt)
                .returns(achievement(1), Line::achievement);
    }

    @Test
    void what_is_released_by_leaving_names_the_enrolment() {
        Facts facts = new Facts();
        facts.fold(recorded(1, 450, "2024-01-01", null));
        facts.fold(begun(1, "2024-01-01"));
        facts.fold(decided(1, 1, DAY, posting(1, AVAILABLE, RESERVED, 300)));
        facts.fold(left(1, DAY, posting(1, RESERVED, AVAILABLE, 300)));
        assertThat(Statement.of(facts.entries).getLast().occasion())
                .isEqualTo(new Occasion(enrolment(1), null, null, null));
    }

    @Test
    void what_goes_to_another_school_and_comes_back_names_the_transfer() {
        Facts facts = new Facts();
        facts.fold(recorded(1, 450, "2024-01-01", null));
        facts.fold(offered(1, DAY, posting(1, AVAILABLE, RESERVED, 450)));
        facts.fold(accepted(1, DAY, posting(1, RESERVED, TRANSFERRED, 450)));
        facts.fold(undone(
                1, 1, AchievementChange.REVOKED, DAY, posting(1, TRANSFERRED, AVAILABLE, 450)));
        assertThat(Statement.of(facts.entries)).extracting(Line::movement, Line::occasion)
                .containsExactly(tuple(Movement.DEPOSITED, null),
                        tuple(Movement.RESERVED, new Occasion(null, null, null, transfer(1))),
                        tuple(Movement.TRANSFERRED, new Occasion(null, null, null, transfer(1))),
                        tuple(Movement.RETURNED, new Occasion(null, null, null, transfer(1))));
    }
}
