package creditbank.account;

import creditbank.account.Account.Open;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AchievementId;
import creditbank.api.account.RedemptionPurpose.Award;
import creditbank.api.account.RedemptionPurpose.Counted;
import creditbank.api.programme.Plan;
import creditbank.api.programme.Progress;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.Judgement;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
import creditbank.api.value.Title;
import creditbank.rulebook.Ask;
import creditbank.rulebook.Engine;
import creditbank.rulebook.Rulebook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What counts towards a programme on a day: what was recognised, and the school's own courses,
 * which need no rulebook.
 */
final class Studies {

    private final Open open;
    private final Enrolment enrolment;
    private final LocalDate on;
    private final Surroundings around;
    private final Plan plan;
    private final List<Counted> counted = new ArrayList<>();

    Studies(Open open, Enrolment enrolment, LocalDate on, Surroundings around) {
        this.open = open;
        this.enrolment = enrolment;
        this.on = on;
        this.around = around;
        this.plan = around.plan(enrolment.programme());
        recognised();
        own();
    }

    List<Counted> counted() {
        return List.copyOf(counted);
    }

    Progress progress() {
        return Progress.of(plan, counted.stream().map(c -> new Progress.Counted(
                new EvidenceId(c.evidence().toString()), c.target(),
                c.credits() == null ? null : c.credits().hundredths())).toList());
    }

    private void recognised() {
        recognitions().forEach(recognition -> recognition.lines().forEach(line ->
                counted.add(new Counted(line.evidence(), line.target(),
                        line.hundredths() == null ? null
                                : new Credits(line.hundredths(), plan.unit()),
                        new Award(recognition.id(), recognition.rulebook(), line.clause())))));
    }

    private Stream<Recognition> recognitions() {
        return open.recognitions().stream()
                .filter(r -> r.enrolment().equals(enrolment.id()) && !r.lines().isEmpty());
    }

    /**
     * Of several outcomes of one course the one with the most credits counts; beside what was
     * recognised of the course it fills the rest.
     */
    private void own() {
        Set<AchievementId> used = new HashSet<>();
        open.recognitions().stream()
                .filter(r -> open.enrolment(r.enrolment()).status()
                        != Enrolment.Status.WITHDRAWN)
                .forEach(r -> r.lines().forEach(line -> used.add(line.evidence())));
        open.redemptions().stream().filter(Redemption::stands)
                .forEach(redemption -> used.addAll(redemption.evidence()));
        open.transfers().forEach(transfer -> used.addAll(transfer.bound()));
        // What opened the door counts beside that only where a rulebook says so.
        open.enrolments().stream().map(Enrolment::admission).filter(Objects::nonNull)
                .forEach(used::add);
        for (Plan.Course course : plan.courses()) {
            TargetId target = TargetId.course(course.code());
            List<Counted> here = counted.stream()
                    .filter(c -> c.target().equals(target)).toList();
            if (here.isEmpty() || isFilledInPart(course, here)) {
                open.achievements().stream()
                        .filter(held -> held.issuer().equals(enrolment.school())
                                && course.code().equals(held.achievement().subject())
                                && held.achievement().credits().unit() == plan.unit()
                                && held.holdsOn(on) && !used.contains(held.id()))
                        .max(Comparator.comparingLong((Held held) ->
                                held.achievement().credits().hundredths())
                                .thenComparing(Comparator.comparingInt(
                                        (Held held) -> held.id().number()).reversed()))
                        .ifPresent(held -> counted.add(new Counted(held.id(), target,
                                credits(held, course, here), null)));
            }
        }
    }

    private static boolean isFilledInPart(Plan.Course course, List<Counted> here) {
        return course.credits() != null && here.stream().allMatch(c -> c.credits() != null)
                && sum(here) < course.credits().hundredths();
    }

