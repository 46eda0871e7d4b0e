package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.audit.evidence.Entries;
import creditbank.audit.evidence.Evidence;
import creditbank.audit.evidence.Selection;
import creditbank.ledger.Ledger;
import creditbank.publishing.PublishedLog;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Bundles of evidence, to be checked without the bank. */
@RestController
@Tag(name = "Proofs")
class EvidenceController {

    private static final String ZIP = "application/zip";

    private final PublishedLog log;
    private final Entries entries;

    EvidenceController(PublishedLog log, Ledger ledger) {
        this.log = log;
        this.entries = Entries.of(ledger.reader());
    }

    @GetMapping(value = "/api/audit/evidence", produces = ZIP)
    @Operation(summary = "A bundle of evidence of one learner, of one institution, or of the"
            + " positions from one to another: a zip that creditbank verify checks without the"
            + " bank; personal data stays sealed (AUDITOR, REGISTRAR)")
    @ApiResponse(responseCode = "200", content = @Content(
            mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
    void evidence(@RequestParam(required = false) @Nullable String learner,
            @RequestParam(required = false) @Nullable String institution,
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Long to, HttpServletResponse response)
            throws IOException {
        boolean one = Stream.of(learner, institution, from).filter(Objects::nonNull).count() == 1
                && (from == null) == (to == null);
        Refused.refuseIf(!one, Refusal.EvidenceSelectionUnclear::new);
        if (learner != null) {
            answer(new Selection.Learner(Requests.learner(learner)), response);
        } else if (institution != null) {
            answer(new Selection.Institution(Refused.inField(
                    "institution", () -> new InstitutionId(institution))), response);
        } else if (from != null && to != null) {
            answer(new Selection.Range(from, to), response);
        }
    }

    @GetMapping(value = "/api/learners/{id}/evidence", produces = ZIP)
    @Operation(summary = "A bundle of evidence of an account, to be checked without the bank"
            + " (the learner, AUDITOR, REGISTRAR)")
    @ApiResponse(responseCode = "200", content = @Content(
            mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
    void ofLearner(@PathVariable String id, Caller caller, HttpServletResponse response)
            throws IOException {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        answer(new Selection.Learner(learner), response);
    }

    /** Whatever is refused is refused before the first byte. */
    private void answer(Selection selection, HttpServletResponse response) throws IOException {
        LogController.published(log);
        Evidence evidence =
                Evidence.gather(selection, entries, log, log.verifierKey(), null);
        response.setContentType(ZIP);
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                .filename(evidence.name()).build().toString());
        evidence.writeTo(response.getOutputStream());
    }
}
