package creditbank.programme;

import static creditbank.programme.Plans.ID;
import static creditbank.programme.Plans.course;
import static creditbank.programme.Plans.group;
import static creditbank.programme.Plans.plan;
import static creditbank.programme.Plans.version;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Fixtures;
import creditbank.api.Refusal;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeCommand;
import creditbank.api.programme.ProgrammeCommand.CloseProgramme;
import creditbank.api.programme.ProgrammeCommand.DefineProgramme;
import creditbank.api.programme.ProgrammeCommand.ReviseProgramme;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.programme.ProgrammeEvent.ProgrammeClosed;
import creditbank.api.programme.ProgrammeEvent.ProgrammeDefined;
import creditbank.api.programme.ProgrammeEvent.ProgrammeRevised;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.Amount;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Reason;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import creditbank.institution.InstitutionRoll;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Today is 2026-06-15. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgrammeDecisionsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 15);
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-06-15T04:00:00Z"), ZoneOffset.UTC);
    private static final Reason REASON = new Reason.Clear("方案修订");
    private static final InstitutionId COLLEGE = new InstitutionId("college");
    private static final InstitutionId OTHER = new InstitutionId("other");
    private static final InstitutionId SUSPENDED = new InstitutionId("suspended");
    private static final InstitutionRoll ROLL = institution -> switch (institution.text()) {
        case "college", "other" -> new Institution.Active(
                Sector.VOCATIONAL, InstitutionKind.COLLEGE, null, null);
        case "suspended" -> new Institution.Suspended(
                Sector.VOCATIONAL, InstitutionKind.COLLEGE, null, null);
        default -> Institution.NONE;
    };

    private static final Plan PLAN = plan("college", "140.00", List.of());
    private static final Plan NEXT = plan("college", "142.00", List.of());
    private static final ProgrammeEvent DEFINED = new ProgrammeDefined(version(1), PLAN);
    private static final ProgrammeEvent REVISED = new ProgrammeRevised(version(2), NEXT);
    private static final ProgrammeEvent CLOSED = new ProgrammeClosed(version(1), TODAY);

    private static DefineProgramme define(Plan plan) {
        return new DefineProgramme(ID, plan);
    }

    private static ReviseProgramme revise(int replaces, Plan plan) {
        return new ReviseProgramme(version(replaces), plan, REASON);
    }

    private static CloseProgramme close(InstitutionId institution, @Nullable LocalDate until) {
        return new CloseProgramme(ID, institution, until, REASON);
    }

    // ------------------------------------------------------------------ define

    @Test
    void a_programme_is_defined_in_its_version_1() {
        when(given(), define(PLAN)).expectEvents(DEFINED);
    }

    @Test
    void a_programme_is_defined_once() {
        refused(when(given(DEFINED), define(PLAN)), new Refusal.ProgrammeAlreadyDefined(ID));
        refused(when(given(DEFINED, CLOSED), define(PLAN)),
                new Refusal.ProgrammeAlreadyDefined(ID));
    }

    @Test
    void only_an_institution_that_is_active_takes_on_a_programme() {
        refused(when(given(), define(plan("suspended", "140.00", List.of()))),
                new Refusal.InstitutionSuspended(SUSPENDED));
        refused(when(given(), define(plan("nobody", "140.00", List.of()))),
                new Refusal.InstitutionUnknown("nobody"));
    }

    // ------------------------------------------------------------------ revise

    @Test
    void a_revision_adds_the_version_after_the_one_it_replaces() {
        when(given(DEFINED), revise(1, NEXT)).expectEvents(REVISED);
        when(given(DEFINED, REVISED), revise(2, PLAN))
                .expectEvents(new ProgrammeRevised(version(3), PLAN));
    }

    @Test
    void of_two_who_revise_the_same_version_the_second_is_told() {
        refused(when(given(DEFINED, REVISED), revise(1, PLAN)),
                new Refusal.ProgrammeAlreadyRevised(version(1), 2));
    }

    @Test
    void a_revision_keeps_the_unit_so_that_learners_can_move() {
        Plan inEcts = new Plan(PLAN.title(), PLAN.institution(), PLAN.sector(), PLAN.level(),
                PLAN.region(), CreditUnit.ECTS, PLAN.credits(), PLAN.attributes(),
                PLAN.groups(), PLAN.courses());
        refused(when(given(DEFINED), revise(1, inEcts)), new Refusal.PlanUnitCannotChange(
                version(1), PLAN.unit(), CreditUnit.ECTS));
    }

    @Test
    void a_version_that_is_not_there_is_not_replaced() {
        refused(when(given(DEFINED), revise(2, NEXT)),
                new Refusal.ProgrammeVersionUnknown(version(2)));
    }

    @Test
    void a_programme_that_was_never_defined_is_neither_revised_nor_closed() {
        refused(when(given(), revise(1, PLAN)), new Refusal.ProgrammeUnknown(ID));
        refused(when(given(), close(COLLEGE, null)), new Refusal.ProgrammeUnknown(ID));
    }

    @Test
    void a_programme_is_revised_and_closed_by_its_own_institution_alone() {
        refused(when(given(DEFINED), revise(1, plan("other", "140.00", List.of()))),
                new Refusal.NotYourInstitution(OTHER, COLLEGE));
        refused(when(given(DEFINED), close(OTHER, null)),
                new Refusal.NotYourInstitution(OTHER, COLLEGE));
    }

    @Test
    void a_suspended_institution_does_not_revise_but_may_close() {
        ProgrammeEvent before = new ProgrammeDefined(
                version(1), plan("suspended", "140.00", List.of()));
        refused(when(given(before), revise(1, plan("suspended", "142.00", List.of()))),
                new Refusal.InstitutionSuspended(SUSPENDED));
        when(given(before), close(SUSPENDED, null))
                .expectEvents(new ProgrammeClosed(version(1), TODAY));
    }

    // ------------------------------------------------------------------ close

    @Test
    void a_programme_is_closed_with_today_or_a_later_day_as_the_last_to_enrol_on() {
        when(given(DEFINED), close(COLLEGE, null)).expectEvents(CLOSED);
        when(given(DEFINED), close(COLLEGE, TODAY)).expectEvents(CLOSED);
        when(given(DEFINED, REVISED), close(COLLEGE, TODAY.plusYears(1)))
                .expectEvents(new ProgrammeClosed(version(2), TODAY.plusYears(1)));
    }

    @Test
    void a_day_that_has_passed_stays_one_on_which_people_could_enrol() {
        refused(when(given(DEFINED), close(COLLEGE, TODAY.minusDays(1))),
                new Refusal.ValueInvalid("until", Rule.DATE_PASSED, "2026-06-14"));
    }

    @Test
    void a_closed_programme_is_neither_revised_nor_closed_again() {
        refused(when(given(DEFINED, CLOSED), revise(1, NEXT)), new Refusal.ProgrammeClosed(ID));
        refused(when(given(DEFINED, CLOSED), close(COLLEGE, TODAY.plusDays(1))),
                new Refusal.ProgrammeClosed(ID));
    }

    // ------------------------------------------------------------------ a plan that is sound

    @Test
    void courses_that_all_take_fill_their_group_at_most() {
        List<Plan.Group> major = List.of(group("major", "8.00", ""));
        Plan full = plan("college", "", major, course("A", "major", "4.00"),
                course("B", "major", "4.00"), course("C", "major", ""));
        when(given(), define(full)).expectEvents(new ProgrammeDefined(version(1), full));
        Plan over = plan("college", "", major, course("A", "major", "4.00"),
                course("B", "major", "4.01"));
        refused(when(given(), define(over)),
                new Refusal.PlanGroupOverfull("major", "8.01", "8.00"));
        refused(when(given(DEFINED), revise(1, over)),
                new Refusal.PlanGroupOverfull("major", "8.01", "8.00"));
    }

    @Test
    void of_electives_there_may_be_more_than_are_taken() {
        Plan choice = plan("college", "8.00", List.of(group("free", "6.00", "")),
                course("A", "free", "4.00", "elective"), course("B", "free", "4.00", "elective"),
                course("C", null, "9.00", "public", "elective"), course("D", null, "2.00"));
        when(given(), define(choice)).expectEvents(new ProgrammeDefined(version(1), choice));
    }

    @Test
    void in_a_group_that_is_elective_every_course_is() {
        Plan choice = plan("college", "8.00", List.of(
                        new Plan.Group("free", "选修课", Amount.of("6.00"), null,
                                List.of("elective"), Attributes.NONE)),
                course("A", "free", "4.00"), course("B", "free", "4.00"));
        when(given(), define(choice)).expectEvents(new ProgrammeDefined(version(1), choice));
    }

    @Test
    void no_more_can_be_recognised_in_a_group_than_it_takes() {
        Plan all = plan("college", "", List.of(group("free", "6.00", "6.00"),
                group("open", "", "9.00")));
        when(given(), define(all)).expectEvents(new ProgrammeDefined(version(1), all));
        refused(when(given(), define(
                plan("college", "", List.of(group("free", "6.00", "6.01"))))),
                new Refusal.PlanCapAboveGroup("free", "6.01", "6.00"));
    }

    /** A group without credits of its own takes those of its courses. */
    @ParameterizedTest
    @ValueSource(strings = {"17.49", "0.00"})
    void a_programme_takes_at_least_what_its_groups_and_courses_do(String credits) {
        List<Plan.Group> groups = List.of(group("major", "10.00", ""), group("public", "", ""));
        Plan.Course[] courses = {course("A", "major", "4.00"), course("B", "public", "5.00"),
            course("C", null, "2.50")};
        Plan fits = plan("college", "17.50", groups, courses);
        when(given(), define(fits)).expectEvents(new ProgrammeDefined(version(1), fits));
        refused(when(given(), define(plan("college", credits, groups, courses))),
                new Refusal.PlanTotalTooSmall("17.50", credits));
    }

    // ------------------------------------------------------------------ what cannot follow

    @Test
    void an_event_that_cannot_follow_the_one_before_is_not_folded() {
        impossible(Programme.NONE, REVISED);
        impossible(Programme.NONE, CLOSED);
        impossible(Programme.NONE, new ProgrammeDefined(version(2), PLAN));
        Programme open = Programme.evolve(Programme.NONE, DEFINED);
        impossible(open, DEFINED);
        impossible(open, new ProgrammeRevised(version(3), NEXT));
        impossible(open, new ProgrammeRevised(version(2), plan("other", "1.00", List.of())));
        impossible(open, new ProgrammeClosed(version(2), TODAY));
        Programme closed = Programme.evolve(open, CLOSED);
        impossible(closed, REVISED);
        impossible(closed, CLOSED);
    }

    private static void impossible(Programme state, ProgrammeEvent event) {
        assertThatThrownBy(() -> Programme.evolve(state, event))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("cannot follow");
    }

    private static List<ProgrammeEvent> given(ProgrammeEvent... events) {
        return List.of(events);
    }

    private static ResultValidator<ProgrammeAggregate> when(
            List<ProgrammeEvent> given, ProgrammeCommand command) {
        return Fixtures.when(ProgrammeAggregate.class, given, command, ROLL, CLOCK);
    }

    private static void refused(ResultValidator<?> result, Refusal refusal) {
        Fixtures.refused(result, refusal);
    }
}
