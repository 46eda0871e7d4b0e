package creditbank.api.programme;

import static creditbank.api.Refused.inField;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.account.DiplomaLevel;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Names;
import creditbank.api.recognition.Value;
import creditbank.api.value.Amount;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Hours;
import creditbank.api.value.Region;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.api.value.Texts;
import creditbank.api.value.Title;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a programme asks for (培养方案). Here stands only what makes it readable: each
 * group and course once, and every course in a group that there is. Whether its amounts agree is
 * decided where it is taken in.
 *
 * @param title       of the programme, each at most 200 characters
 * @param institution who awards what it leads to; the same in all versions
 * @param sector      the programme's own, which need not be its institution's
 * @param level       of the diploma it leads to; absent where it leads to none
 * @param region      where it is taught; absent where nothing is said
 * @param unit        of all amounts in it
 * @param credits     how many it takes in all; absent where nothing is said
 * @param attributes  what else rulebooks may select by, such as {@code major-kind}; at most 50,
 *                    and none of the names the fields answer to
 * @param groups      in stated order, at most 200
 * @param courses     in stated order, at most 2,000
 */
public record Plan(
        Title title,
        InstitutionId institution,
        Sector sector,
        @Nullable DiplomaLevel level,
        @Nullable Region region,
        CreditUnit unit,
        @Nullable Amount credits,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Attributes attributes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Group> groups,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Course> courses) {

    /** The nature of what learners choose among. */
    public static final String ELECTIVE = "elective";

    public static final int LONGEST_TITLE = 200;
    /** Of a course code or a nature. */
    public static final int LONGEST_WORD = 40;
    public static final int MOST_GROUPS = 200;
    public static final int MOST_COURSES = 2_000;
    public static final int MOST_NATURES = 20;
    public static final int MOST_ATTRIBUTES = 50;

    /** What has these names already, or has it as a target, cannot be said once more. */
    private static final Set<String> OF_PROGRAMMES = Set.of("id", "version", "title",
            "institution", "sector", "level", "region", "unit", "credits", "kind", "course",
            "group");
    private static final Set<String> OF_TARGETS = Set.of("id", "kind", "title", "course",
            "group", "credits", "most", "hours", "nature");

    /**
     * A part of the programme (课程组), such as its electives.
     *
     * @param id      a name, as rulebooks name groups
     * @param title   as its institution writes it, at most 200 characters
     * @param credits how many it takes; absent where nothing is said
     * @param most    how many of them may be recognised at all; absent where there is no cap
     * @param natures such as {@code elective}, of whose courses learners choose some; see
     *                {@link Course}
     */
    public record Group(
            String id,
            String title,
            @Nullable Amount credits,
            @Nullable Amount most,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> natures,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Attributes attributes) {

        public Group {
            if (!Names.isName(id)) {
                throw Rule.GROUP_ID_MALFORMED.brokenIn("id", id);
            }
            title = line("title", title, LONGEST_TITLE);
            natures = codesOnce(natures);
            attributes = named(attributes, OF_TARGETS);
        }
    }

    /**
     * @param code    of letters, digits and {@code . _ / - :}, at most 40; a shared course has the
     *                same one in every institution
     * @param title   as its institution writes it, at most 200 characters
     * @param group   id of the group it lies in; absent where it lies in none
     * @param credits how many it has; absent where nothing is said
     * @param hours   of study and practice
     * @param natures each of the things it is: {@code core}, {@code basic}, {@code public},
     *                {@code professional}, {@code elective}, {@code politics}, {@code PE},
     *                {@code practice}, ...; codes as above, at most 20
     */
    public record Course(
            String code,
            String title,
            @Nullable String group,
            @Nullable Amount credits,
            @Nullable Hours hours,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> natures,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Attributes attributes) {

        public Course {
            String stated = code;
            code = inField("code", () -> Texts.code(stated, LONGEST_WORD));
            title = line("title", title, LONGEST_TITLE);
            natures = codesOnce(natures);
            attributes = named(attributes, OF_TARGETS);
        }
    }

    public Plan {
        title = new Title(line("title.zh", title.zh(), LONGEST_TITLE),
                line("title.en", title.en(), LONGEST_TITLE));
        attributes = named(attributes, OF_PROGRAMMES);
        groups = present(groups);
        courses = present(courses);
        few("groups", groups, MOST_GROUPS);
        few("courses", courses, MOST_COURSES);
        Set<String> known = new HashSet<>();
        for (int i = 0; i < groups.size(); i++) {
            once(known, "groups." + i + ".id", groups.get(i).id());
        }
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < courses.size(); i++) {
            once(codes, "courses." + i + ".code", courses.get(i).code());
            String group = courses.get(i).group();
            if (group != null && !known.contains(group)) {
                throw Rule.GROUP_UNKNOWN.brokenIn("courses." + i + ".group", group);
            }
        }
    }

    /** Of elective courses, and of those in an elective group, learners choose some. */
    public boolean isElective(Course course) {
        return course.natures().contains(ELECTIVE) || groups.stream().anyMatch(group ->
                group.id().equals(course.group()) && group.natures().contains(ELECTIVE));
    }

    /**
     * What has to stand open for what the programme leads to, by the names that rulebooks give: the
     * attribute {@code entitlement}, a text or a list of them.
     */
    public List<String> entitlements() {
        return switch (attributes.get("entitlement")) {
            case Value.Text(String name) -> List.of(name);
            case Value.Words(List<String> names) -> names;
            case null, default -> List.of();
        };
    }

    // ------------------------------------------------------------------ parts

    private static String line(String field, String text, int most) {
        return inField(field, () -> Texts.line(text, most));
    }

    private static List<String> codesOnce(@Nullable List<String> stated) {
        List<String> natures = present(stated);
        few("natures", natures, MOST_NATURES);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < natures.size(); i++) {
            String nature = natures.get(i);
            String field = "natures." + i;
            once(seen, field, inField(field, () -> Texts.code(nature, LONGEST_WORD)));
        }
        return natures;
    }

    private static Attributes named(@Nullable Attributes stated, Set<String> reserved) {
        if (stated == null) {
            return Attributes.NONE;
        }
        few("attributes", stated.values().keySet(), MOST_ATTRIBUTES);
        for (String name : stated.values().keySet()) {
            if (reserved.contains(name)) {
                throw Rule.ATTRIBUTE_NAME_RESERVED.brokenIn("attributes", name);
            }
        }
        return stated;
    }

    private static void few(String field, Collection<?> listed, int most) {
        if (listed.size() > most) {
            throw Rule.LIST_TOO_LONG.brokenIn(field, listed.size());
        }
    }

    private static void once(Set<String> seen, String field, String name) {
        if (!seen.add(name)) {
            throw Rule.LISTED_TWICE.brokenIn(field, name);
        }
    }

    /** An absent list in the stored form is an empty one. */
    private static <T> List<T> present(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
