package creditbank.http;

import creditbank.account.AchievementForm;
import creditbank.account.Counter;
import creditbank.account.IdentityForm;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.CreditState;
import creditbank.api.account.DocumentKind;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.http.Requests.Written;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Sender;
import creditbank.projections.Accounts;
import creditbank.projections.Balance;
import creditbank.projections.Statement;
import creditbank.projections.Views;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Learner accounts: who, how much, and what moved. */
@RestController
@RequestMapping("/api/learners")
@Tag(name = "Learners")
class LearnersController {

    private static final int MOST = 1_000;

    private final Counter counter;
    private final Views views;
    private final LedgerReader ledger;
    private final Requests requests;
    private final LearnerAnswers answers;

    LearnersController(Counter counter, Views views, Ledger ledger, Requests requests,
            LearnerAnswers answers) {
        this.counter = counter;
        this.views = views;
        this.ledger = ledger.reader();
        this.requests = requests;
        this.answers = answers;
    }

    // ------------------------------------------------------------------ the account

    @PostMapping
    @Operation(summary = "Open a learner account (INSTITUTION, REGISTRAR)")
    ResponseEntity<Written> open(@RequestBody IdentityForm form, Caller caller,
            HttpServletRequest request) {
        InstitutionId institution = caller.institution();
        return Requests.created("/api/learners/", counter.open(requests.sender(caller,
                institution == null ? null : institution.stream(), request, form), form));
    }

    /** Who an account belongs to; personal fields are absent while restricted and once erased. */
    record AccountAnswer(LearnerId learner, Accounts.Status status, @Nullable String name,
            @Nullable DocumentKind documentKind, @Nullable String documentNumber,
            @Nullable String birthday, Instant openedAt, long position) {
    }

    @GetMapping("/{id}")
    @Operation(summary = "An account and whose it is; its ETag is its version")
    ResponseEntity<AccountAnswer> account(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        LearnerId learner = mine(id, caller);
        requests.after(after);
        return versioned(learner, () -> answers.account(views, learner));
    }

    record IdentityCorrection(@Nullable IdentityForm identity, @Nullable String reason) {

        IdentityForm required() {
            if (identity == null) {
                throw Rule.REQUIRED.brokenIn("identity", "");
            }
            return identity;
        }
    }

    @PostMapping("/{id}/identity")
    @Operation(summary = "Correct whose account it is (REGISTRAR)")
    ResponseEntity<Written> correctIdentity(@PathVariable String id,
            @RequestBody IdentityCorrection form, Caller caller, HttpServletRequest request) {
        return Requests.changed(counter.correctIdentity(
                requests.sender(caller, null, request, form), Requests.learner(id),
                form.required(), form.reason()));
    }

    record ReasonForm(@Nullable String reason) {
    }

    @PostMapping("/{id}/restriction")
    @Operation(summary = "Seal an account without destroying anything (REGISTRAR)")
    ResponseEntity<Written> restrict(@PathVariable String id, @RequestBody ReasonForm form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(counter.restrict(requests.sender(caller, null, request, form),
                Requests.learner(id), form.reason()));
    }

    @PostMapping("/{id}/restriction/lifting")
    @Operation(summary = "Open a restricted account again (REGISTRAR)")
    ResponseEntity<Written> lift(@PathVariable String id, @RequestBody ReasonForm form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(counter.liftRestriction(
                requests.sender(caller, null, request, form), Requests.learner(id),
                form.reason()));
    }

    @PostMapping("/{id}/erasure")
    @Operation(summary = "Destroy a learner's personal data for good (REGISTRAR)")
    ResponseEntity<Written> erase(@PathVariable String id, @RequestBody ReasonForm form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(counter.erase(requests.sender(caller, null, request, form),
                Requests.learner(id), form.reason()));
    }

    // ------------------------------------------------------------------ recording

    @PostMapping("/{id}/outcomes")
    @Operation(summary = "Record a learning outcome (INSTITUTION, REGISTRAR)")
    ResponseEntity<Written> outcome(@PathVariable String id, @RequestBody AchievementForm form,
            Caller caller, HttpServletRequest request) {
        return record(id, form, caller, request);
    }

    @PostMapping("/{id}/diplomas")
    @Operation(summary = "Record a diploma, the \"1\" of 1+X (INSTITUTION, REGISTRAR)")
    ResponseEntity<Written> diploma(@PathVariable String id, @RequestBody AchievementForm form,
            Caller caller, HttpServletRequest request) {
        return record(id, form.ofKind(AchievementKind.DIPLOMA), caller, request);
    }

