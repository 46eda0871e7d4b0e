package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.api.rulebook.RulebookCommand.ApproveRulebook;
import creditbank.api.rulebook.RulebookCommand.SupersedeRulebook;
import creditbank.api.rulebook.RulebookCommand.WithdrawRulebook;
import creditbank.api.rulebook.RulebookEvent.RulebookProposed;
import creditbank.api.rulebook.RulebookHead;
import creditbank.api.value.Forms;
import creditbank.api.value.Reason;
import creditbank.api.value.Rule;
import creditbank.enactment.RulebookForm;
import creditbank.http.Requests.Written;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.axon.Commands;
import creditbank.projections.Rulebooks;
import creditbank.projections.Rulebooks.Rulebook;
import creditbank.projections.Rulebooks.Status;
import creditbank.projections.Views;
import creditbank.rulebook.RulebookReader;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rulebooks: tried, proposed, put in force and ended by registrars; read by anyone. */
@RestController
@RequestMapping("/api/rulebooks")
@Tag(name = "Rulebooks")
class RulebooksController {

    private static final int MOST = 1_000;
    private static final String YAML = "application/yaml";
    private static final String VERSION = "/{id}/{version}";

    private final Commands commands;
    private final LedgerReader ledger;
    private final Views views;
    private final Requests requests;

    RulebooksController(Commands commands, Ledger ledger, Views views, Requests requests) {
        this.commands = commands;
        this.ledger = ledger.reader();
        this.views = views;
        this.requests = requests;
    }

    // ------------------------------------------------------------------ writing

    @PostMapping(consumes = {YAML, "text/yaml", "text/plain"})
    @Operation(summary = "Propose a rulebook version (REGISTRAR)",
            description = "The text names its own id and version. At most 200,000 characters.",
            requestBody = @RequestBody(required = true, content = @Content(
                    mediaType = YAML, schema = @Schema(type = "string"))))
    ResponseEntity<Written> propose(Caller caller, HttpServletRequest request)
            throws IOException {
        RulebookForm form = body(request);
        return Requests.created("/api/rulebooks/", commands.send(form.proposal(caller.actor()),
                requests.sender(caller, null, request, form)));
    }

    @PostMapping(VERSION + "/approval")
    @Operation(summary = "Put a proposed version in force (another REGISTRAR)")
    ResponseEntity<Written> approve(@PathVariable String id, @PathVariable int version,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(commands.send(
                new ApproveRulebook(rulebook(id, version), caller.actor()),
                requests.sender(caller, null, request, "")));
    }

    /**
     * @param by     the number of the proposed version that takes the place of this one
     * @param reason why, in one line of at most 500 characters; no personal data
     */
    record Supersession(@Nullable Integer by, @Nullable String reason) {
        SupersedeRulebook of(RulebookVersion rulebook, String approver) {
            if (by == null) {
                throw Rule.REQUIRED.brokenIn("by", "");
            }
            int number = by;
            return new SupersedeRulebook(rulebook,
                    Refused.inField("by", () -> new RulebookVersion(rulebook.id(), number))
                            .version(), approver, clear(reason));
        }
    }

    @PostMapping(VERSION + "/supersession")
    @Operation(summary = "Put a proposed version in force in the place of this one, which ends"
            + " the day before (another REGISTRAR than proposed it)")
    ResponseEntity<Written> supersede(@PathVariable String id, @PathVariable int version,
            @org.springframework.web.bind.annotation.RequestBody Supersession form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(commands.send(
                form.of(rulebook(id, version), caller.actor()),
                requests.sender(caller, null, request, form)));
    }

    /**
     * @param until  the last day in force; leave it out to take a proposal back
     * @param reason why, in one line of at most 500 characters; no personal data
     */
    record Withdrawal(@Nullable String until, @Nullable String reason) {
        WithdrawRulebook of(RulebookVersion rulebook) {
            return new WithdrawRulebook(rulebook, Refused.inField(
                    "until", () -> Forms.dateIfAny(until)), clear(reason));
        }
    }

    @PostMapping(VERSION + "/withdrawal")
    @Operation(summary = "Take a proposal back, or end a version in force (REGISTRAR)")
    ResponseEntity<Written> withdraw(@PathVariable String id, @PathVariable int version,
            @org.springframework.web.bind.annotation.RequestBody Withdrawal form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(commands.send(form.of(rulebook(id, version)),
                requests.sender(caller, null, request, form)));
    }

    // ------------------------------------------------------------------ trying a text

    /** A mistake in a rulebook's text, in words. */
    record MistakeAnswer(int line, int column, String path, String code, String found,
            String expected, String problem, String remedy) {
    }

    /**
     * @param rulebook what it says it is, and {@code head} what stands above its clauses; absent
     *                 where there are mistakes
     */
    record ReadingAnswer(boolean readable, @Nullable RulebookVersion rulebook,
            @Nullable RulebookHead head, List<MistakeAnswer> mistakes) {
    }

