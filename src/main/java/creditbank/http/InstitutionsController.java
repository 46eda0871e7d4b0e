package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AchievementKind;
import creditbank.api.institution.InstitutionCommand.ReinstateInstitution;
import creditbank.api.institution.InstitutionCommand.SuspendInstitution;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Forms;
import creditbank.api.value.Reason;
import creditbank.http.Requests.Written;
import creditbank.institution.InstitutionForm;
import creditbank.ledger.axon.Commands;
import creditbank.privacy.Claims;
import creditbank.projections.Achievements;
import creditbank.projections.Institutions;
import creditbank.projections.Institutions.Institution;
import creditbank.projections.Views;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
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

/** Institutions and what they recorded. */
@RestController
@RequestMapping("/api/institutions")
@Tag(name = "Institutions")
class InstitutionsController {

    private static final int MOST = 1_000;

    private final Commands commands;
    private final Claims claims;
    private final Views views;
    private final Requests requests;
    private final AchievementAnswers answers;

    InstitutionsController(Commands commands, Claims claims, Views views, Requests requests,
            AchievementAnswers answers) {
        this.commands = commands;
        this.claims = claims;
        this.views = views;
        this.requests = requests;
        this.answers = answers;
    }

    /** @param reason why, in one line of at most 500 characters; no personal data */
    record ReasonForm(@Nullable String reason) {
        Reason.Clear clear() {
            return Refused.inField("reason",
                    () -> new Reason.Clear(Forms.required(reason)));
        }
    }

    @PostMapping
    @Operation(summary = "Register an institution (REGISTRAR)")
    ResponseEntity<Written> register(@RequestBody InstitutionForm form, Caller caller,
            HttpServletRequest request) {
        return Requests.created("/api/institutions/", commands.send(form.read(claims),
                requests.sender(caller, null, request, form)));
    }

    @PostMapping("/{id}/suspension")
    @Operation(summary = "Suspend an institution: it records nothing (REGISTRAR)")
    ResponseEntity<Written> suspend(@PathVariable String id, @RequestBody ReasonForm form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(commands.send(
                new SuspendInstitution(id(id), form.clear()),
                requests.sender(caller, null, request, form)));
    }

    @PostMapping("/{id}/reinstatement")
    @Operation(summary = "Let a suspended institution record again (REGISTRAR)")
    ResponseEntity<Written> reinstate(@PathVariable String id, @RequestBody ReasonForm form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(commands.send(
                new ReinstateInstitution(id(id), form.clear()),
                requests.sender(caller, null, request, form)));
    }

    @GetMapping
    @Operation(summary = "All institutions, by id")
    List<Institution> all(@RequestParam(defaultValue = "") String behind,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable Long after) {
        requests.after(after);
        Views.Range range = Views.Range.ofKeys("", Limits.of(limit, MOST));
        return views.page(Institutions.INSTITUTIONS,
                behind.isEmpty() ? range : range.behind(behind)).stream()
                .map(Views.Row::document).toList();
    }

    @GetMapping("/{id}")
    @Operation(summary = "One institution")
    Institution one(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after) {
        requests.after(after);
        Institution found = views.get(Institutions.INSTITUTIONS, id(id).text());
        if (found == null) {
            throw new Refused(new Refusal.InstitutionUnknown(id));
        }
        return found;
    }

    /** @param next give it back as {@code behind} for the next page; absent at the end */
    record Records(List<AchievementAnswers.Recorded> records, @Nullable String next) {
    }

    @GetMapping("/{id}/records")
    @Operation(summary = "What an institution recorded, newest achievement first",
            description = "Dates are business dates, inclusive.")
    Records records(@PathVariable String id,
            @RequestParam(required = false) @Nullable AchievementKind kind,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String behind,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        InstitutionId institution = requests.institution(id, after, caller);
        int most = Limits.of(limit, MOST);
        Limits.period(from, to);
        Views.Range range = Achievements.ofIssuer(institution, kind, from, to, most);
        List<Views.Row<Achievements.Standing>> rows = views.page(Achievements.ACHIEVEMENTS,
                behind == null ? range : range.behind(behind));
        return new Records(rows.stream().map(r -> answers.recorded(views, r.document())).toList(),
                rows.size() < most ? null : rows.getLast().at());
    }

    private static InstitutionId id(String text) {
        return Refused.inField("institution", () -> new InstitutionId(text));
    }
}