    @PostMapping("/{id}/certificates")
    @Operation(summary = "Record a skill certificate, the \"X\" of 1+X (INSTITUTION, REGISTRAR)")
    ResponseEntity<Written> certificate(@PathVariable String id,
            @RequestBody AchievementForm form, Caller caller, HttpServletRequest request) {
        return record(id, form.ofKind(AchievementKind.SKILL_CERTIFICATE), caller, request);
    }

    private ResponseEntity<Written> record(String id, AchievementForm form, Caller caller,
            HttpServletRequest request) {
        AchievementForm complete = form.issuer() == null && caller.institution() != null
                ? form.ofIssuer(caller.institution()) : form;
        Sender sender = requests.sender(
                caller, caller.onBehalfOf(complete.readIssuer()), request, complete);
        return Requests.created("/api/achievements/",
                counter.record(sender, Requests.learner(id), complete));
    }

    // ------------------------------------------------------------------ reading

    /**
     * Two decimals; recorded = available + reserved + redeemed + expired + revoked + transferred.
     */
    record PoolAnswer(Sector sector, CreditUnit unit, String recorded, String available,
            String reserved, String redeemed, String expired, String revoked,
            String transferred, int achievements) {

        static PoolAnswer of(Balance.Line line) {
            return new PoolAnswer(line.sector(), line.unit(), Credits.amount(line.recorded()),
                    Credits.amount(line.available()), Credits.amount(line.reserved()),
                    Credits.amount(line.redeemed()), Credits.amount(line.expired()),
                    Credits.amount(line.revoked()), Credits.amount(line.transferred()),
                    line.achievements());
        }
    }

    /**
     * @param on         the business day
     * @param nextExpiry the first later day on which available credits are lost: the day after
     *                   their last valid one
     */
    record BalanceAnswer(LearnerId learner, LocalDate on, List<PoolAnswer> pools,
            @Nullable LocalDate nextExpiry) {
    }

    @GetMapping("/{id}/balance")
    @Operation(summary = "How many credits on a business day (today if not said), as known now")
    ResponseEntity<BalanceAnswer> balance(@PathVariable String id,
            @RequestParam(required = false) @Nullable LocalDate on,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        LearnerId learner = mine(id, caller);
        requests.after(after);
        return versioned(learner,
                () -> answers.balance(views, learner, requests.day(on)));
    }

    /**
     * One movement.
     *
     * @param amount   signed where credits came into the account or left it
     * @param from     and {@code to}: the states they passed between, else absent
     * @param occasion what they passed for
     */
    record MovementAnswer(long position, Statement.Movement movement, String achievement,
            @Nullable InstitutionId issuer, @Nullable AchievementKind kind, @Nullable String title,
            Sector sector, CreditUnit unit, @Nullable CreditState from, @Nullable CreditState to,
            String amount, LocalDate happenedOn, Instant recordedAt, @Nullable String reason,
            Statement.@Nullable Occasion occasion) {
    }

    /** @param next give it back as {@code from} for the next page; absent at the end */
    record StatementAnswer(LearnerId learner, List<MovementAnswer> movements,
            @Nullable Long next) {
    }

    @GetMapping("/{id}/statement")
    @Operation(summary = "What moved in an account, oldest first, with both times and the reason",
            description = "Pages are counted in entries of the account, from 0.")
    ResponseEntity<StatementAnswer> statement(@PathVariable String id,
            @RequestParam(defaultValue = "0") long from,
            @RequestParam(defaultValue = "200") int limit,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        LearnerId learner = mine(id, caller);
        requests.after(after);
        long first = Limits.position("from", from);
        int most = Limits.of(limit, MOST);
        return versioned(learner, () -> {
            var entries = ledger.readStream(learner.stream(), first, most).stream()
                    .map(EntryFormat::read).toList();
            return new StatementAnswer(learner, answers.movements(views, learner, entries),
                    entries.size() < most ? null : first + entries.size());
        });
    }

    private LearnerId mine(String id, Caller caller) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        return learner;
    }

    /**
     * The version of the stream now, and a body at least as new as that: whoever sends it back
     * has seen everything up to it.
     */
    private <T> ResponseEntity<T> versioned(LearnerId learner, Supplier<T> body) {
        long sequence = ledger.lastSequence(learner.stream());
        Refused.refuseIf(sequence < 0, () -> new Refusal.LearnerUnknown(learner.text()));
        requests.after(ledger.readStream(learner.stream(), sequence, 1).getFirst().position());
        return ResponseEntity.ok().eTag(Requests.etag(sequence)).body(body.get());
    }
}