    @PostMapping(value = "/reading", consumes = {YAML, "text/yaml", "text/plain"})
    @Operation(summary = "Try a text: all mistakes in it; writes nothing (anyone signed in)",
            requestBody = @RequestBody(required = true, content = @Content(
                    mediaType = YAML, schema = @Schema(type = "string"))))
    ReadingAnswer reading(HttpServletRequest request, Locale locale) throws IOException {
        return switch (body(request).reading()) {
            case RulebookReader.Reading.Read(creditbank.rulebook.Rulebook read) ->
                    new ReadingAnswer(true, read.version(), read.head(), List.of());
            case RulebookReader.Reading.Unreadable unreadable -> new ReadingAnswer(
                    false, null, null, Problems.mistakes(unreadable.mistakes(), locale));
        };
    }

    // ------------------------------------------------------------------ reading

    /**
     * @param head         as the text says it
     * @param inForce      its days as they are now; absent while it is not approved
     * @param supersededBy the number of the version that takes its place
     */
    record RulebookAnswer(RulebookVersion rulebook, Status status, RulebookHead head,
            @Nullable DaysInForce inForce, @Nullable StepAnswer proposed,
            @Nullable StepAnswer approved, @Nullable StepAnswer ended,
            @Nullable Integer supersededBy) {

        static RulebookAnswer of(Rulebook found, boolean named) {
            return new RulebookAnswer(found.rulebook(), found.status(), found.head(),
                    found.inForce(), StepAnswer.of(found.proposed(), named),
                    StepAnswer.of(found.approved(), named), StepAnswer.of(found.ended(), named),
                    found.supersededBy());
        }
    }

    /** @param next give it back as {@code behind} for the next page; absent at the end */
    record RulebooksAnswer(List<RulebookAnswer> rulebooks, @Nullable String next) {
    }

    @GetMapping
    @Operation(summary = "Rulebook versions by id (anyone)",
            description = "Of one jurisdiction, such as country/KR, region/210600 or"
                    + " institution/dandong-tech; in force on a day; of one status.")
    RulebooksAnswer all(@RequestParam(required = false) @Nullable String jurisdiction,
            @RequestParam(required = false) @Nullable LocalDate day,
            @RequestParam(required = false) @Nullable Status status,
            @RequestParam(required = false) @Nullable String behind,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable Long after,
            @Nullable Principal principal) {
        requests.after(after);
        int most = Limits.of(limit, MOST);
        Views.Range range = Rulebooks.of(Refused.inField("jurisdiction",
                () -> Forms.optional(jurisdiction, Jurisdiction::new)), most);
        Paging<Rulebook> page = Paging.of(most, behind,
                at -> views.page(Rulebooks.RULEBOOKS, at == null ? range : range.behind(at)),
                each -> (status == null || each.status() == status)
                        && (day == null || each.isInForce(day)));
        return new RulebooksAnswer(page.found().stream()
                .map(each -> RulebookAnswer.of(each, principal != null)).toList(), page.next());
    }

    @GetMapping(VERSION)
    @Operation(summary = "One rulebook version; its ETag is the version of the whole rulebook's"
            + " stream (anyone)")
    ResponseEntity<RulebookAnswer> one(@PathVariable String id, @PathVariable int version,
            @RequestParam(required = false) @Nullable Long after,
            @Nullable Principal principal) {
        RulebookVersion asked = rulebook(id, version);
        requests.after(after);
        String stream = asked.id().stream();
        long sequence = ledger.lastSequence(stream);
        Refused.refuseIf(sequence < 0, () -> new Refusal.RulebookUnknown(asked));
        // Whoever sends the ETag back has seen everything up to it.
        requests.after(ledger.readStream(stream, sequence, 1).getFirst().position());
        return ResponseEntity.ok().eTag(Requests.etag(sequence))
                .body(RulebookAnswer.of(known(asked), principal != null));
    }

    @GetMapping(value = VERSION + "/text", produces = YAML)
    @Operation(summary = "The text of a rulebook version, as it was proposed (anyone)")
    ResponseEntity<String> text(@PathVariable String id, @PathVariable int version,
            @RequestParam(required = false) @Nullable Long after) {
        requests.after(after);
        long position = known(rulebook(id, version)).proposed().position();
        RulebookProposed proposal = (RulebookProposed) EntryFormat.read(
                ledger.read(position, 1).getFirst()).event();
        return ResponseEntity.ok(proposal.text());
    }

    // ------------------------------------------------------------------

    private Rulebook known(RulebookVersion asked) {
        Rulebook found = Rulebooks.get(views, asked);
        if (found == null) {
            throw new Refused(new Refusal.RulebookUnknown(asked));
        }
        return found;
    }

    private static RulebookVersion rulebook(String id, int version) {
        RulebookId named = Refused.inField("id", () -> new RulebookId(id));
        return Refused.inField("version", () -> new RulebookVersion(named, version));
    }

    private static Reason.Clear clear(@Nullable String reason) {
        return Refused.inField("reason", () -> new Reason.Clear(Forms.required(reason)));
    }

    /** Of a body that is too long, no more is read than shows it. */
    static RulebookForm body(HttpServletRequest request) throws IOException {
        return RulebookForm.of(request.getInputStream().readNBytes(RulebookForm.MOST_BYTES + 1));
    }
}
