package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.DiplomaLevel;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeCommand.CloseProgramme;
import creditbank.api.programme.ProgrammeCommand.DefineProgramme;
import creditbank.api.programme.ProgrammeCommand.ReviseProgramme;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.value.Amount;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Forms;
import creditbank.api.value.Reason;
import creditbank.api.value.Region;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.api.value.Title;
import creditbank.http.Requests.Written;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.axon.Commands;
import creditbank.programme.PlanForm;
import creditbank.projections.Programmes;
import creditbank.projections.Programmes.Programme;
import creditbank.projections.Views;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Programmes: defined, revised and closed by who awards what they lead to; read by anyone. */
@RestController
@RequestMapping("/api/programmes")
@Tag(name = "Programmes")
class ProgrammesController {

    private static final int MOST = 1_000;

    private final Commands commands;
    private final LedgerReader ledger;
    private final Views views;
    private final creditbank.programme.Programmes versions;
    private final Requests requests;

    ProgrammesController(Commands commands, Ledger ledger, Views views,
            creditbank.programme.Programmes versions, Requests requests) {
        this.commands = commands;
        this.ledger = ledger.reader();
        this.views = views;
        this.versions = versions;
        this.requests = requests;
    }

    // ------------------------------------------------------------------ writing

    /** @param id chosen here, and kept for ever */
    record Definition(@Nullable String id, @Nullable PlanForm plan) {
    }

    @PostMapping
    @Operation(summary = "Define a programme, in its version 1 (its institution, REGISTRAR)",
            description = "Learners stay on the version they enrolled in.")
    ResponseEntity<Written> define(@RequestBody Definition form, Caller caller,
            HttpServletRequest request) {
        ProgrammeId programme = Refused.inField("id",
                () -> new ProgrammeId(Forms.required(form.id())));
        Plan plan = plan(form.plan(), caller);
        return Requests.created("/api/programmes/", commands.send(
                new DefineProgramme(programme, plan), requests.sender(
                        caller, caller.onBehalfOf(plan.institution()), request, form)));
    }

    /**
     * @param replaces number of the version you have seen as the newest
     * @param plan     the whole of it, not what changed
     * @param reason   why, in one line of at most 500 characters; no personal data
     */
    record Revision(@Nullable Integer replaces, @Nullable PlanForm plan,
            @Nullable String reason) {

        ProgrammeVersion replaced(ProgrammeId programme) {
            if (replaces == null) {
                throw Rule.REQUIRED.brokenIn("replaces", "");
            }
            int number = replaces;
            return Refused.inField("replaces", () -> new ProgrammeVersion(programme, number));
        }
    }

    @PostMapping("/{id}/revision")
    @Operation(summary = "Add the next version, for who enrols from now on"
            + " (its institution, REGISTRAR)")
    ResponseEntity<Written> revise(@PathVariable String id, @RequestBody Revision form,
            Caller caller, HttpServletRequest request) {
        ProgrammeVersion replaces = form.replaced(id(id));
        Plan plan = plan(form.plan(), caller);
        return Requests.changed(commands.send(
                new ReviseProgramme(replaces, plan, clear(form.reason())), requests.sender(
                        caller, caller.onBehalfOf(plan.institution()), request, form)));
    }

    /**
     * @param institution who closes it; an institution may leave itself out
     * @param until       the last day on which somebody may enrol; today if left out
     * @param reason      why, in one line of at most 500 characters; no personal data
     */
    record ClosureForm(@Nullable String institution, @Nullable String until,
            @Nullable String reason) {
    }

    @PostMapping("/{id}/closure")
    @Operation(summary = "Let nobody new enrol; who is enrolled goes on"
            + " (its institution, REGISTRAR)")
    ResponseEntity<Written> close(@PathVariable String id, @RequestBody ClosureForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId institution =
                Requests.acting("institution", form.institution(), caller);
        LocalDate until = Refused.inField("until", () -> Forms.dateIfAny(form.until()));
        return Requests.changed(commands.send(
                new CloseProgramme(id(id), institution, until, clear(form.reason())),
                requests.sender(caller, caller.onBehalfOf(institution), request, form)));
    }

    private static Plan plan(@Nullable PlanForm form, Caller caller) {
        if (form == null) {
            throw Rule.REQUIRED.brokenIn("plan", "");
        }
        PlanForm stated = form.institution() == null && caller.institution() != null
                ? form.ofInstitution(caller.institution()) : form;
        return Refused.within("plan", stated::read);
    }

