package creditbank.http;

import creditbank.account.ApplicationsCounter;
import creditbank.account.StudiesForms.AskingForm;
import creditbank.account.StudiesForms.RecognitionForm;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.ApplicationEvent.ApplicationResubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationSubmitted;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.Asking;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.Wish;
import creditbank.http.ApplicationAnswers.ApplicationAnswer;
import creditbank.http.ApplicationAnswers.EvidenceAnswer;
import creditbank.http.DecisionAnswers.DecisionAnswer;
import creditbank.http.Requests.Written;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Sender;
import creditbank.projections.Applications;
import creditbank.projections.Applications.Application;
import creditbank.projections.Rulebooks;
import creditbank.projections.Transfers;
import creditbank.projections.Views;
import creditbank.security.Caller;
import creditbank.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Applications for recognition on their way through the steps a rulebook asks for. Learners act for
 * themselves, institutions as themselves, registrars as the bank.
 */
@RestController
@RequestMapping("/api")
@Tag(name = "Applications")
class ApplicationsController {

    private static final int MOST = 1_000;

    private final ApplicationsCounter counter;
    private final Views views;
    private final LedgerReader ledger;
    private final Requests requests;
    private final ApplicationAnswers answers;
    private final DecisionAnswers decisions;
    private final LearnerAnswers learners;

    ApplicationsController(ApplicationsCounter counter, Views views, Ledger ledger,
            Requests requests, ApplicationAnswers answers, DecisionAnswers decisions,
            LearnerAnswers learners) {
        this.counter = counter;
        this.views = views;
        this.ledger = ledger.reader();
        this.requests = requests;
        this.answers = answers;
        this.decisions = decisions;
        this.learners = learners;
    }

    // ------------------------------------------------------------------ who applies

