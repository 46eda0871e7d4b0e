package creditbank.http;

import creditbank.account.AchievementForm;
import creditbank.account.Counter;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AchievementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Rule;
import creditbank.http.Requests.Written;
import creditbank.ledger.Sender;
import creditbank.projections.Achievements;
import creditbank.projections.Achievements.Standing;
import creditbank.projections.Views;
import creditbank.publishing.PublishedLog;
import creditbank.security.Caller;
import creditbank.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Achievements that stand: read, corrected, taken back. */
@RestController
@RequestMapping("/api/achievements/{id}")
@Tag(name = "Achievements")
class AchievementsController {

    private final Counter counter;
    private final Views views;
    private final Requests requests;
    private final AchievementAnswers answers;
    private final PublishedLog log;

    AchievementsController(Counter counter, Views views, Requests requests,
            AchievementAnswers answers, PublishedLog log) {
        this.counter = counter;
        this.views = views;
        this.requests = requests;
        this.answers = answers;
        this.log = log;
    }

    @GetMapping
    @Operation(summary = "One achievement, for its learner, its issuer, registrars and auditors")
    AchievementAnswers.Recorded one(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        return answers.recorded(views, mayRead(id, after, caller));
    }

    private Standing mayRead(String id, @Nullable Long after, Caller caller) {
        AchievementId achievement = id(id);
        caller.mustOwn(achievement.learner());
        requests.after(after);
        Standing standing = Achievements.get(views, achievement);
        if (standing == null) {
            throw new Refused(new Refusal.AchievementUnknown(id));
        }
        if (caller.role() == Role.INSTITUTION) {
            caller.onBehalfOf(standing.achievement().issuer());
        }
        return standing;
    }

    @GetMapping(value = "/proof", produces = "text/plain;charset=utf-8")
    @Operation(summary = "That the entry which recorded it stands in the public log: a .tlog-proof"
            + " file, for those who may read the achievement")
    ResponseEntity<byte[]> proof(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        return ProofsController.file(log, mayRead(id, after, caller).position());
    }

    /** @param achievement all of it, as it should have been recorded */
    record Correction(@Nullable AchievementForm achievement, @Nullable String reason) {

        AchievementForm required() {
            if (achievement == null) {
                throw Rule.REQUIRED.brokenIn("achievement", "");
            }
            return achievement;
        }

    }

    @PostMapping("/correction")
    @Operation(summary = "Replace wrong values by right ones, with a reason (its issuer)")
    ResponseEntity<Written> correct(@PathVariable String id, @RequestBody Correction form,
            Caller caller, HttpServletRequest request) {
        AchievementForm stated = form.required();
        AchievementForm after = stated.issuer() == null && caller.institution() != null
                ? stated.ofIssuer(caller.institution()) : stated;
        Sender sender = requests.sender(
                caller, caller.onBehalfOf(after.readIssuer()), request, form);
        return Requests.changed(counter.correct(sender, id(id), after, form.reason()));
    }

    /**
     * @param issuer      who takes it back; an institution may leave it out
     * @param effectiveOn from which day it does not hold; from its first if left out
     */
    record Revocation(@Nullable String issuer, @Nullable String effectiveOn,
            @Nullable String reason) {
    }

    @PostMapping("/revocation")
    @Operation(summary = "Take an achievement back, with a reason (its issuer)")
    ResponseEntity<Written> revoke(@PathVariable String id, @RequestBody Revocation form,
            Caller caller, HttpServletRequest request) {
        InstitutionId issuer = Requests.acting("issuer", form.issuer(), caller);
        Sender sender = requests.sender(caller, caller.onBehalfOf(issuer), request, form);
        return Requests.changed(counter.revoke(
                sender, id(id), issuer, form.effectiveOn(), form.reason()));
    }

    private static AchievementId id(String text) {
        return Refused.inField("achievement", () -> AchievementId.parse(text));
    }
}