    private static Reason.Clear clear(@Nullable String reason) {
        return Refused.inField("reason", () -> new Reason.Clear(Forms.required(reason)));
    }

    // ------------------------------------------------------------------ reading

    /** Of the newest version, without groups and courses. */
    record Summary(ProgrammeVersion programme, Title title, InstitutionId institution,
            Sector sector, @Nullable DiplomaLevel level, @Nullable Region region,
            CreditUnit unit, @Nullable Amount credits, @Nullable LocalDate closedAfter) {

        static Summary of(Programme found) {
            Plan plan = found.plan();
            return new Summary(found.newest(), plan.title(), plan.institution(), plan.sector(),
                    plan.level(), plan.region(), plan.unit(), plan.credits(),
                    found.closure() == null ? null : found.closure().until());
        }
    }

    /** @param next give it back as {@code behind} for the next page; absent at the end */
    record ProgrammesAnswer(List<Summary> programmes, @Nullable String next) {
    }

    @GetMapping
    @Operation(summary = "Programmes by id, in their newest versions (anyone)",
            description = "Of one institution; of one sector.")
    ProgrammesAnswer programmes(@RequestParam(required = false) @Nullable String institution,
            @RequestParam(required = false) @Nullable Sector sector,
            @RequestParam(required = false) @Nullable String behind,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable Long after) {
        requests.after(after);
        int most = Limits.of(limit, MOST);
        Views.Range range = Programmes.of(Refused.inField("institution",
                () -> Forms.optional(institution, InstitutionId::new)), sector, most);
        List<Summary> found = new ArrayList<>();
        String at = behind;
        while (true) {
            List<Views.Row<Programme>> rows = views.page(Programmes.PROGRAMMES,
                    at == null ? range : range.behind(at));
            for (Views.Row<Programme> row : rows) {
                at = row.at();
                if (sector == null || row.document().plan().sector() == sector) {
                    found.add(Summary.of(row.document()));
                }
                if (found.size() == most) {
                    return new ProgrammesAnswer(found, at);
                }
            }
            if (rows.size() < most) {
                return new ProgrammesAnswer(found, null);
            }
        }
    }

    record VersionAnswer(int version, StepAnswer made) {
    }

    /** @param until the last day on which somebody may enrol */
    record ClosureAnswer(LocalDate until, StepAnswer closed) {
    }

    /**
     * @param programme the version that is shown
     * @param versions  all there are, in their order
     * @param closure   absent while the programme is open
     */
    record ProgrammeAnswer(ProgrammeVersion programme, Plan plan, List<VersionAnswer> versions,
            @Nullable ClosureAnswer closure) {

        static ProgrammeAnswer of(
                Programme found, ProgrammeVersion shown, Plan plan, boolean named) {
            Programmes.Closure closure = found.closure();
            return new ProgrammeAnswer(shown, plan, found.versions().stream()
                    .map(v -> new VersionAnswer(v.version(), StepAnswer.made(v.made(), named)))
                    .toList(), closure == null ? null : new ClosureAnswer(
                            closure.until(), StepAnswer.made(closure.step(), named)));
        }
    }

    @GetMapping("/{id}")
    @Operation(summary = "One programme in its newest version or another; its ETag is the"
            + " version of its stream (anyone)")
    ResponseEntity<ProgrammeAnswer> programme(@PathVariable String id,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable Long after,
            @Nullable Principal principal) {
        ProgrammeId asked = id(id);
        requests.after(after);
        long sequence = ledger.lastSequence(asked.stream());
        Refused.refuseIf(sequence < 0, () -> new Refusal.ProgrammeUnknown(asked));
        // Whoever sends the ETag back has seen everything up to it.
        requests.after(ledger.readStream(asked.stream(), sequence, 1).getFirst().position());
        Programme found = Programmes.get(views, asked);
        if (found == null) {
            throw new Refused(new Refusal.ProgrammeUnknown(asked));
        }
        ProgrammeVersion shown = version == null ? found.newest()
                : Refused.inField("version", () -> new ProgrammeVersion(asked, version));
        Plan plan = shown.equals(found.newest()) ? found.plan() : versions.plan(shown);
        return ResponseEntity.ok().eTag(Requests.etag(sequence))
                .body(ProgrammeAnswer.of(found, shown, plan, principal != null));
    }

    private static ProgrammeId id(String id) {
        return Refused.inField("id", () -> new ProgrammeId(id));
    }
}