    @PostMapping("/learners/{id}/applications")
    @Operation(summary = "Apply for recognition under a rulebook that asks for steps (LEARNER for"
            + " oneself, the school for its learner)",
            description = "What cannot be decided at all is refused at once. What would be"
                    + " decided is told by what-if. Nothing is bound while it waits.")
    ResponseEntity<Written> submit(@PathVariable String id, @RequestBody RecognitionForm form,
            Caller caller, HttpServletRequest request) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        InstitutionId school = caller.role() == Role.LEARNER ? null
                : Requests.acting("school", form.school(), caller);
        return Requests.created("/api/applications/", counter.submit(
                requests.sender(caller, school == null ? null : caller.onBehalfOf(school),
                        request, form), learner, school, form));
    }

    @PostMapping("/applications/{id}/resubmission")
    @Operation(summary = "Send a returned application again, with all it asks for (who may apply)",
            description = "It goes through all steps anew.")
    ResponseEntity<Written> resubmit(@PathVariable String id, @RequestBody AskingForm form,
            Caller caller, HttpServletRequest request) {
        ApplicationId application = owned(id, caller);
        return Requests.changed(counter.resubmit(
                sender(caller, request, form), application, caller.institution(), form));
    }

    @PostMapping("/applications/{id}/withdrawal")
    @Operation(summary = "Ask no longer (who may apply)")
    ResponseEntity<Written> withdraw(
            @PathVariable String id, Caller caller, HttpServletRequest request) {
        ApplicationId application = owned(id, caller);
        return Requests.changed(counter.withdraw(
                sender(caller, request, ""), application, caller.institution()));
    }

    /** @param reason why, in one line of at most 500 characters; kept sealed */
    record ReasonForm(@Nullable String reason) {
    }

    @PostMapping("/applications/{id}/appeal")
    @Operation(summary = "Appeal against a rejection, or against what was refused, within the"
            + " rulebook's window (who may apply)")
    ResponseEntity<Written> appeal(@PathVariable String id, @RequestBody ReasonForm form,
            Caller caller, HttpServletRequest request) {
        ApplicationId application = owned(id, caller);
        return Requests.changed(counter.appeal(sender(caller, request, form), application,
                caller.institution(), form.reason()));
    }

    // ------------------------------------------------------------------ who decides

    /** @param on the business day; today if left out */
    record EndorsementForm(@Nullable String on) {
    }

    @PostMapping("/applications/{id}/endorsement")
    @Operation(summary = "Pass the step at which an application waits (whoever it waits for)",
            description = "Passing the last step approves it: in the same commit it is decided"
                    + " what counts, on that day and under the rulebook it was submitted under."
                    + " Read the application for the recognition.")
    ResponseEntity<Written> endorse(@PathVariable String id, @RequestBody EndorsementForm form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(counter.endorse(sender(caller, request, form), id(id),
                caller.institution(), form.on()));
    }

    /**
     * @param on     the business day; today if left out
     * @param reason why, in one line of at most 500 characters; kept sealed
     */
    record NotPassedForm(@Nullable String on, @Nullable String reason) {
    }

    @PostMapping("/applications/{id}/return")
    @Operation(summary = "Give an application back to be mended, with reasons (whoever it waits"
            + " for)")
    ResponseEntity<Written> giveBack(@PathVariable String id, @RequestBody NotPassedForm form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(counter.giveBack(sender(caller, request, form), id(id),
                caller.institution(), form.on(), form.reason()));
    }

    @PostMapping("/applications/{id}/rejection")
    @Operation(summary = "End an application at the step at which it waits, with reasons (whoever"
            + " it waits for)")
    ResponseEntity<Written> reject(@PathVariable String id, @RequestBody NotPassedForm form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(counter.reject(sender(caller, request, form), id(id),
                caller.institution(), form.on(), form.reason()));
    }

    @PostMapping("/applications/{id}/appeal/dismissal")
    @Operation(summary = "Leave a decision as it is (a REGISTRAR other than who decided)")
    ResponseEntity<Written> dismiss(@PathVariable String id, @RequestBody ReasonForm form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(counter.dismiss(
                sender(caller, request, form), id(id), form.reason()));
    }

    @PostMapping("/applications/{id}/appeal/upholding")
    @Operation(summary = "Let somebody else decide anew at the step that decided (a REGISTRAR"
            + " other than who decided)")
    ResponseEntity<Written> uphold(@PathVariable String id, @RequestBody ReasonForm form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(counter.uphold(
                sender(caller, request, form), id(id), form.reason()));
    }

    private Sender sender(Caller caller, HttpServletRequest request, Object form) {
        InstitutionId institution = caller.institution();
        return requests.sender(
                caller, institution == null ? null : institution.stream(), request, form);
    }

    // ------------------------------------------------------------------ reading

    record ApplicationsAnswer(List<ApplicationAnswer> applications) {
    }

    @GetMapping("/learners/{id}/applications")
    @Operation(summary = "A learner's applications, in order, and who did what to them")
    ApplicationsAnswer ofLearner(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        requests.after(after);
        return new ApplicationsAnswer(
                learners.applications(views, learner, requests.day(null)));
    }

    @GetMapping("/institutions/{id}/applications")
    @Operation(summary = "Applications of an institution's learners, submitted last first")
    ApplicationsAnswer ofSchool(@PathVariable String id,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        InstitutionId school = requests.institution(id, after, caller);
        return page(Applications.ofSchool(school, Limits.of(limit, MOST)));
    }

    private ApplicationsAnswer page(Views.Range range) {
        LocalDate today = requests.day(null);
        return new ApplicationsAnswer(views.page(Applications.APPLICATIONS, range).stream()
                .map(row -> answers.of(views, row.document(), today)).toList());
    }

    /**
     * @param on           the business day by which somebody is late
     * @param applications longest waiting first
     * @param rulebooks    proposals that wait for another registrar; on the first page
     * @param transfers    offers that wait for the institution's answer, longest waiting first; on
     *                     the first page
     * @param next         give it back as {@code behind} for the next page; absent at the end
     */
    record WorkAnswer(LocalDate on, List<ApplicationAnswer> applications,
            List<RulebookVersion> rulebooks, List<TransferAnswer> transfers,
            @Nullable String next) {
    }

    @GetMapping("/work")
    @Operation(summary = "What waits for whoever asks, longest first (LEARNER, INSTITUTION,"
            + " REGISTRAR)",
            description = "A learner's returned applications; an institution's steps, as school"
                    + " and as issuer, and transfers it has to answer; the bank's steps and"
                    + " appeals, and rulebooks to approve.")
    WorkAnswer work(@RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String behind,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        requests.after(after);
        int most = Limits.of(limit, MOST);
        Views.Range range = switch (caller.role()) {
            case LEARNER -> Applications.waitingFor(
                    Objects.requireNonNull(caller.learner()), most);
            case INSTITUTION -> Applications.waitingFor(
                    Objects.requireNonNull(caller.institution()), most);
            case REGISTRAR, AUDITOR -> Applications.waitingForBank(most);
        };
        Paging<Application> page = Paging.of(most, behind,
                at -> views.page(Applications.APPLICATIONS, at == null ? range : range.behind(at)),
                _ -> true);
        LocalDate today = requests.day(null);
        return new WorkAnswer(today,
                page.found().stream().map(each -> answers.of(views, each, today)).toList(),
                caller.role() == Role.REGISTRAR && behind == null ? proposals(caller) : List.of(),
                caller.role() == Role.INSTITUTION && behind == null
                        ? offers(Objects.requireNonNull(caller.institution())) : List.of(),
                page.next());
    }

    private List<TransferAnswer> offers(InstitutionId to) {
        return views.page(Transfers.TRANSFERS, Transfers.waitingFor(to, MOST)).stream()
                .map(row -> TransferAnswer.of(row.document())).toList();
    }

    /** Rulebooks are few beside applications, so they are looked through. */
    private List<RulebookVersion> proposals(Caller caller) {
        return views.page(Rulebooks.RULEBOOKS, Rulebooks.of(null, MOST)).stream()
                .map(Views.Row::document)
                .filter(each -> each.status() == Rulebooks.Status.PROPOSED
                        && !each.proposed().by().equals(caller.actor()))
                .map(Rulebooks.Rulebook::rulebook).toList();
    }

    /**
     * An application with what is asked now.
     *
     * @param asked    absent where whatever counts most is asked
     * @param request  what is said in asking
     * @param evidence the pieces that are asked for; where whatever counts most is, the preview
     *                 tells them
     */
    record OneApplicationAnswer(ApplicationAnswer application, @Nullable List<Wish> asked,
            Attributes request, List<EvidenceAnswer> evidence) {
    }

    @GetMapping("/applications/{id}")
    @Operation(summary = "One application, for its learner, its school, an issuer it waits or"
            + " waited for, registrars and auditors")
    OneApplicationAnswer one(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        Application found = readable(id, after, caller);
        Asking asking = switch (EntryFormat.read(
                ledger.read(found.askedAt(), 1).getFirst()).event()) {
            case ApplicationSubmitted e -> e.asking();
            case ApplicationResubmitted e -> e.asking();
            default -> throw new IllegalStateException("Nothing is asked at " + found.askedAt());
        };
        return new OneApplicationAnswer(
                answers.of(views, found, requests.day(null)), asking.asked(), asking.request(),
                answers.evidence(asking.asked() == null ? Stream.empty()
                        : asking.asked().stream().map(Wish::evidence)));
    }

    /** @param evidence the pieces of which something is decided */
    record PreviewAnswer(DecisionAnswer decision, List<EvidenceAnswer> evidence) {
    }

    @GetMapping("/applications/{id}/preview")
    @Operation(summary = "What would be decided if the last step were passed today; nothing is"
            + " written (who may read it)")
    PreviewAnswer preview(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Locale locale, Caller caller) {
        Decision decision = counter.preview(readable(id, after, caller).id());
        return new PreviewAnswer(decisions.of(decision, locale), answers.evidence(Stream.concat(
                decision.granted().stream().map(GrantedLine::evidence),
                decision.refused().stream().map(RefusedLine::evidence))));
    }

    private Application readable(String id, @Nullable Long after, Caller caller) {
        ApplicationId asked = owned(id, caller);
        requests.after(after);
        Application found = Applications.get(views, asked);
        if (found == null) {
            throw new Refused(new Refusal.ApplicationUnknown(id));
        }
        InstitutionId institution = caller.institution();
        if (institution != null && !hadIt(found, institution)) {
            caller.onBehalfOf(found.school());
        }
        return found;
    }

    private static boolean hadIt(Application application, InstitutionId institution) {
        var turn = application.turn();
        return turn != null && institution.equals(turn.at().institution())
                || application.acts().stream().anyMatch(act -> act.at() != null
                        && institution.equals(act.at().institution()));
    }

    private static ApplicationId owned(String id, Caller caller) {
        ApplicationId application = id(id);
        caller.mustOwn(application.learner());
        return application;
    }

    private static ApplicationId id(String text) {
        return Refused.inField("application", () -> ApplicationId.parse(text));
    }
}
