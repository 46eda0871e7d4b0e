package creditbank.http;

import creditbank.account.StudiesCounter;
import creditbank.account.StudiesForms.TransferForm;
import creditbank.api.Recorded;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.account.TransferEvent.TransferRequested;
import creditbank.api.account.TransferId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Wish;
import creditbank.api.value.Rule;
import creditbank.api.value.Texts;
import creditbank.http.DecisionAnswers.DecisionAnswer;
import creditbank.http.Requests.Written;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.projections.Step;
import creditbank.projections.Transfers;
import creditbank.projections.Transfers.Transfer;
import creditbank.projections.Views;
import creditbank.security.Caller;
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

/** Credits that go from one school to another. Both see one transfer, at one address. */
@RestController
@RequestMapping("/api")
@Tag(name = "Transfers")
class TransfersController {

    private static final int MOST = 1_000;
    /** Seen from one school. */
    private static final String IN = "in";
    private static final String OUT = "out";

    private final StudiesCounter studies;
    private final Views views;
    private final LedgerReader ledger;
    private final Requests requests;
    private final DecisionAnswers decisions;
    private final PersonalData personal;
    private final LearnerAnswers learners;

    TransfersController(StudiesCounter studies, Views views, Ledger ledger, Requests requests,
            DecisionAnswers decisions, PersonalData personal, LearnerAnswers learners) {
        this.studies = studies;
        this.views = views;
        this.ledger = ledger.reader();
        this.requests = requests;
        this.decisions = decisions;
        this.personal = personal;
        this.learners = learners;
    }

    // ------------------------------------------------------------------ writing

    @PostMapping("/learners/{id}/transfers")
    @Operation(summary = "Offer a learner's achievements to another school (their issuer,"
            + " REGISTRAR)",
            description = "They are converted under a rulebook of the other school's jurisdiction,"
                    + " or of an agreement, and reserved until it answers or the last day for an"
                    + " answer has passed.")
    ResponseEntity<Written> request(@PathVariable String id, @RequestBody TransferForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId from = Requests.acting("from", form.from(), caller);
        return Requests.created("/api/transfers/", studies.requestTransfer(
                requests.sender(caller, caller.onBehalfOf(from), request, form),
                Requests.learner(id), from, form));
    }

    /** @param school who answers; an institution may leave itself out */
    record AnswerForm(@Nullable String school) {
    }

    /** @param school who says so; an institution may leave itself out */
    record DeclinedForm(@Nullable String school, @Nullable String reason) {
    }

    @PostMapping("/transfers/{id}/acceptance")
    @Operation(summary = "Take what was offered: it is recorded as the school's own (the school it"
            + " goes to, REGISTRAR)")
    ResponseEntity<Written> accept(@PathVariable String id, @RequestBody AnswerForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId school = Requests.acting("school", form.school(), caller);
        return Requests.changed(studies.acceptTransfer(requests.sender(
                caller, caller.onBehalfOf(school), request, form), id(id), school));
    }

    @PostMapping("/transfers/{id}/declining")
    @Operation(summary = "Do not take what was offered, with a reason: it is available again (the"
            + " school it would go to, REGISTRAR)")
    ResponseEntity<Written> decline(@PathVariable String id, @RequestBody DeclinedForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId school = Requests.acting("school", form.school(), caller);
        return Requests.changed(studies.declineTransfer(requests.sender(
                caller, caller.onBehalfOf(school), request, form), id(id), school,
                form.reason()));
    }

    @PostMapping("/transfers/{id}/withdrawal")
    @Operation(summary = "Take an offer back before it is answered, with a reason (the school that"
            + " made it, REGISTRAR)")
    ResponseEntity<Written> withdraw(@PathVariable String id, @RequestBody DeclinedForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId school = Requests.acting("school", form.school(), caller);
        return Requests.changed(studies.withdrawTransfer(requests.sender(
                caller, caller.onBehalfOf(school), request, form), id(id), school,
                form.reason()));
    }

