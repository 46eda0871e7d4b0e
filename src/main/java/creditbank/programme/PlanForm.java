package creditbank.programme;

import static creditbank.api.Refused.inField;
import static creditbank.api.Refused.within;

import creditbank.api.account.DiplomaLevel;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.recognition.AttributesForm;
import creditbank.api.value.Amount;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Forms;
import creditbank.api.value.Hours;
import creditbank.api.value.Region;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.api.value.Texts;
import creditbank.api.value.Title;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A plan as it arrives in a request: text that may be wrong, and attributes as
 * {@link AttributesForm} reads them. A refusal names the way to what is wrong.
 */
public record PlanForm(
        @Nullable TitleForm title,
        @Nullable String institution,
        @Nullable String sector,
        @Nullable String level,
        @Nullable String region,
        @Nullable String unit,
        @Nullable String credits,
        @Nullable Map<String, @Nullable Object> attributes,
        @Nullable List<@Nullable GroupForm> groups,
        @Nullable List<@Nullable CourseForm> courses) {

    public record TitleForm(@Nullable String zh, @Nullable String en) {
    }

    public record GroupForm(
            @Nullable String id,
            @Nullable String title,
            @Nullable String credits,
            @Nullable String most,
            @Nullable List<@Nullable String> natures,
            @Nullable Map<String, @Nullable Object> attributes) {

        private Plan.Group read() {
            return new Plan.Group(required("id", id), required("title", title),
                    amount("credits", credits), amount("most", most),
                    PlanForm.natures(natures), AttributesForm.read("attributes", attributes));
        }
    }

    public record CourseForm(
            @Nullable String code,
            @Nullable String title,
            @Nullable String group,
            @Nullable String credits,
            @Nullable String hours,
            @Nullable List<@Nullable String> natures,
            @Nullable Map<String, @Nullable Object> attributes) {

        private Plan.Course read() {
            return new Plan.Course(required("code", code), required("title", title),
                    Forms.optional(group, Function.identity()), amount("credits", credits),
                    inField("hours", () -> Forms.optional(hours, Hours::of)),
                    PlanForm.natures(natures), AttributesForm.read("attributes", attributes));
        }
    }

    public PlanForm ofInstitution(InstitutionId now) {
        return new PlanForm(title, now.text(), sector, level, region, unit, credits, attributes,
                groups, courses);
    }

    public Plan read() {
        return new Plan(
                new Title(required("title.zh", title == null ? null : title.zh()),
                        required("title.en", title == null ? null : title.en())),
                inField("institution", () -> new InstitutionId(Forms.required(institution))),
                inField("sector", () -> Texts.choice(Sector.class, Forms.required(sector))),
                inField("level", () -> Forms.optional(
                        level, l -> Texts.choice(DiplomaLevel.class, l))),
                inField("region", () -> Forms.optional(region, Region::new)),
                inField("unit", () -> CreditUnit.of(Forms.required(unit))),
                amount("credits", credits),
                AttributesForm.read("attributes", attributes),
                each("groups", Plan.MOST_GROUPS, groups, GroupForm::read),
                each("courses", Plan.MOST_COURSES, courses, CourseForm::read));
    }

    // ------------------------------------------------------------------ parts

    private static String required(String field, @Nullable String text) {
        return inField(field, () -> Forms.required(text));
    }

    private static @Nullable Amount amount(String field, @Nullable String text) {
        return inField(field, () -> Forms.optional(text, Amount::of));
    }

    private static List<String> natures(@Nullable List<@Nullable String> stated) {
        return each("natures", Plan.MOST_NATURES, stated, Forms::required);
    }

    /** More than can be are not read one by one. */
    private static <F, T> List<T> each(String field, int most,
            @Nullable List<@Nullable F> stated, Function<F, T> reading) {
        if (stated == null) {
            return List.of();
        }
        if (stated.size() > most) {
            throw Rule.LIST_TOO_LONG.brokenIn(field, stated.size());
        }
        List<T> read = new ArrayList<>();
        for (F form : stated) {
            read.add(within(field + "." + read.size(), () -> {
                if (form == null) {
                    throw Rule.REQUIRED.brokenBy("");
                }
                return reading.apply(form);
            }));
        }
        return read;
    }
}
