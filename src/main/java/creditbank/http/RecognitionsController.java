package creditbank.http;

import creditbank.account.StudiesCounter;
import creditbank.account.StudiesForms.RecognitionForm;
import creditbank.account.StudiesForms.VersionForm;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.Wish;
import creditbank.http.DecisionAnswers.DecisionAnswer;
import creditbank.http.Requests.Written;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.projections.Enrolments;
import creditbank.projections.Enrolments.Enrolment;
import creditbank.projections.Recognitions;
import creditbank.projections.Recognitions.Recognition;
import creditbank.projections.Views;
import creditbank.security.Caller;
import creditbank.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What counts towards a programme, decided under a rulebook; and what would. */
@RestController
@RequestMapping("/api")
@Tag(name = "Recognitions")
class RecognitionsController {

    private final StudiesCounter studies;
    private final Views views;
    private final LedgerReader ledger;
    private final Requests requests;
    private final DecisionAnswers decisions;
    private final LearnerAnswers answers;

    RecognitionsController(StudiesCounter studies, Views views, Ledger ledger, Requests requests,
            DecisionAnswers decisions, LearnerAnswers answers) {
        this.studies = studies;
        this.views = views;
        this.ledger = ledger.reader();
        this.requests = requests;
        this.decisions = decisions;
        this.answers = answers;
    }

    // ------------------------------------------------------------------ writing

    @PostMapping("/learners/{id}/recognitions")
    @Operation(summary = "Decide what of a learner's achievements counts towards a programme"
            + " (its institution, REGISTRAR)",
            description = "The decision stands in the ledger whether or not anything is granted;"
                    + " read it at the address that is answered. Nothing counts without a rulebook"
                    + " in force of the school's own jurisdiction, or an agreement in force.")
    ResponseEntity<Written> recognise(@PathVariable String id, @RequestBody RecognitionForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId school = Requests.acting("school", form.school(), caller);
        return Requests.created("/api/recognitions/", studies.recognise(
                requests.sender(caller, caller.onBehalfOf(school), request, form),
                Requests.learner(id), school, form));
    }

    /** @param achievement the piece of evidence, all of whose lines go */
    record WithdrawnForm(@Nullable String achievement, @Nullable String school,
            @Nullable String reason) {
    }

    @PostMapping("/recognitions/{id}/withdrawal")
    @Operation(summary = "Take back what was recognised of an achievement, because it was a"
            + " mistake (its institution, REGISTRAR)")
    ResponseEntity<Written> withdraw(@PathVariable String id, @RequestBody WithdrawnForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId school = Requests.acting("school", form.school(), caller);
        return Requests.changed(studies.withdrawRecognition(
                requests.sender(caller, caller.onBehalfOf(school), request, form), id(id),
                school, form.achievement(), form.reason()));
    }

    // ------------------------------------------------------------------ what if

    /**
     * @param programme another programme or version to try; the enrolment's if left out
     * @param on        may be a day to come
     */
    record WhatIfForm(@Nullable String enrolment, @Nullable VersionForm programme,
            @Nullable VersionForm rulebook,
            @Nullable List<creditbank.account.StudiesForms.@Nullable WishForm> asked,
            @Nullable String on, @Nullable Map<String, @Nullable Object> request,
            @Nullable Map<String, @Nullable Object> learner, @Nullable String agreement) {

        RecognitionForm form() {
            return new RecognitionForm(enrolment, rulebook, asked, on, request, learner,
                    agreement, null);
        }
    }

    @PostMapping("/learners/{id}/what-if")
    @Operation(summary = "What would count under a rulebook, on any day, towards this programme or"
            + " another; nothing is written")
    DecisionAnswer whatIf(@PathVariable String id, @RequestBody WhatIfForm form, Locale locale,
            Caller caller) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        return decisions.of(studies.whatIf(
                learner, caller.institution(), form.form(), form.programme()), locale);
    }

    // ------------------------------------------------------------------ reading

    record RecognitionsAnswer(List<RecognitionAnswer> recognitions) {
    }

    @GetMapping("/learners/{id}/recognitions")
    @Operation(summary = "Every decision on a learner's evidence, in order, and what of it was"
            + " taken back")
    RecognitionsAnswer ofLearner(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        requests.after(after);
        return new RecognitionsAnswer(answers.recognitions(views, learner));
    }

    /**
     * A decision with all it rests on.
     *
     * @param asked   absent where whatever counts most was asked
     * @param request what was said in asking
     */
    record OneRecognitionAnswer(RecognitionAnswer recognition, @Nullable List<Wish> asked,
            Attributes request, DecisionAnswer decision) {
    }

    @GetMapping("/recognitions/{id}")
    @Operation(summary = "One decision: every line granted and every line refused, with clause,"
            + " inputs and words")
    OneRecognitionAnswer one(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Locale locale, Caller caller) {
        RecognitionId asked = id(id);
        caller.mustOwn(asked.learner());
        requests.after(after);
        Recognition found = Recognitions.get(views, asked);
        if (found == null) {
            throw new Refused(new Refusal.RecognitionUnknown(id));
        }
        if (caller.role() == Role.INSTITUTION) {
            Enrolment enrolment = Objects.requireNonNull(
                    Enrolments.get(views, found.enrolment()));
            caller.onBehalfOf(enrolment.school());
        }
        RecognitionDecided event = (RecognitionDecided) EntryFormat.read(
                ledger.read(found.position(), 1).getFirst()).event();
        Decision decision = event.decision();
        return new OneRecognitionAnswer(RecognitionAnswer.of(found), event.asked(),
                event.request(), decisions.of(decision, locale));
    }

    private static RecognitionId id(String text) {
        return Refused.inField("recognition", () -> RecognitionId.parse(text));
    }
}
