package creditbank.api.programme;

import static creditbank.api.Broken.assertBreaks;
import static creditbank.api.Broken.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan.Course;
import creditbank.api.programme.Plan.Group;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Value;
import creditbank.api.value.Amount;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.api.value.Title;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanTest {

    private static Plan plan(List<Group> groups, List<Course> courses) {
        return plan(Attributes.NONE, groups, courses);
    }

    private static Plan plan(
            Attributes attributes, List<Group> groups, List<Course> courses) {
        return new Plan(new Title("机电一体化技术", "Mechatronics"), new InstitutionId("dandong-tech"),
                Sector.VOCATIONAL, null, null, CreditUnit.CN, null, attributes, groups, courses);
    }

    private static Group group(String id) {
        return new Group(id, "选修课", null, null, List.of(), Attributes.NONE);
    }

    private static Course course(String code, @Nullable String group, String... natures) {
        return new Course(code, "机械制图", group, Amount.of("4.00"), null, List.of(natures),
                Attributes.NONE);
    }

    // ------------------------------------------------------------------ ids

    @ParameterizedTest
    @ValueSource(strings = {"a", "dandong-mechatronics", "2026-plan"})
    void a_programme_is_named_by_small_letters_digits_and_single_dashes(String id) {
        assertThat(new ProgrammeId(id).stream()).isEqualTo("programme/" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "a--b", "A", "a b", "a/b", "机电"})
    void anything_else_is_no_programme(String id) {
        assertBreaks(Rule.PROGRAMME_ID_MALFORMED, () -> new ProgrammeId(id));
    }

    @Test
    void versions_begin_with_one() {
        ProgrammeVersion first = new ProgrammeVersion(new ProgrammeId("a"), 1);
        assertThat(first.next()).hasToString("a@2");
        assertBreaks(Rule.ID_MALFORMED, () -> new ProgrammeVersion(first.id(), 0));
    }

    // ------------------------------------------------------------------ what is listed

    @Test
    void groups_and_courses_stand_once_and_a_refusal_names_the_second() {
        var group = refusalOf(() -> plan(List.of(group("a"), group("b"), group("a")), List.of()));
        assertThat(group.rule()).isEqualTo(Rule.LISTED_TWICE);
        assertThat(group.field()).isEqualTo("groups.2.id");
        var course = refusalOf(() -> plan(List.of(), List.of(course("X", null),
                course("X", null))));
        assertThat(course.rule()).isEqualTo(Rule.LISTED_TWICE);
        assertThat(course.field()).isEqualTo("courses.1.code");
        assertThat(course.found()).isEqualTo("X");
    }

    @Test
    void a_group_and_a_course_may_have_the_same_name() {
        assertThat(plan(List.of(group("a")), List.of(course("a", "a"))).courses()).hasSize(1);
    }

    @Test
    void a_course_lies_in_a_group_that_is_listed_or_in_none() {
        assertThat(plan(List.of(group("a")), List.of(course("X", "a"), course("Y", null)))
                .courses()).hasSize(2);
        var refusal = refusalOf(() -> plan(List.of(group("a")), List.of(course("X", "b"))));
        assertThat(refusal.rule()).isEqualTo(Rule.GROUP_UNKNOWN);
        assertThat(refusal.field()).isEqualTo("courses.0.group");
    }

    @Test
    void a_nature_is_a_code_and_stands_once() {
        assertThat(course("X", null, "public", "PE").natures()).containsExactly("public", "PE");
        assertBreaks(Rule.LISTED_TWICE, () -> course("X", null, "PE", "PE"));
        assertBreaks(Rule.CODE_MALFORMED, () -> course("X", null, "a,b"));
    }

    @Test
    void a_group_s_id_is_a_name_as_rulebooks_write_it_and_a_course_s_a_code() {
        assertBreaks(Rule.GROUP_ID_MALFORMED, () -> group("Electives"));
        assertBreaks(Rule.CODE_MALFORMED, () -> course("机械", null));
        assertBreaks(Rule.TEXT_TOO_LONG, () -> course("X".repeat(41), null));
    }

    @Test
    void titles_have_at_most_200_characters() {
        assertBreaks(Rule.TEXT_TOO_LONG, () -> new Group("a", "字".repeat(201), null, null,
                List.of(), Attributes.NONE));
        assertThat(new Group("a", "字".repeat(200), null, null, List.of(), Attributes.NONE).title())
                .hasSize(200);
    }

    // ------------------------------------------------------------------ attributes

    @Test
    void attributes_keep_their_order_and_their_types() {
        Attributes stated = Attributes.NONE.with("years", 300).with("major-kind", "other");
        assertThat(plan(stated, List.of(), List.of()).attributes().values()).containsExactly(
                entry("years", new Value.Number(300)),
                entry("major-kind", new Value.Text("other")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "version", "title", "institution", "sector", "level", "region",
        "unit", "credits", "kind", "course", "group"})
    void what_a_programme_has_already_is_no_further_attribute(String name) {
        assertBreaks(Rule.ATTRIBUTE_NAME_RESERVED,
                () -> plan(Attributes.NONE.with(name, "x"), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "kind", "title", "course", "group", "credits", "most", "hours",
        "nature"})
    void nor_is_what_a_group_or_a_course_has_one_for(String name) {
        assertBreaks(Rule.ATTRIBUTE_NAME_RESERVED, () -> new Group(
                "a", "选修课", null, null, List.of(), Attributes.NONE.with(name, "x")));
        assertBreaks(Rule.ATTRIBUTE_NAME_RESERVED, () -> new Course(
                "X", "机械制图", null, null, null, List.of(), Attributes.NONE.with(name, "x")));
    }

    // ------------------------------------------------------------------ limits

    @Test
    void there_is_a_limit_on_everything_that_is_listed() {
        assertBreaks(Rule.LIST_TOO_LONG, () -> plan(
                IntStream.rangeClosed(0, Plan.MOST_GROUPS).mapToObj(n -> group("g" + n)).toList(),
                List.of()));
        assertBreaks(Rule.LIST_TOO_LONG, () -> plan(List.of(), IntStream
                .rangeClosed(0, Plan.MOST_COURSES).mapToObj(n -> course("C" + n, null)).toList()));
        assertBreaks(Rule.LIST_TOO_LONG, () -> course("X", null, IntStream
                .rangeClosed(0, Plan.MOST_NATURES).mapToObj(n -> "n" + n).toArray(String[]::new)));
        Map<String, Value> attributes = new HashMap<>();
        IntStream.range(0, Plan.MOST_ATTRIBUTES)
                .forEach(n -> attributes.put("a" + n, new Value.Flag(true)));
        Attributes most = new Attributes(attributes);
        assertThat(plan(most, List.of(), List.of()).attributes()).isEqualTo(most);
        assertBreaks(Rule.LIST_TOO_LONG,
                () -> plan(most.with("more", true), List.of(), List.of()));
    }

    @Test
    void a_plan_stays_what_it_was_when_the_lists_it_was_made_of_change() {
        List<String> natures = new ArrayList<>(List.of("core"));
        List<Course> courses = new ArrayList<>(List.of(new Course(
                "X", "机械制图", null, null, null, natures, Attributes.NONE)));
        Plan plan = plan(List.of(), courses);
        natures.add("basic");
        Collections.fill(courses, course("Y", null));
        assertThat(plan.courses().getFirst().natures()).containsExactly("core");
        assertThat(plan.courses().getFirst().code()).isEqualTo("X");
    }
}
