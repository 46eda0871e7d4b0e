package creditbank.http;

import creditbank.agreement.AgreementForm;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.agreement.AgreementCommand;
import creditbank.api.agreement.AgreementCommand.AcceptAgreement;
import creditbank.api.agreement.AgreementCommand.EndAgreement;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.AgreementTerms;
import creditbank.api.agreement.Party;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.value.Forms;
import creditbank.api.value.Reason;
import creditbank.http.Requests.Written;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Receipt;
import creditbank.ledger.axon.Commands;
import creditbank.projections.Agreements;
import creditbank.projections.Agreements.Act;
import creditbank.projections.Agreements.Agreement;
import creditbank.projections.Agreements.Status;
import creditbank.projections.Step;
import creditbank.projections.Views;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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

/** Agreements: proposed, accepted and ended by their parties; read by anyone. */
@RestController
@RequestMapping("/api/agreements")
@Tag(name = "Agreements")
class AgreementsController {

    private static final int MOST = 1_000;

    private final Commands commands;
    private final LedgerReader ledger;
    private final Views views;
    private final Requests requests;

    AgreementsController(Commands commands, Ledger ledger, Views views, Requests requests) {
        this.commands = commands;
        this.ledger = ledger.reader();
        this.views = views;
        this.requests = requests;
    }

    // ------------------------------------------------------------------ writing

    @PostMapping
    @Operation(summary = "Propose an agreement (INSTITUTION for itself; REGISTRAR for regions,"
            + " countries and other banks)")
    ResponseEntity<Written> proposeAgreement(@RequestBody AgreementForm form,
            Caller caller, HttpServletRequest request) {
        AgreementCommand proposal =
                form.proposal(acting(form.party(), caller), caller.actor());
        return Requests.created(
                "/api/agreements/", send(proposal, caller, request, form));
    }

    /** @param party for whom it is accepted; an institution may leave itself out */
    record Acceptance(@Nullable String party) {
    }

    @PostMapping("/{id}/acceptance")
    @Operation(summary = "Accept an agreement for a party; with the last one it is in force"
            + " (somebody else than proposed it)")
    ResponseEntity<Written> accept(@PathVariable String id, @RequestBody Acceptance form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(send(
                new AcceptAgreement(id(id), acting(form.party(), caller), caller.actor()),
                caller, request, form));
    }

    /**
     * @param party  for whom it is ended; an institution may leave itself out
     * @param until  the last day in force; leave it out to take a proposal back or decline it
     * @param reason why, in one line of at most 500 characters; no personal data
     */
    record Ending(@Nullable String party, @Nullable String until, @Nullable String reason) {
        EndAgreement of(AgreementId agreement, Party acting) {
            return new EndAgreement(agreement, acting,
                    Refused.inField("until", () -> Forms.dateIfAny(until)),
                    Refused.inField("reason", () -> new Reason.Clear(Forms.required(reason))));
        }
    }

    @PostMapping("/{id}/end")
    @Operation(summary = "Take a proposal back, decline it, or end an agreement in force (any of"
            + " its parties)")
    ResponseEntity<Written> end(@PathVariable String id, @RequestBody Ending form,
            Caller caller, HttpServletRequest request) {
        return Requests.changed(send(form.of(id(id), acting(form.party(), caller)),
                caller, request, form));
    }

    private Receipt send(AgreementCommand command, Caller caller, HttpServletRequest request,
            Object content) {
        return commands.send(command,
                requests.sender(caller, command.party().text(), request, content));
    }

    // ------------------------------------------------------------------ reading

    /**
     * What a party did, and when.
     *
     * @param by the actor; shown to who is signed in, for the names are names to sign in with
     */
    record ActAnswer(Party party, @Nullable String by, Instant at, long position,
            @Nullable String reason) {

        static ActAnswer of(Act act, boolean named) {
            Step step = act.step();
            return new ActAnswer(act.party(), named ? step.by() : null, step.at(),
                    step.position(), step.reason());
        }
    }

    /**
     * @param terms    as they were proposed
     * @param inForce  its days as they are now; absent while some party has not agreed
     * @param accepted by the other parties so far
     * @param ended    who ended it, took it back or declined it
     */
    record AgreementAnswer(AgreementId agreement, Status status, AgreementTerms terms,
            @Nullable DaysInForce inForce, ActAnswer proposed, List<ActAnswer> accepted,
            @Nullable ActAnswer ended) {

        static AgreementAnswer of(Agreement found, boolean named) {
            Act ended = found.ended();
            return new AgreementAnswer(found.agreement(), found.status(), found.terms(),
                    found.inForce(), ActAnswer.of(found.proposed(), named),
                    found.accepted().stream().map(act -> ActAnswer.of(act, named)).toList(),
                    ended == null ? null : ActAnswer.of(ended, named));
        }
    }

    /** @param next give it back as {@code behind} for the next page; absent at the end */
    record AgreementsAnswer(List<AgreementAnswer> agreements, @Nullable String next) {
    }

    @GetMapping
    @Operation(summary = "Agreements by id (anyone)",
            description = "Of one party, such as institution/dandong-tech, region/210600,"
                    + " country/KR or bank/kr-acbs, as the agreement names it; in force on a day;"
                    + " of one status.")
    AgreementsAnswer agreements(@RequestParam(required = false) @Nullable String party,
            @RequestParam(required = false) @Nullable LocalDate day,
            @RequestParam(required = false) @Nullable Status status,
            @RequestParam(required = false) @Nullable String behind,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable Long after,
            @Nullable Principal principal) {
        requests.after(after);
        int most = Limits.of(limit, MOST);
        Party named = party(party);
        Paging<Agreement> page = Paging.of(most, behind,
                at -> Agreements.page(views, named, at, most),
                each -> (status == null || each.status() == status)
                        && (day == null || each.isInForce(day)));
        return new AgreementsAnswer(page.found().stream()
                .map(each -> AgreementAnswer.of(each, principal != null)).toList(), page.next());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One agreement; its ETag is the version of its stream (anyone)")
    ResponseEntity<AgreementAnswer> agreement(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long after,
            @Nullable Principal principal) {
        AgreementId asked = id(id);
        requests.after(after);
        long sequence = ledger.lastSequence(asked.stream());
        Refused.refuseIf(sequence < 0, () -> new Refusal.AgreementUnknown(asked));
        // Whoever sends the ETag back has seen everything up to it.
        requests.after(ledger.readStream(asked.stream(), sequence, 1).getFirst().position());
        return ResponseEntity.ok().eTag(Requests.etag(sequence)).body(AgreementAnswer.of(
                Objects.requireNonNull(Agreements.get(views, asked)), principal != null));
    }

    // ------------------------------------------------------------------

    private static AgreementId id(String text) {
        return Refused.inField("id", () -> new AgreementId(text));
    }

    private static @Nullable Party party(@Nullable String text) {
        return Refused.inField("party", () -> Forms.optional(text, Party::new));
    }

    private static Party acting(@Nullable String party, Caller caller) {
        return caller.actingFor(party(party));
    }
}
