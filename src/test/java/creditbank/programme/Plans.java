package creditbank.programme;

import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.Amount;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Sector;
import creditbank.api.value.Title;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans that tests speak of. Amounts are text; an empty one is absent. */
final class Plans {

    static final ProgrammeId ID = new ProgrammeId("test-mechatronics");

    private Plans() {
    }

    static ProgrammeVersion version(int number) {
        return new ProgrammeVersion(ID, number);
    }

    static Plan plan(String institution, String credits, List<Plan.Group> groups,
            Plan.Course... courses) {
        return new Plan(new Title("机电一体化技术", "Mechatronics"), new InstitutionId(institution),
                Sector.VOCATIONAL, null, null, CreditUnit.CN, amount(credits), Attributes.NONE, groups,
                List.of(courses));
    }

    static Plan.Group group(String id, String credits, String most) {
        return new Plan.Group(id, "课程组", amount(credits), amount(most), List.of(), Attributes.NONE);
    }

    static Plan.Course course(
            String code, @Nullable String group, String credits, String... natures) {
        return new Plan.Course(
                code, "课程", group, amount(credits), null, List.of(natures), Attributes.NONE);
    }

    private static @Nullable Amount amount(String text) {
        return text.isEmpty() ? null : Amount.of(text);
    }
}
