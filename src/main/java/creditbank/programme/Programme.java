package creditbank.programme;

import static creditbank.api.Refused.refuseIf;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeCommand;
import creditbank.api.programme.ProgrammeCommand.CloseProgramme;
import creditbank.api.programme.ProgrammeCommand.DefineProgramme;
import creditbank.api.programme.ProgrammeCommand.ReviseProgramme;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.programme.ProgrammeEvent.ProgrammeClosed;
import creditbank.api.programme.ProgrammeEvent.ProgrammeDefined;
import creditbank.api.programme.ProgrammeEvent.ProgrammeRevised;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.value.Amount;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A programme as decisions see it. Learners stay on the version they enrolled in, so what a version
 * asks for never changes: a revision adds the next.
 */
public sealed interface Programme {

    record Undefined() implements Programme {
    }

    /**
     * @param institution who awards what it leads to, and alone changes it
     * @param unit        of all amounts in all its versions, so that learners can move between them
     * @param newest      number of the newest version
     */
    record Open(InstitutionId institution, CreditUnit unit, int newest) implements Programme {
    }

    record Closed() implements Programme {
    }

    Programme NONE = new Undefined();

    // ------------------------------------------------------------------ decide

    /**
     * @param institutions how an institution stands
     * @param today        the bank's business day
     */
    static List<ProgrammeEvent> decide(Programme state, ProgrammeCommand command,
            Function<InstitutionId, Institution> institutions, LocalDate today) {
        return List.of(switch (command) {
            case DefineProgramme c -> define(state, c, institutions);
            case ReviseProgramme c -> revise(open(state, c.programme()), c, institutions);
            case CloseProgramme c -> close(open(state, c.programme()), c, today);
        });
    }

    private static Open open(Programme state, ProgrammeId programme) {
        return switch (state) {
            case Open open -> open;
            case Undefined _ -> throw new Refused(new Refusal.ProgrammeUnknown(programme));
            case Closed _ -> throw new Refused(new Refusal.ProgrammeClosed(programme));
        };
    }

    private static ProgrammeEvent define(Programme state, DefineProgramme c,
            Function<InstitutionId, Institution> institutions) {
        refuseIf(!(state instanceof Undefined),
                () -> new Refusal.ProgrammeAlreadyDefined(c.programme()));
        refuseUnlessSound(c.plan(), institutions);
        return new ProgrammeDefined(new ProgrammeVersion(c.programme(), 1), c.plan());
    }

    private static ProgrammeEvent revise(Open open, ReviseProgramme c,
            Function<InstitutionId, Institution> institutions) {
        refuseIfNotTheirs(open, c.plan().institution());
        refuseIf(c.replaces().version() > open.newest(),
                () -> new Refusal.ProgrammeVersionUnknown(c.replaces()));
        refuseIf(c.replaces().version() < open.newest(),
                () -> new Refusal.ProgrammeAlreadyRevised(c.replaces(), open.newest()));
        refuseIf(c.plan().unit() != open.unit(), () -> new Refusal.PlanUnitCannotChange(
                c.replaces(), open.unit(), c.plan().unit()));
        refuseUnlessSound(c.plan(), institutions);
        return new ProgrammeRevised(c.replaces().next(), c.plan());
    }

    /** A suspended institution may close too: that takes nothing on. */
    private static ProgrammeEvent close(Open open, CloseProgramme c, LocalDate today) {
        refuseIfNotTheirs(open, c.institution());
        LocalDate until = c.until() == null ? today : c.until();
        if (until.isBefore(today)) {
            throw Rule.DATE_PASSED.brokenIn("until", until);
        }
        return new ProgrammeClosed(new ProgrammeVersion(c.programme(), open.newest()), until);
    }

    private static void refuseIfNotTheirs(Open open, InstitutionId asking) {
        refuseIf(!open.institution().equals(asking),
                () -> new Refusal.NotYourInstitution(asking, open.institution()));
    }

    // ------------------------------------------------------------------ whether a plan is sound

    /** Its institution is active, and no amount in it is at odds with another. */
    private static void refuseUnlessSound(
            Plan plan, Function<InstitutionId, Institution> institutions) {
        Institution.recordingSector(institutions.apply(plan.institution()), plan.institution());
        long needed = taken(plan, null);
        for (Plan.Group group : plan.groups()) {
            needed += needed(plan, group);
        }
        Amount total = plan.credits();
        if (total != null && total.hundredths() < needed) {
            throw new Refused(new Refusal.PlanTotalTooSmall(
                    Credits.amount(needed), total.toString()));
        }
    }

    /** How many credits a group takes: those it says, or those of the courses all have to take. */
    private static long needed(Plan plan, Plan.Group group) {
        long courses = taken(plan, group.id());
        Amount credits = group.credits();
        if (credits == null) {
            return courses;
        }
        refuseIf(courses > credits.hundredths(), () -> new Refusal.PlanGroupOverfull(
                group.id(), Credits.amount(courses), credits.toString()));
        Amount most = group.most();
        if (most != null && most.hundredths() > credits.hundredths()) {
            throw new Refused(new Refusal.PlanCapAboveGroup(
                    group.id(), most.toString(), credits.toString()));
        }
        return credits.hundredths();
    }

    /** The credits of the courses in a group, or in none, that everybody takes. */
    private static long taken(Plan plan, @Nullable String group) {
        return plan.courses().stream()
                .filter(c -> group == null ? c.group() == null : group.equals(c.group()))
                .filter(c -> !plan.isElective(c))
                .map(Plan.Course::credits)
                .mapToLong(credits -> credits == null ? 0 : credits.hundredths())
                .sum();
    }

    // ------------------------------------------------------------------ evolve

    static Programme evolve(Programme state, ProgrammeEvent event) {
        return switch (event) {
            case ProgrammeDefined e when state instanceof Undefined
                    && e.programme().version() == 1 -> new Open(
                            e.plan().institution(), e.plan().unit(), 1);
            case ProgrammeRevised e when state instanceof Open(
                    InstitutionId owner, CreditUnit unit, int newest)
                    && e.programme().version() == newest + 1
                    && e.plan().institution().equals(owner) && e.plan().unit() == unit ->
                    new Open(owner, unit, newest + 1);
            case ProgrammeClosed e when state instanceof Open open
                    && e.programme().version() == open.newest() -> new Closed();
            case ProgrammeDefined _, ProgrammeRevised _, ProgrammeClosed _ ->
                    throw new IllegalStateException(event + " cannot follow " + state);
        };
    }
}
