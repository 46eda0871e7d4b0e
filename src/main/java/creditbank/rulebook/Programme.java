package creditbank.rulebook;

import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Amount;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What credits accumulate towards (专业/培养方案), as the engine sees it. Amounts are hundredths of a
 * credit in the rulebook's unit.
 *
 * @param attributes sector, level, institution, region, major, ...
 * @param credits    what the whole programme takes; absent where nothing is said
 * @param groups     in stated order
 * @param courses    in stated order; a shared course has one code in all institutions
 */
public record Programme(Attributes attributes, @Nullable Long credits, List<Group> groups,
        List<Course> courses) {

    public static final Programme NONE =
            new Programme(Attributes.NONE, null, List.of(), List.of());

    /**
     * @param credits how many credits the group has
     * @param most    how many of them may be recognised at all; absent where there is no cap
     */
    public record Group(String id, @Nullable Long credits, @Nullable Long most,
            Attributes attributes) {
    }

    /** @param attributes nature, hours, exam-form, ... */
    public record Course(String code, @Nullable String group, @Nullable Long credits,
            Attributes attributes) {
    }

    /** A version as rulebooks select by it: the plan's attributes stand beside its fields. */
    public static Programme of(ProgrammeVersion version, Plan plan) {
        Attributes own = Attributes.NONE.with("id", version.id().text())
                .with("institution", plan.institution().text())
                .with("sector", plan.sector().name());
        if (plan.level() != null) {
            own = own.with("level", plan.level().name());
        }
        if (plan.region() != null) {
            own = own.with("region", plan.region().code());
        }
        return new Programme(own.with(plan.attributes()), hundredths(plan.credits()),
                plan.groups().stream().map(Programme::group).toList(),
                plan.courses().stream().map(Programme::course).toList());
    }

    /** Whatever an institution teaches: credits go there, and towards none of its programmes. */
    public static Programme ofInstitution(
            InstitutionId id, Sector sector, @Nullable Region region) {
        Attributes own = Attributes.NONE.with("institution", id.text())
                .with("sector", sector.name());
        return new Programme(region == null ? own : own.with("region", region.code()), null,
                List.of(), List.of());
    }

    private static Group group(Plan.Group group) {
        return new Group(group.id(), hundredths(group.credits()), hundredths(group.most()),
                natures(group.natures()).with(group.attributes()));
    }

    private static Course course(Plan.Course course) {
        Attributes own = natures(course.natures());
        if (course.hours() != null) {
            own = own.with("hours", course.hours().hundredths());
        }
        return new Course(course.code(), course.group(), hundredths(course.credits()),
                own.with(course.attributes()));
    }

    private static Attributes natures(List<String> natures) {
        return natures.isEmpty() ? Attributes.NONE : Attributes.NONE.with("nature", natures);
    }

    private static @Nullable Long hundredths(@Nullable Amount amount) {
        return amount == null ? null : amount.hundredths();
    }

    public Programme {
        groups = List.copyOf(groups);
        courses = List.copyOf(courses);
        Set<String> names = new HashSet<>();
        groups.forEach(group -> once(names, "group/" + group.id()));
        courses.forEach(course -> {
            once(names, "course/" + course.code());
            if (course.group() != null && !names.contains("group/" + course.group())) {
                throw new IllegalArgumentException(
                        course.code() + " lies in an unknown group " + course.group());
            }
        });
    }

    private static void once(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(name + " stands twice");
        }
    }

    /** Courses, then groups, then the programme itself. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        courses.forEach(course -> targets.add(target(course)));
        groups.forEach(group -> targets.add(target(group)));
        targets.add(new Target(TargetId.PROGRAMME, null, credits, attributes));
        return targets;
    }

    public Optional<Target> target(TargetId id) {
        // A plan may have thousands of courses, and every line asks.
        String text = id.text();
        String name = text.substring(text.indexOf('/') + 1);
        if (text.startsWith("course/")) {
            return courses.stream().filter(c -> c.code().equals(name)).findFirst()
                    .map(Programme::target);
        }
        return text.startsWith("group/")
                ? groups.stream().filter(g -> g.id().equals(name)).findFirst()
                        .map(Programme::target)
                : Optional.of(new Target(TargetId.PROGRAMME, null, credits, attributes));
    }

    private static Target target(Course course) {
        return new Target(TargetId.course(course.code()), course.group(), course.credits(),
                course.attributes());
    }

    private static Target target(Group group) {
        return new Target(TargetId.group(group.id()), group.id(), group.credits(),
                group.attributes());
    }
}
