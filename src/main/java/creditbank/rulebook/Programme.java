package creditbank.rulebook;

import creditbank.api.recognition.TargetId;
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
        for (Course course : courses) {
            targets.add(new Target(TargetId.course(course.code()), course.group(),
                    course.credits(), course.attributes()));
        }
        for (Group group : groups) {
            targets.add(new Target(TargetId.group(group.id()), group.id(), group.credits(),
                    group.attributes()));
        }
        targets.add(new Target(TargetId.PROGRAMME, null, credits, attributes));
        return targets;
    }

    Optional<Target> target(TargetId id) {
        return targets().stream().filter(target -> target.id().equals(id)).findFirst();
    }
}
