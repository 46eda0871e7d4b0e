package creditbank.projections;

import static creditbank.projections.IndicatorFacts.ABROAD;
import static creditbank.projections.IndicatorFacts.COLLEGE;
import static creditbank.projections.IndicatorFacts.OPEN_UNIVERSITY;
import static creditbank.projections.IndicatorFacts.learner;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.account.AchievementKind;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import creditbank.projections.Behind.Counted;
import creditbank.projections.Indicators.Span;
import creditbank.projections.Indicators.Total;
import creditbank.projections.Moves.Cell;
import creditbank.projections.Place.Scope;
import java.time.YearMonth;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndicatorsTest {

    private static final AchievementKind TRAINING = AchievementKind.TRAINING;

    private final IndicatorFacts facts = new IndicatorFacts();

    private static Span span(String from, String until) {
        return new Span(YearMonth.parse(from), YearMonth.parse(until));
    }

    private Total total(Figure figure, Scope scope, String from, String until) {
        return Indicators.of(facts.shelf, figure, scope, List.of(span(from, until))).getFirst();
    }

    private Total training(String from, String until) {
        return total(Figure.TRAINING, Scope.ALL, from, until);
    }

    private static Total of(String from, String until, long times, long people, long takenBack) {
        return new Total(YearMonth.parse(from), YearMonth.parse(until), times, people, takenBack);
    }

    @Test
    void person_times_of_months_add_up_and_people_are_counted_once() {
        facts.record(learner(1), TRAINING, COLLEGE, "2025-01-10");
        facts.record(learner(1), TRAINING, COLLEGE, "2025-01-20");
        facts.record(learner(1), TRAINING, COLLEGE, "2025-03-05");
        facts.record(learner(2), TRAINING, COLLEGE, "2025-03-06");

        assertThat(training("2025-01", "2025-01")).isEqualTo(of("2025-01", "2025-01", 2, 1, 0));
        assertThat(training("2025-03", "2025-03")).isEqualTo(of("2025-03", "2025-03", 2, 2, 0));
        assertThat(training("2025-01", "2025-03")).isEqualTo(of("2025-01", "2025-03", 4, 2, 0));
        assertThat(training("2025-02", "2025-02")).isEqualTo(of("2025-02", "2025-02", 0, 0, 0));
    }

    @Test
    void what_is_told_late_counts_in_the_month_it_happened_in() {
        facts.record(learner(1), TRAINING, COLLEGE, "2025-01-10");
        facts.record(learner(1), TRAINING, COLLEGE, "2025-03-10");
        facts.record(learner(1), TRAINING, COLLEGE, "2025-02-10");

        assertThat(training("2025-02", "2025-03")).isEqualTo(of("2025-02", "2025-03", 2, 1, 0));
        assertThat(training("2025-01", "2025-03")).isEqualTo(of("2025-01", "2025-03", 3, 1, 0));
    }

    @Test
    void what_is_revoked_is_taken_from_the_month_in_which_it_was_counted_and_shown_beside_it() {
        facts.record(learner(1), TRAINING, COLLEGE, "2025-01-10");
        facts.record(learner(1), TRAINING, COLLEGE, "2025-02-10");
        facts.record(learner(2), TRAINING, COLLEGE, "2025-02-11");
        facts.revoke(learner(1), 1);

        assertThat(training("2025-01", "2025-01")).isEqualTo(of("2025-01", "2025-01", 0, 0, 1));
        assertThat(training("2025-01", "2025-02")).isEqualTo(of("2025-01", "2025-02", 2, 2, 1));
    }

    @Test
    void what_is_corrected_was_always_so() {
        facts.record(learner(1), TRAINING, COLLEGE, "2025-01-10");
        facts.correct(learner(1), 1, COLLEGE, "2025-06-10");

        assertThat(training("2025-01", "2025-05")).isEqualTo(of("2025-01", "2025-05", 0, 0, 0));
        assertThat(training("2025-06", "2025-06")).isEqualTo(of("2025-06", "2025-06", 1, 1, 0));
    }

    @Test
    void a_region_counts_for_all_it_lies_in_and_a_sector_for_itself() {
        facts.record(learner(1), TRAINING, COLLEGE, "2025-01-10");
        facts.record(learner(1), TRAINING, OPEN_UNIVERSITY, "2025-01-11");
        facts.record(learner(1), TRAINING, ABROAD, "2025-01-12");

        assertThat(List.of(Scope.ALL, Scope.of(new Region("210000"), null),
                        Scope.of(new Region("210600"), null),
                        Scope.of(new Region("210604"), null),
                        Scope.of(new Region("330000"), null),
                        Scope.of((Region) null, Sector.ADULT),
                        Scope.of(new Region("210000"), Sector.VOCATIONAL),
                        Scope.of(COLLEGE)))
                .extracting(s -> total(Figure.TRAINING, s, "2025-01", "2025-01").personTimes())
                .containsExactly(3L, 2L, 1L, 1L, 0L, 2L, 1L, 1L);
        assertThat(training("2025-01", "2025-01").people()).isEqualTo(1);
    }

    @Test
    void a_certificate_is_counted_by_its_level_too() {
        facts.certificate(learner(1), "ADVANCED", "2025-01-10");

        assertThat(List.of(Figure.SKILL_CERTIFICATES, Figure.ADVANCED_CERTIFICATES,
                Figure.ELEMENTARY_CERTIFICATES, Figure.DIPLOMAS))
                .extracting(f -> total(f, Scope.ALL, "2025-01", "2025-01").people())
                .containsExactly(1L, 1L, 0L, 0L);
    }

    @Test
    void who_is_enrolled_at_an_employer_too_is_an_apprentice() {
        facts.enrol(learner(1), 1, COLLEGE, "2025-09-01", true);
        facts.enrol(learner(2), 1, COLLEGE, "2025-09-01", false);

        assertThat(total(Figure.ENROLMENTS, Scope.ALL, "2025-09", "2025-09").people())
                .isEqualTo(2);
        assertThat(total(Figure.APPRENTICE_ENROLMENTS, Scope.ALL, "2025-09", "2025-09").people())
                .isEqualTo(1);
        assertThat(behind(Figure.APPRENTICE_ENROLMENTS, Scope.ALL, null, 10).counted())
                .extracting(Counted::id).containsExactly(learner(1) + "-e1");
    }

    // ------------------------------------------------------------------ moves

    private List<Cell> matrix() {
        return Moves.matrix(facts.shelf, Scope.ALL, Scope.ALL, span("2025-01", "2025-12"));
    }

    private void two_outcomes_move() {
        facts.record(learner(1), AchievementKind.COURSE, COLLEGE, "2024-01-10");
        facts.record(learner(1), AchievementKind.COURSE, COLLEGE, "2024-02-10");
        facts.enrol(learner(1), 1, OPEN_UNIVERSITY, "2025-02-01", false);
        facts.recognise(learner(1), 1, 1, "2025-03-01", 1, 2);
    }

    @Test
    void what_is_recognised_moves_from_the_issuer_s_sector_to_the_school_s() {
        two_outcomes_move();

        assertThat(matrix()).containsExactly(new Cell(Sector.VOCATIONAL, Sector.ADULT, null, null,
                CreditUnit.CN, 2, 600, 0, 0));
        assertThat(total(Figure.RECOGNISED_OUTCOMES, Scope.of(OPEN_UNIVERSITY), "2025-03",
                "2025-03")).isEqualTo(of("2025-03", "2025-03", 2, 1, 0));
        assertThat(behind(Figure.RECOGNISED_OUTCOMES, Scope.ALL, null, 10).counted())
                .extracting(Counted::position).containsExactly(6L, 6L);
    }

    @Test
    void a_region_of_either_side_can_be_asked_for() {
        two_outcomes_move();
        Scope dandong = Scope.of(new Region("210600"), null);

        assertThat(Moves.matrix(facts.shelf, dandong, Scope.ALL, span("2025-03", "2025-03")))
                .hasSize(1);
        assertThat(Moves.matrix(facts.shelf, Scope.ALL, dandong, span("2025-03", "2025-03")))
                .isEmpty();
        assertThat(Moves.matrix(facts.shelf, Scope.ALL, Scope.ALL, span("2025-04", "2025-12")))
                .isEmpty();
    }

    @Test
    void what_is_withdrawn_is_taken_back_and_shown() {
        two_outcomes_move();
        facts.withdrawRecognised(learner(1), 1, 2);

        assertThat(matrix()).containsExactly(new Cell(Sector.VOCATIONAL, Sector.ADULT, null, null,
                CreditUnit.CN, 1, 300, 1, 300));
    }

    @Test
    void who_leaves_takes_all_back_that_was_still_recognised() {
        two_outcomes_move();
        facts.withdrawRecognised(learner(1), 1, 2);
        facts.leave(learner(1), 1);

        assertThat(matrix()).containsExactly(new Cell(Sector.VOCATIONAL, Sector.ADULT, null, null,
                CreditUnit.CN, 0, 0, 2, 600));
        assertThat(total(Figure.ENROLMENTS, Scope.ALL, "2025-02", "2025-02").personTimes())
                .isEqualTo(1);
    }

    @Test
    void what_is_transferred_moves_and_is_counted_as_achieved_only_where_it_was() {
        facts.record(learner(1), AchievementKind.COURSE, COLLEGE, "2024-01-10");
        facts.receive(learner(1), OPEN_UNIVERSITY, 1, "2025-03-01");

        assertThat(matrix()).containsExactly(new Cell(Sector.VOCATIONAL, Sector.ADULT, null, null,
                CreditUnit.CN, 1, 150, 0, 0));
        assertThat(total(Figure.COURSES, Scope.ALL, "2024-01", "2025-12").personTimes())
                .isEqualTo(1);
        assertThat(total(Figure.TRANSFERRED_OUTCOMES, Scope.of(OPEN_UNIVERSITY), "2025-03",
                "2025-03")).isEqualTo(of("2025-03", "2025-03", 1, 1, 0));
        assertThat(behind(Figure.TRANSFERRED_OUTCOMES, Scope.ALL, null, 10).counted())
                .extracting(Counted::id).containsExactly(learner(1) + "-2");
        assertThat(behind(Figure.RECOGNISED_OUTCOMES, Scope.ALL, null, 10).counted()).isEmpty();

        facts.revoke(learner(1), 2);

        assertThat(matrix()).containsExactly(new Cell(Sector.VOCATIONAL, Sector.ADULT, null, null,
                CreditUnit.CN, 0, 0, 1, 150));
    }

    // ------------------------------------------------------------------ what is behind

    private Behind.Page behind(Figure figure, Scope scope, @Nullable String at, int most) {
        return new Behind(facts.shelf, figure, span("2025-01", "2025-12")).page(scope, at, most);
    }

    @Test
    void the_entries_behind_a_figure_are_paged_over_all_institutions() {
        facts.record(learner(1), TRAINING, COLLEGE, "2025-01-10");
        facts.record(learner(1), TRAINING, OPEN_UNIVERSITY, "2025-01-11");
        facts.record(learner(2), TRAINING, COLLEGE, "2025-02-12");
        facts.record(learner(2), AchievementKind.COURSE, COLLEGE, "2025-02-12");
        facts.record(learner(2), TRAINING, COLLEGE, "2026-02-12");
        facts.revoke(learner(1), 1);

        Behind.Page first = behind(Figure.TRAINING, Scope.ALL, null, 2);
        Behind.Page second = behind(Figure.TRAINING, Scope.ALL, first.next(), 2);

        assertThat(first.counted()).extracting(Counted::position, Counted::standing)
                .containsExactly(Tuple.tuple(5L, true),
                        Tuple.tuple(3L, false));
        assertThat(second.counted()).extracting(Counted::position).containsExactly(4L);
        assertThat(second.next()).isNull();
    }

    // ------------------------------------------------------------------ teachers

    @Test
    void who_is_employed_as_a_teacher_is_one_until_that_ends() {
        facts.employ(learner(1), COLLEGE, "2025-01-01", null);
        facts.employ(learner(2), COLLEGE, "2025-01-01", "2025-06-30");

        assertThat(facts.teachers(COLLEGE)).allSatisfy(t ->
                assertThat(t.teachesOn(IndicatorFacts.day("2025-06-30"))).isTrue());
        assertThat(facts.teachers(COLLEGE)).filteredOn(
                t -> t.teachesOn(IndicatorFacts.day("2025-07-01")))
                .extracting(t -> t.achievement().learner()).containsExactly(learner(1));
        facts.revoke(learner(1), 1);
        assertThat(facts.teachers(COLLEGE)).noneMatch(
                t -> t.teachesOn(IndicatorFacts.day("2026-01-01")));
    }

    @Test
    void who_was_never_employed_after_all_is_no_teacher() {
        facts.employ(learner(1), COLLEGE, "2025-01-01", null);
        facts.correct(learner(1), 1, COLLEGE, "2025-01-01");

        assertThat(facts.teachers(COLLEGE)).isEmpty();
    }
}
