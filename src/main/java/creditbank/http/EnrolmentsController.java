package creditbank.http;

import creditbank.account.StudiesCounter;
import creditbank.account.StudiesForms.EnrolmentForm;
import creditbank.account.StudiesForms.GraduationForm;
import creditbank.account.StudiesForms.VersionForm;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Progress;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
import creditbank.http.Requests.Written;
import creditbank.projections.Enrolments;
import creditbank.projections.Enrolments.Enrolment;
import creditbank.projections.Views;
import creditbank.security.Caller;
import creditbank.security.Role;
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

/** What learners study towards, and how far they are. */
@RestController
@RequestMapping("/api")
@Tag(name = "Enrolments")
class EnrolmentsController {

    private static final int MOST = LearnerAnswers.MOST;

    private final StudiesCounter studies;
    private final Views views;
    private final Requests requests;
    private final LearnerAnswers answers;

    EnrolmentsController(StudiesCounter studies, Views views, Requests requests,
            LearnerAnswers answers) {
        this.studies = studies;
        this.views = views;
        this.requests = requests;
        this.answers = answers;
    }

    // ------------------------------------------------------------------ writing

    @PostMapping("/learners/{id}/enrolments")
    @Operation(summary = "Enrol a learner in a programme; an apprentice at the employer too"
            + " (its institution, REGISTRAR)",
            description = "The learner stays on this version of the programme unless moved.")
    ResponseEntity<Written> enrol(@PathVariable String id, @RequestBody EnrolmentForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId school = Requests.acting("school", form.school(), caller);
        return Requests.created("/api/enrolments/", studies.enrol(
                requests.sender(caller, caller.onBehalfOf(school), request, form),
                Requests.learner(id), school, form));
    }

    /** @param programme another version of the same programme */
    record MoveForm(@Nullable VersionForm programme, @Nullable String school,
            @Nullable String reason) {
    }

    @PostMapping("/enrolments/{id}/move")
    @Operation(summary = "Let another version of the programme hold for a learner"
            + " (its institution, REGISTRAR)",
            description = "What was recognised towards a course or group that the other version"
                    + " lacks is withdrawn.")
    ResponseEntity<Written> move(@PathVariable String id, @RequestBody MoveForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId school = Requests.acting("school", form.school(), caller);
        return Requests.changed(studies.move(
                requests.sender(caller, caller.onBehalfOf(school), request, form), id(id),
                school, form.programme(), form.reason()));
    }

    /** @param on the first day on which the learner is not enrolled; today if left out */
    record WithdrawalForm(@Nullable String on, @Nullable String school,
            @Nullable String reason) {
    }

    @PostMapping("/enrolments/{id}/withdrawal")
    @Operation(summary = "A learner leaves without what the programme leads to; what was bound to"
            + " it is available again (its institution, REGISTRAR)")
    ResponseEntity<Written> withdraw(@PathVariable String id, @RequestBody WithdrawalForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId school = Requests.acting("school", form.school(), caller);
        return Requests.changed(studies.withdraw(
                requests.sender(caller, caller.onBehalfOf(school), request, form), id(id),
                school, form.on(), form.reason()));
    }

    @PostMapping("/enrolments/{id}/graduation")
    @Operation(summary = "Use all that counts towards a completed programme for its diploma"
            + " (its institution, REGISTRAR)",
            description = "Answers the id of the redemption, by which it can be reversed. What the"
                    + " rulebooks require is asked of the learner's evidence, and of what is said"
                    + " here of the learner and the application.")
    ResponseEntity<Written> graduate(@PathVariable String id, @RequestBody GraduationForm form,
            Caller caller, HttpServletRequest request) {
        InstitutionId school = Requests.acting("school", form.school(), caller);
        return Requests.created("/api/redemptions/", studies.graduate(
                requests.sender(caller, caller.onBehalfOf(school), request, form), id(id),
                school, form));
    }

    // ------------------------------------------------------------------ reading

    /** @param admissionsRevoked those whose admission was revoked since: what opened the door */
    record EnrolmentsAnswer(
            List<EnrolmentAnswer> enrolments, List<EnrolmentId> admissionsRevoked) {
    }

