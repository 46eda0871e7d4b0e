package creditbank.account;

import creditbank.account.Account.Open;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AchievementId;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.programme.Plan;
import creditbank.api.programme.Progress;
import creditbank.api.programme.Progress.Counted;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
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

/**
 * What counts towards a programme on a day: what was recognised, what was exempted, and the
 * school's own courses, which need no rulebook.
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
        exempted();
        own();
    }

    List<Counted> counted() {
        return List.copyOf(counted);
    }

    Progress progress() {
        return Progress.of(plan, counted);
    }

    private void recognised() {
        open.recognitions().stream().filter(r -> r.enrolment().equals(enrolment.id()))
                .flatMap(r -> r.lines().stream())
                .forEach(line -> counted.add(new Counted(
                        new EvidenceId(line.evidence().toString()), line.target(),
                        line.hundredths())));
    }

    private void exempted() {
        open.redemptions().stream().filter(Redemption::stands).forEach(redemption -> {
            if (redemption.purpose() instanceof RedemptionPurpose.Exemption(
                    var of, TargetId target) && of.equals(enrolment.id())) {
                redemption.evidence().forEach(id -> counted.add(new Counted(
                        new EvidenceId(id.toString()), target, null)));
            }
        });
    }

    /** Of several outcomes of one course the one with the most credits counts. */
    private void own() {
        Set<AchievementId> used = new HashSet<>();
        open.recognitions().stream()
                .filter(r -> Enrolment.known(open, r.enrolment()).status()
                        != Enrolment.Status.WITHDRAWN)
                .forEach(r -> r.lines().forEach(line -> used.add(line.evidence())));
        open.redemptions().stream().filter(Redemption::stands)
                .forEach(redemption -> used.addAll(redemption.evidence()));
        // What opened the door counts beside that only where a rulebook says so.
        open.enrolments().stream().map(Enrolment::admission).filter(Objects::nonNull)
                .forEach(used::add);
        for (Plan.Course course : plan.courses()) {
            TargetId target = TargetId.course(course.code());
            if (counted.stream().noneMatch(c -> c.target().equals(target))) {
                open.achievements().stream()
                        .filter(held -> held.issuer().equals(enrolment.school())
                                && course.code().equals(held.achievement().subject())
                                && held.achievement().credits().unit() == plan.unit()
                                && held.holdsOn(on) && !used.contains(held.id()))
                        .max(Comparator.comparingLong((Held held) ->
                                held.achievement().credits().hundredths())
                                .thenComparing(Comparator.comparingInt(
                                        (Held held) -> held.id().number()).reversed()))
                        .ifPresent(held -> counted.add(new Counted(held.evidence(), target,
                                credits(held, course))));
            }
        }
    }

    /** No more than the course has. */
    private static long credits(Held held, Plan.Course course) {
        long earned = held.achievement().credits().hundredths();
        return course.credits() == null ? earned
                : Math.min(earned, course.credits().hundredths());
    }

    // ------------------------------------------------------------------ whether it is all there

    void refuseUnlessComplete() {
        Progress progress = progress();
        List<String> missing = new ArrayList<>();
        if (!progress.total().isMet()) {
            missing.add(missing(TargetId.PROGRAMME.text(), progress.total()));
        }
        progress.missing().forEach(part ->
                missing.add(missing(part.target().text(), part.credits())));
        missing.addAll(unmet());
        Refused.refuseIf(!missing.isEmpty(), () -> new Refusal.ProgrammeNotComplete(
                enrolment.id(), String.join(", ", missing)));
    }

    private static String missing(String what, Progress.Sum sum) {
        return sum.needed() == null ? what
                : what + " " + Credits.amount(sum.found()) + "/" + Credits.amount(sum.needed());
    }

    /**
     * What the rulebooks require under which something was recognised towards the programme. What
     * one requires for an entitlement is asked for only where the plan names that.
     */
    private List<String> unmet() {
        List<Held> evidence = open.achievements().stream().filter(h -> h.holdsOn(on)).toList();
        Cases cases = new Cases(open, enrolment, around);
        Set<String> shut = new LinkedHashSet<>(plan.entitlements());
        List<String> unmet = new ArrayList<>();
        open.recognitions().stream()
                .filter(r -> r.enrolment().equals(enrolment.id()) && !r.lines().isEmpty())
                .map(Recognition::rulebook).distinct().forEach(version -> {
                    Rulebook rulebook = around.rulebook(version);
                    Decision decision = Engine.decide(cases.of(evidence, on, Attributes.NONE,
                            Attributes.NONE, new Ask.Exactly(List.of())), rulebook);
                    decision.entitlements().forEach(door -> shut.remove(door.to()));
                    decision.requirements().stream().filter(line -> !line.met())
                            .filter(line -> rulebook.entitlement(line.clause())
                                    .map(shut::contains).orElse(true))
                            .forEach(line -> unmet.add(line.clause() + "/" + line.name() + " "
                                    + line.found() + "/" + line.needed()));
                });
        shut.forEach(door -> unmet.add("entitlement " + door));
        return unmet;
    }
}
