package creditbank.api.programme;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Progress.Counted;
import creditbank.api.programme.Progress.Part;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Amount;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Sector;
import creditbank.api.value.Title;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A programme of ME101 (4.00) and ME102 (3.00) in major, and one of three electives of 2.00. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgressTest {

    private static final Plan PLAN = new Plan(new Title("专业", "Programme"),
            new InstitutionId("college"), Sector.VOCATIONAL, null, null, CreditUnit.CN,
            Amount.of("9.00"), Attributes.NONE,
            List.of(group("major", "7.00", List.of()), group("free", "2.00", List.of("elective"))),
            List.of(course("ME101", "major", "4.00"), course("ME102", "major", "3.00"),
                    course("F1", "free", "2.00"), course("F2", "free", "2.00"),
                    course("F3", "free", "2.00")));

    private static Plan.Group group(String id, String credits, List<String> natures) {
        return new Plan.Group(id, id, Amount.of(credits), null, natures, Attributes.NONE);
    }

    private static Plan.Course course(String code, String group, String credits) {
        return new Plan.Course(code, code, group, Amount.of(credits), null, List.of(),
                Attributes.NONE);
    }

    private static Counted counted(String evidence, String course, @Nullable Long hundredths) {
        return new Counted(new EvidenceId(evidence), TargetId.course(course), hundredths);
    }

    @Test
    void of_an_elective_group_its_credits_are_required_and_none_of_its_courses() {
        Progress progress = Progress.of(PLAN, List.of(counted("a", "ME101", 400L),
                counted("b", "ME102", 300L), counted("c", "F2", 200L)));
        assertThat(progress.isComplete()).isTrue();
        assertThat(progress.required()).extracting(part -> part.target().text())
                .containsExactly("group/major", "group/free", "course/ME101", "course/ME102");
    }

    @Test
    void all_credits_can_be_there_while_a_course_is_missing() {
        Progress progress = Progress.of(PLAN, List.of(counted("a", "ME101", 400L),
                new Counted(new EvidenceId("x"), TargetId.group("major"), 300L),
                counted("c", "F2", 200L)));
        assertThat(progress.total().isMet()).isTrue();
        assertThat(progress.missing()).extracting(Part::target)
                .containsExactly(TargetId.course("ME102"));
    }

    @Test
    void an_exempted_course_is_met_and_its_credits_are_needed_no_more() {
        Progress progress = Progress.of(PLAN, List.of(counted("a", "ME101", null),
                counted("b", "ME102", 300L), counted("c", "F2", 200L)));
        assertThat(progress.isComplete()).isTrue();
        assertThat(progress.total()).isEqualTo(new Progress.Sum(500, 500L));
    }

    @Test
    void a_course_with_a_part_of_its_credits_is_not_met() {
        Progress progress = Progress.of(PLAN, List.of(counted("a", "ME101", 300L)));
        assertThat(progress.courses().getFirst().met()).isFalse();
        assertThat(progress.groups().getFirst().credits())
                .isEqualTo(new Progress.Sum(300, 700L));
    }
}