    @GetMapping("/learners/{id}/enrolments")
    @Operation(summary = "What a learner studies or studied towards, with each line that counts")
    EnrolmentsAnswer ofLearner(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        requests.after(after);
        return answers.enrolments(views, Enrolments.ofLearner(learner, MOST));
    }

    @GetMapping("/institutions/{id}/enrolments")
    @Operation(summary = "Who studies at an institution, begun last first")
    EnrolmentsAnswer ofSchool(@PathVariable String id,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        InstitutionId school = requests.institution(id, after, caller);
        return answers.enrolments(views,
                Enrolments.ofSchool(school, Limits.of(limit, MOST)));
    }

    @GetMapping("/enrolments/{id}")
    @Operation(summary = "One enrolment, for its learner, its school, registrars and auditors")
    EnrolmentAnswer one(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        EnrolmentId enrolment = id(id);
        requests.after(after);
        return EnrolmentAnswer.of(readable(enrolment, caller));
    }

    private Enrolment readable(EnrolmentId id, Caller caller) {
        caller.mustOwn(id.learner());
        Enrolment enrolment = Enrolments.get(views, id);
        if (enrolment == null) {
            throw new Refused(new Refusal.EnrolmentUnknown(id.toString()));
        }
        if (caller.role() == Role.INSTITUTION) {
            caller.onBehalfOf(enrolment.school());
        }
        return enrolment;
    }

    /** Credits with two decimals; {@code needed} is absent where nothing is said. */
    record SumAnswer(String found, @Nullable String needed, boolean met) {

        static SumAnswer of(Progress.Sum sum) {
            Long needed = sum.needed();
            return new SumAnswer(Credits.amount(sum.found()),
                    needed == null ? null : Credits.amount(needed), sum.isMet());
        }
    }

    /** @param required whether the programme cannot be completed without it */
    record PartAnswer(TargetId target, SumAnswer credits, boolean required, boolean met,
            List<EvidenceId> evidence) {

        static PartAnswer of(Progress.Part part) {
            return new PartAnswer(part.target(), SumAnswer.of(part.credits()), part.required(),
                    part.met(), part.evidence());
        }
    }

    /**
     * Two figures: credits, and requirements.
     *
     * @param requirementsMet of {@code requirements}, the groups and courses that have to be there
     * @param missing         those that are not, with what they lack
     */
    record ProgressAnswer(EnrolmentId enrolment, LocalDate on, SumAnswer credits,
            int requirementsMet, int requirements, boolean complete, List<PartAnswer> missing,
            List<PartAnswer> groups, List<PartAnswer> courses) {

        static ProgressAnswer of(EnrolmentId enrolment, LocalDate on, Progress progress) {
            int required = progress.required().size();
            return new ProgressAnswer(enrolment, on, SumAnswer.of(progress.total()),
                    required - progress.missing().size(), required, progress.isComplete(),
                    parts(progress.missing()), parts(progress.groups()),
                    parts(progress.courses()));
        }

        private static List<PartAnswer> parts(List<Progress.Part> parts) {
            return parts.stream().map(PartAnswer::of).toList();
        }
    }

    @GetMapping("/enrolments/{id}/progress")
    @Operation(summary = "How far a learner is: credits, requirements, and what is missing")
    ProgressAnswer progress(@PathVariable String id,
            @RequestParam(required = false) @Nullable LocalDate on,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        EnrolmentId enrolment = id(id);
        requests.after(after);
        readable(enrolment, caller);
        LocalDate day = requests.day(on);
        return ProgressAnswer.of(enrolment, day, studies.progress(enrolment, day));
    }

    record AllProgressAnswer(List<ProgressAnswer> progress) {
    }

    @GetMapping("/learners/{id}/progress")
    @Operation(summary = "How far a learner is towards each programme they have not left")
    AllProgressAnswer ofAll(@PathVariable String id,
            @RequestParam(required = false) @Nullable LocalDate on,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        requests.after(after);
        LocalDate day = requests.day(on);
        return new AllProgressAnswer(answers.progress(views, learner, day,
                enrolment -> studies.progress(enrolment, day)));
    }

    private static EnrolmentId id(String text) {
        return Refused.inField("enrolment", () -> EnrolmentId.parse(text));
    }
}
