package creditbank.api.programme;

import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody is towards a programme: two figures, because all credits can be there while a
 * course is missing. Amounts are hundredths of a credit in the plan's unit.
 *
 * @param total   the credits of the whole programme
 * @param groups  every group, in the plan's order
 * @param courses every course, in the plan's order
 */
public record Progress(Sum total, List<Part> groups, List<Part> courses) {

    /**
     * Something that counts.
     *
     * @param hundredths absent where it is an exemption: the course need not be taken
     */
    public record Counted(EvidenceId evidence, TargetId target, @Nullable Long hundredths) {
    }

    /** @param needed absent where nothing is said; without what exemptions spare */
    public record Sum(long found, @Nullable Long needed) {

        public boolean isMet() {
            return needed == null || found >= needed;
        }
    }

    /**
     * A group or a course.
     *
     * @param required whether the programme cannot be completed without it
     * @param met      whether all its credits are there, or it is exempted
     */
    public record Part(TargetId target, Sum credits, boolean required, boolean met,
            List<EvidenceId> evidence) {

        public boolean isMissing() {
            return required && !met;
        }
    }

    public Progress {
        groups = List.copyOf(groups);
        courses = List.copyOf(courses);
    }

    public static Progress of(Plan plan, List<Counted> counted) {
        List<Part> courses = plan.courses().stream()
                .map(course -> of(plan, course, counted)).toList();
        List<Part> groups = plan.groups().stream()
                .map(group -> of(plan, group, counted)).toList();
        return new Progress(new Sum(sum(counted.stream()), less(plan.credits(),
                spared(plan, counted, _ -> true))), groups, courses);
    }

    private static Part of(Plan plan, Plan.Course course, List<Counted> counted) {
        TargetId target = TargetId.course(course.code());
        List<Counted> own = counted.stream().filter(c -> c.target().equals(target)).toList();
        boolean exempt = own.stream().anyMatch(c -> c.hundredths() == null);
        Sum credits = new Sum(sum(own.stream()),
                exempt || course.credits() == null ? null : course.credits().hundredths());
        return new Part(target, credits, !plan.isElective(course),
                !own.isEmpty() && credits.isMet(), evidence(own));
    }

    private static Part of(Plan plan, Plan.Group group, List<Counted> counted) {
        TargetId target = TargetId.group(group.id());
        Predicate<Plan.Course> inside = course -> group.id().equals(course.group());
        List<TargetId> targets = new ArrayList<>(List.of(target));
        plan.courses().stream().filter(inside)
                .forEach(course -> targets.add(TargetId.course(course.code())));
        List<Counted> own = counted.stream().filter(c -> targets.contains(c.target())).toList();
        Sum credits = new Sum(sum(own.stream()),
                less(group.credits(), spared(plan, counted, inside)));
        return new Part(target, credits, group.credits() != null, credits.isMet(), evidence(own));
    }

    /** The credits of the courses that need not be taken. */
    private static long spared(Plan plan, List<Counted> counted, Predicate<Plan.Course> which) {
        return plan.courses().stream().filter(which)
                .filter(course -> counted.stream().anyMatch(c -> c.hundredths() == null
                        && c.target().equals(TargetId.course(course.code()))))
                .map(Plan.Course::credits).filter(Objects::nonNull)
                .mapToLong(Amount::hundredths).sum();
    }

    private static @Nullable Long less(@Nullable Amount amount, long spared) {
        return amount == null ? null : Math.max(0, amount.hundredths() - spared);
    }

    private static long sum(Stream<Counted> counted) {
        return counted.map(Counted::hundredths).filter(Objects::nonNull)
                .mapToLong(Long::longValue).sum();
    }

    private static List<EvidenceId> evidence(List<Counted> counted) {
        return counted.stream().map(Counted::evidence).distinct().toList();
    }

    /** Groups and courses without which the programme cannot be completed. */
    public List<Part> required() {
        return Stream.concat(groups.stream(), courses.stream()).filter(Part::required).toList();
    }

    public List<Part> missing() {
        return required().stream().filter(Part::isMissing).toList();
    }

    public boolean isComplete() {
        return total.isMet() && missing().isEmpty();
    }
}
