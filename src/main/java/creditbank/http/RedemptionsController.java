package creditbank.http;

import creditbank.account.StudiesCounter;
import creditbank.account.StudiesForms.RedemptionForm;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.institution.InstitutionId;
import creditbank.http.DecisionAnswers.DiplomaAnswer;
import creditbank.http.Requests.Written;
import creditbank.projections.Redemptions;
import creditbank.projections.Redemptions.Redemption;
import creditbank.projections.Views;
import creditbank.security.Caller;
import creditbank.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Credits used for good, and that taken back. */
@RestController
@RequestMapping("/api")
@Tag(name = "Redemptions")
class RedemptionsController {

    private static final int MOST = 1_000;

    private final StudiesCounter studies;
    private final Views views;
    private final Requests requests;
    private final DecisionAnswers decisions;
    private final LearnerAnswers answers;

    RedemptionsController(StudiesCounter studies, Views views, Requests requests,
            DecisionAnswers decisions, LearnerAnswers answers) {
        this.studies = studies;
        this.views = views;
        this.requests = requests;
        this.decisions = decisions;
        this.answers = answers;
    }

    @PostMapping("/learners/{id}/redemptions")
    @Operation(summary = "Use a learner's available credits for a certificate or an entitlement"
            + " (INSTITUTION, REGISTRAR)",
            description = "For a diploma let the learner graduate from the programme.")
    ResponseEntity<Written> redeem(@PathVariable String id, @RequestBody RedemptionForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId by = Requests.acting("by", form.by(), caller);
        return Requests.created("/api/redemptions/", studies.redeem(
                requests.sender(caller, caller.onBehalfOf(by), request, form),
                Requests.learner(id), by, form));
    }

    /** @param on the business day; today if left out */
    record ReversalForm(@Nullable String on, @Nullable String by, @Nullable String reason) {
    }

    @PostMapping("/redemptions/{id}/reversal")
    @Operation(summary = "Take a redemption back, with a reason: everything is available again"
            + " (who made it, REGISTRAR)",
            description = "Of a diploma: the studies go on as before, and what another diploma counts"
                    + " stays used.")
    ResponseEntity<Written> reverse(@PathVariable String id, @RequestBody ReversalForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId by = Requests.acting("by", form.by(), caller);
        return Requests.changed(studies.reverse(
                requests.sender(caller, caller.onBehalfOf(by), request, form), id(id), by,
                form.on(), form.reason()));
    }

    // ------------------------------------------------------------------ reading

    record RedemptionsAnswer(List<Redemption> redemptions) {
    }

    @GetMapping("/learners/{id}/redemptions")
    @Operation(summary = "What a learner's credits were used for, in order")
    RedemptionsAnswer ofLearner(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        requests.after(after);
        return new RedemptionsAnswer(answers.redemptions(views, learner));
    }

    @GetMapping("/institutions/{id}/redemptions")
    @Operation(summary = "What an institution gave for credits, newest day first")
    RedemptionsAnswer ofInstitution(@PathVariable String id,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        InstitutionId by = requests.institution(id, after, caller);
        return page(Redemptions.ofInstitution(by, Limits.of(limit, MOST)));
    }

    @GetMapping("/redemptions")
    @Operation(summary = "Diplomas and others that rest on what was revoked or corrected since, and"
            + " still stand, questioned last first (REGISTRAR, AUDITOR)")
    RedemptionsAnswer inQuestion(@RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable Long after) {
        requests.after(after);
        return page(Redemptions.inQuestion(Limits.of(limit, MOST)));
    }

    private RedemptionsAnswer page(Views.Range range) {
        return new RedemptionsAnswer(views.page(Redemptions.REDEMPTIONS, range).stream()
                .map(Views.Row::document).toList());
    }

    /** @param diploma why the learner graduated, where that is what it was for */
    record RedemptionAnswer(Redemption redemption, @Nullable DiplomaAnswer diploma) {
    }

    @GetMapping("/redemptions/{id}")
    @Operation(summary = "One redemption and what it rests on; of a diploma every piece that counts"
            + " with its clause, and every requirement, in words")
    RedemptionAnswer one(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Locale locale, Caller caller) {
        RedemptionId asked = id(id);
        caller.mustOwn(asked.learner());
        requests.after(after);
        Redemption found = Redemptions.get(views, asked);
        if (found == null) {
            throw new Refused(new Refusal.RedemptionUnknown(id));
        }
        if (caller.role() == Role.INSTITUTION) {
            caller.onBehalfOf(found.by());
        }
        return new RedemptionAnswer(found, found.purpose() instanceof Diploma diploma
                ? decisions.of(diploma, locale) : null);
    }

    private static RedemptionId id(String text) {
        return Refused.inField("redemption", () -> RedemptionId.parse(text));
    }
}
