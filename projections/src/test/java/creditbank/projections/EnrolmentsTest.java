package creditbank.projections;

import static creditbank.api.account.CreditState.AVAILABLE;
import static creditbank.api.account.CreditState.REDEEMED;
import static creditbank.api.account.CreditState.RESERVED;
import static creditbank.projections.Facts.AGREEMENT;
import static creditbank.projections.Facts.CLAUSE;
import static creditbank.projections.Facts.LEARNER;
import static creditbank.projections.Facts.PROGRAMME;
import static creditbank.projections.Facts.RULEBOOK;
import static creditbank.projections.Facts.SCHOOL;
import static creditbank.projections.Facts.achievement;
import static creditbank.projections.Facts.begun;
import static creditbank.projections.Facts.day;
import static creditbank.projections.Facts.decided;
import static creditbank.projections.Facts.enrolment;
import static creditbank.projections.Facts.left;
import static creditbank.projections.Facts.posting;
import static creditbank.projections.Facts.questioned;
import static creditbank.projections.Facts.recognition;
import static creditbank.projections.Facts.recorded;
import static creditbank.projections.Facts.redeemed;
import static creditbank.projections.Facts.redemption;
import static creditbank.projections.Facts.reversed;
import static creditbank.projections.Facts.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.Event;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.EnrolmentEvent.EnrolmentMoved;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RedemptionPurpose.Certificate;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.projections.Enrolments.Enrolment;
import creditbank.projections.Enrolments.Line;
import creditbank.projections.Enrolments.Status;
import creditbank.projections.Recognitions.Recognition;
import creditbank.projections.Redemptions.Redemption;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EnrolmentsTest {

    private static final LocalDate MARCH = day("2024-03-01");
    private static final LocalDate APRIL = day("2024-04-01");
    private static final LocalDate MAY = day("2024-05-01");

    private final Facts facts = new Facts();
    private long decidedAt;

    @BeforeEach
    void two_courses_count_towards_a_programme() {
        facts.fold(recorded(1, 450, "2024-01-01", null));
        facts.fold(recorded(2, 200, "2024-01-01", null));
        facts.fold(begun(1, "2024-02-01"));
        decidedAt = facts.fold(decided(1, 1, MARCH, posting(1, AVAILABLE, RESERVED, 450),
                posting(2, AVAILABLE, RESERVED, 200)));
    }

    private Enrolment enrolled() {
        return Objects.requireNonNull(Enrolments.get(facts.shelf, enrolment(1)));
    }

    private Recognition decision() {
        return Objects.requireNonNull(Recognitions.get(facts.shelf, recognition(1)));
    }

    private Redemption redeemedFor(int number) {
        return Objects.requireNonNull(Redemptions.get(facts.shelf, redemption(number)));
    }

    private <T> List<T> documents(View<T> view, Views.Range range) {
        return facts.shelf.page(view, range).stream().map(Views.Row::document).toList();
    }

    // ------------------------------------------------------------------ enrolments

    @Test
    void every_line_says_why_it_counts() {
        assertThat(enrolled().lines()).containsExactly(
                new Line(recognition(1), RULEBOOK, AGREEMENT, achievement(1),
                        TargetId.course("C1"), CLAUSE, new Credits(450, CreditUnit.CN), null,
                        decidedAt),
                new Line(recognition(1), RULEBOOK, AGREEMENT, achievement(2),
                        TargetId.course("C2"), CLAUSE, new Credits(200, CreditUnit.CN), null,
                        decidedAt));
        assertThat(enrolled()).returns(Status.ACTIVE, Enrolment::status)
                .returns(day("2024-02-01"), Enrolment::begunOn)
                .returns(null, Enrolment::endedOn).returns(PROGRAMME, Enrolment::programme);
    }

    @Test
    void a_second_decision_adds_its_lines() {
        facts.fold(recorded(3, 100, "2024-01-01", null));
        facts.fold(decided(2, 1, APRIL, posting(3, AVAILABLE, RESERVED, 100)));
        assertThat(enrolled().lines()).extracting(Line::recognition)
                .containsExactly(recognition(1), recognition(1), recognition(2));
    }

    @Test
    void what_is_taken_back_of_an_achievement_counts_no_longer() {
        long at = facts.fold(withdrawn(1, 1, Cause.MISTAKE, APRIL,
                posting(1, RESERVED, AVAILABLE, 450)));
        assertThat(enrolled().lines()).extracting(Line::evidence)
                .containsExactly(achievement(2));
        assertThat(enrolled().changedAt()).isEqualTo(at);
        assertThat(decision().withdrawn()).containsExactly(
                new Recognitions.Withdrawn(achievement(1), Cause.MISTAKE, APRIL, at));
        assertThat(decision().granted()).isEqualTo(2);
    }

    @Test
    void the_lines_of_one_who_left_are_kept_and_do_not_stand() {
        facts.fold(left(1, APRIL, posting(1, RESERVED, AVAILABLE, 450),
                posting(2, RESERVED, AVAILABLE, 200)));
        assertThat(enrolled()).returns(Status.WITHDRAWN, Enrolment::status)
                .returns(APRIL, Enrolment::endedOn);
        assertThat(enrolled().lines()).hasSize(2);
        assertThat(enrolled().standing()).isEmpty();
    }

    @Test
    void another_version_of_the_programme_holds_once_moved() {
        facts.fold(new EnrolmentMoved(enrolment(1), PROGRAMME.next(), MARCH));
        assertThat(enrolled().programme()).isEqualTo(PROGRAMME.next());
        assertThat(enrolled().standing()).hasSize(2);
    }

    @Test
    void a_diploma_graduates_and_its_reversal_takes_up_the_studies_again() {
        facts.fold(graduated());
        assertThat(enrolled()).returns(Status.GRADUATED, Enrolment::status)
                .returns(MAY, Enrolment::endedOn).returns(redemption(1), Enrolment::graduatedBy);
        assertThat(enrolled().standing()).hasSize(2);
        facts.fold(reversed(1, MAY.plusDays(1), posting(1, REDEEMED, RESERVED, 450),
                posting(2, REDEEMED, RESERVED, 200)));
        assertThat(enrolled()).returns(Status.ACTIVE, Enrolment::status)
                .returns(null, Enrolment::endedOn).returns(null, Enrolment::graduatedBy);
        assertThat(redeemedFor(1)).returns(Redemptions.Status.REVERSED, Redemption::status)
                .returns(MAY.plusDays(1), Redemption::reversedOn);
    }

    private static Event graduated() {
        return redeemed(1, Facts.diploma(1), MAY, posting(1, RESERVED, REDEEMED, 450),
                posting(2, RESERVED, REDEEMED, 200));
    }

    @Test
    void enrolments_are_found_by_learner_and_school() {
        facts.fold(begun(2, "2023-02-01"));
        facts.fold(begun(3, "2025-02-01"));
        assertThat(documents(Enrolments.ENROLMENTS, Enrolments.ofLearner(LEARNER, 9)))
                .extracting(Enrolment::id)
                .containsExactly(enrolment(1), enrolment(2), enrolment(3));
        assertThat(documents(Enrolments.ENROLMENTS, Enrolments.ofSchool(SCHOOL, 9)))
                .extracting(Enrolment::id)
                .containsExactly(enrolment(3), enrolment(1), enrolment(2));
        assertThat(documents(Enrolments.ENROLMENTS, Enrolments.ofSchool(Facts.COLLEGE, 9)))
                .isEmpty();
    }

    // ------------------------------------------------------------------ recognitions

    @Test
    void a_decision_says_where_all_of_it_stands() {
        assertThat(decision()).isEqualTo(new Recognition(recognition(1), enrolment(1), MARCH,
                RULEBOOK, AGREEMENT, null, true, 2, 0, List.of(),
                facts.entries.get((int) decidedAt).recordedAt(), decidedAt));
    }

    @Test
    void decisions_are_found_by_learner() {
        facts.fold(begun(2, "2024-02-01"));
        facts.fold(decided(2, 2, APRIL));
        facts.fold(decided(3, 1, APRIL));
        assertThat(documents(Recognitions.RECOGNITIONS, Recognitions.ofLearner(LEARNER, 9)))
                .extracting(Recognition::id)
                .containsExactly(recognition(1), recognition(2), recognition(3));
    }

    // ------------------------------------------------------------------ redemptions

    @Test
    void a_diploma_that_rests_on_what_was_revoked_is_in_question_until_it_is_reversed() {
        facts.fold(graduated());
        assertThat(documents(Redemptions.REDEMPTIONS, Redemptions.inQuestion(9))).isEmpty();
        long at = facts.fold(questioned(1, 1, AchievementChange.REVOKED, MAY,
                posting(1, REDEEMED, AVAILABLE, 450)));
        facts.fold(facts.revoked(achievement(1), MARCH));
        assertThat(documents(Redemptions.REDEMPTIONS, Redemptions.inQuestion(9)))
                .containsExactly(redeemedFor(1));
        assertThat(redeemedFor(1).questioned()).containsExactly(new Redemptions.Question(
                achievement(1), AchievementChange.REVOKED, MAY,
                List.of(posting(1, REDEEMED, AVAILABLE, 450)), at));
        assertThat(enrolled().status()).isEqualTo(Status.GRADUATED);
        facts.fold(reversed(1, MAY, posting(2, REDEEMED, RESERVED, 200)));
        assertThat(documents(Redemptions.REDEMPTIONS, Redemptions.inQuestion(9))).isEmpty();
        assertThat(redeemedFor(1).questioned()).hasSize(1);
    }

    @Test
    void what_was_questioned_last_comes_first() {
        facts.fold(recorded(3, 300, "2024-01-01", null));
        facts.fold(recorded(4, 300, "2024-01-01", null));
        facts.fold(redeemed(1, new Certificate("甲"), MAY, posting(3, AVAILABLE, REDEEMED, 300)));
        facts.fold(redeemed(2, new Certificate("乙"), MAY, posting(4, AVAILABLE, REDEEMED, 300)));
        facts.fold(questioned(2, 4, AchievementChange.CORRECTED, MAY));
        facts.fold(questioned(1, 3, AchievementChange.CORRECTED, MAY));
        assertThat(documents(Redemptions.REDEMPTIONS, Redemptions.inQuestion(9)))
                .extracting(Redemption::id).containsExactly(redemption(1), redemption(2));
    }

    @Test
    void redemptions_are_found_by_learner_and_institution() {
        facts.fold(recorded(3, 300, "2024-01-01", null));
        facts.fold(redeemed(1, new Certificate("甲"), MAY, posting(3, AVAILABLE, REDEEMED, 100)));
        facts.fold(redeemed(2, new Certificate("乙"), APRIL,
                posting(3, AVAILABLE, REDEEMED, 200)));
        assertThat(documents(Redemptions.REDEMPTIONS, Redemptions.ofLearner(LEARNER, 9)))
                .extracting(Redemption::id).containsExactly(redemption(1), redemption(2));
        assertThat(documents(Redemptions.REDEMPTIONS, Redemptions.ofInstitution(SCHOOL, 9)))
                .extracting(Redemption::id).containsExactly(redemption(1), redemption(2));
        assertThat(redeemedFor(2).evidence()).containsExactly(achievement(3));
    }

    // ------------------------------------------------------------------ impossible entries

    @Test
    void what_never_was_cannot_change() {
        assertThatThrownBy(() -> facts.fold(left(9, MAY)))
                .hasMessage("No enrolment 7K3M9Q2HX4T8W1ZC-e9 ever began");
        assertThatThrownBy(() -> facts.fold(withdrawn(9, 1, Cause.MISTAKE, MAY)))
                .hasMessage("No recognition 7K3M9Q2HX4T8W1ZC-r9 was ever decided");
        assertThatThrownBy(() -> facts.fold(reversed(9, MAY)))
                .hasMessage("No redemption 7K3M9Q2HX4T8W1ZC-d9 was ever made");
    }
}