    @PostMapping("/transfers/{id}/lapse")
    @Operation(summary = "Have a transfer end whose last day for an answer has passed (either"
            + " school, the learner, REGISTRAR)",
            description = "The bank does so by itself too, a little later.")
    ResponseEntity<Written> lapse(
            @PathVariable String id, Caller caller, HttpServletRequest request) {
        TransferId transfer = id(id);
        caller.mustOwn(transfer.learner());
        InstitutionId school = caller.institution();
        return Requests.changed(studies.lapseTransfer(requests.sender(caller,
                school == null ? null : caller.onBehalfOf(school), request, id), transfer,
                school));
    }

    // ------------------------------------------------------------------ what if

    @PostMapping("/learners/{id}/transfers/what-if")
    @Operation(summary = "What would become of achievements at another school; nothing is written,"
            + " and the day may be one to come (their issuer, the learner, REGISTRAR, AUDITOR)")
    DecisionAnswer whatIf(@PathVariable String id, @RequestBody TransferForm form, Locale locale,
            Caller caller) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        InstitutionId from = Requests.acting("from", form.from(), caller);
        caller.onBehalfOf(from);
        return decisions.of(studies.whatIfTransferred(learner, from, form), locale);
    }

    // ------------------------------------------------------------------ reading

    record TransfersAnswer(List<TransferAnswer> transfers) {
    }

    @GetMapping("/learners/{id}/transfers")
    @Operation(summary = "Every transfer of a learner, in order")
    TransfersAnswer ofLearner(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        requests.after(after);
        return new TransfersAnswer(learners.transfers(views, learner));
    }

    @GetMapping("/institutions/{id}/transfers")
    @Operation(summary = "What was offered to an institution (in) or by it (out), last first",
            description = "With the state WAITING and the direction in: what it has to answer.")
    TransfersAnswer ofInstitution(@PathVariable String id,
            @RequestParam(defaultValue = IN) String direction,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        InstitutionId school = requests.institution(id, after, caller);
        if (!direction.equals(IN) && !direction.equals(OUT)) {
            Refused unknown = Rule.CHOICE_UNKNOWN.brokenBy(direction, IN, OUT);
            throw new Refused(((Refusal.ValueInvalid) unknown.refusal()).in("direction"));
        }
        Transfers.State only = state == null ? null : Refused.inField("state",
                () -> Texts.choice(Transfers.State.class, state));
        int most = Limits.of(limit, MOST);
        return page(direction.equals(IN)
                ? Transfers.to(school, only, most) : Transfers.from(school, only, most));
    }

    private TransfersAnswer page(Views.Range range) {
        return new TransfersAnswer(views.page(Transfers.TRANSFERS, range).stream()
                .map(row -> TransferAnswer.of(row.document())).toList());
    }

    /**
     * A transfer with all it rests on.
     *
     * @param asked   absent where whatever counts most was asked
     * @param request what was said in asking
     * @param steps   what happened to it, the request first
     */
    record OneTransferAnswer(TransferAnswer transfer, @Nullable List<Wish> asked,
            Attributes request, DecisionAnswer decision, List<StepAnswer> steps) {
    }

    @GetMapping("/transfers/{id}")
    @Operation(summary = "One transfer: what becomes what under which clause, and what happened to"
            + " it")
    OneTransferAnswer one(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Locale locale, Caller caller) {
        TransferId asked = id(id);
        caller.mustOwn(asked.learner());
        requests.after(after);
        Transfer found = Transfers.get(views, asked);
        if (found == null) {
            throw new Refused(new Refusal.TransferUnknown(id));
        }
        if (!found.to().equals(caller.institution())) {
            caller.onBehalfOf(found.from());
        }
        TransferRequested event = (TransferRequested) entry(found.position()).event();
        return new OneTransferAnswer(TransferAnswer.of(found), event.asked(), event.request(),
                decisions.of(event.decision(), locale),
                found.steps().stream().map(step -> step(asked.learner(), step)).toList());
    }

    private StepAnswer step(LearnerId learner, Step step) {
        Recorded entry = entry(step.position());
        return new StepAnswer(step.by(), step.at(), step.position(),
                personal.reason(views, learner, entry.reason()));
    }

    private Recorded entry(long position) {
        return EntryFormat.read(ledger.read(position, 1).getFirst());
    }

    private static TransferId id(String text) {
        return Refused.inField("transfer", () -> TransferId.parse(text));
    }
}