    /** No more than the course has beside what was recognised. */
    private Credits credits(Held held, Plan.Course course, List<Counted> here) {
        long earned = held.achievement().credits().hundredths();
        return new Credits(course.credits() == null ? earned
                : Math.min(earned, course.credits().hundredths() - sum(here)), plan.unit());
    }

    private static long sum(List<Counted> counted) {
        return counted.stream().map(Counted::credits).filter(Objects::nonNull)
                .mapToLong(Credits::hundredths).sum();
    }

    // ------------------------------------------------------------------ whether it is all there

    /**
     * What each rulebook says of these studies under which something was recognised towards them.
     * It is asked also after its last day: what it awarded still stands on what it requires.
     */
    List<Judgement> judgements(Attributes request, Attributes ofLearner) {
        List<Held> evidence = open.achievements().stream().filter(h -> h.holdsOn(on)).toList();
        Cases cases = new Cases(open, enrolment, around);
        return recognitions().map(Recognition::rulebook).distinct()
                .map(version -> Judgement.of(Engine.decide(
                        cases.of(evidence, on, request, ofLearner, new Ask.Exactly(List.of())),
                        around.rulebook(version).tried())))
                .toList();
    }

    void refuseUnlessComplete(List<Judgement> judgements) {
        Progress progress = progress();
        List<Lack> lacks = new ArrayList<>();
        if (!progress.total().isMet()) {
            lacks.add(lack(TargetId.PROGRAMME, progress.total()));
        }
        progress.missing().forEach(part -> lacks.add(lack(part.target(), part.credits())));
        lacks.addAll(unmet(judgements));
        Refused.refuseIf(!lacks.isEmpty(), () -> new Refusal.ProgrammeNotComplete(enrolment.id(),
                joined(lacks, Lack::code, ", "), new Title(
                        joined(lacks, each -> each.title().zh() + each.sum(), "、"),
                        joined(lacks, each -> each.title().en() + each.sum(), ", "))));
    }

    /**
     * What is not there.
     *
     * @param sum what is found and needed, with a blank before it; empty where nothing is summed
     */
    private record Lack(String name, Title title, String sum) {
        private String code() {
            return name + sum;
        }
    }

    private static String joined(List<Lack> lacks, Function<Lack, String> how, String between) {
        return lacks.stream().map(how).collect(Collectors.joining(between));
    }

    private Lack lack(TargetId target, Progress.Sum sum) {
        return new Lack(target.text(), title(target), sum.needed() == null ? ""
                : " " + Credits.amount(sum.found()) + "/" + Credits.amount(sum.needed()));
    }

    /** As the plan has it; courses and groups have one in the language of their school. */
    private Title title(TargetId target) {
        return Stream.concat(
                        plan.courses().stream().filter(course -> TargetId.course(course.code())
                                .equals(target)).map(Plan.Course::title),
                        plan.groups().stream().filter(group -> TargetId.group(group.id())
                                .equals(target)).map(Plan.Group::title))
                .findFirst().map(title -> new Title(title, title)).orElse(plan.title());
    }

    /** What a rulebook requires for an entitlement is asked for only where the plan names that. */
    private List<Lack> unmet(List<Judgement> judgements) {
        Set<String> shut = new LinkedHashSet<>(plan.entitlements());
        List<Lack> unmet = new ArrayList<>();
        for (Judgement judgement : judgements) {
            Rulebook rulebook = around.rulebook(judgement.rulebook());
            judgement.entitlements().forEach(door -> shut.remove(door.to()));
            judgement.requirements().stream().filter(line -> !line.met())
                    .filter(line -> rulebook.entitlement(line.clause())
                            .map(shut::contains).orElse(true))
                    .forEach(line -> unmet.add(new Lack(line.clause() + "/" + line.name(),
                            rulebook.summary(line.clause()).orElseThrow(),
                            " " + line.found() + "/" + line.needed())));
        }
        shut.forEach(door -> unmet.add(
                new Lack("entitlement " + door, new Title(door, door), "")));
        return unmet;
    }
}
