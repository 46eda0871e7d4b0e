package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.ledger.Ledger;
import creditbank.proof.Hash;
import creditbank.proof.TlogProof;
import creditbank.publishing.Cosigning;
import creditbank.publishing.PublishedLog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proofs that auditors ask for; anyone could make them of the log's tiles. */
@RestController
@RequestMapping("/api/proofs")
@Tag(name = "Proofs")
class ProofsController {

    private final PublishedLog log;
    private final Cosigning cosigning;
    private final Ledger ledger;

    ProofsController(PublishedLog log, Cosigning cosigning, Ledger ledger) {
        this.log = log;
        this.cosigning = cosigning;
        this.ledger = ledger;
    }

    /**
     * How the log stands.
     *
     * @param origin    which log
     * @param key       its verifier key
     * @param entries   how many entries the ledger holds
     * @param published how many of them the newest checkpoint signs for; absent while there is none
     * @param root      of the tree over those
     * @param halted    why nothing is signed any more, for the operator; absent while all is well
     * @param witnesses who are asked to cosign
     */
    record LogAnswer(String origin, String key, long entries, @Nullable Long published,
            @Nullable String root, @Nullable String halted, List<WitnessAnswer> witnesses) {
    }

    /**
     * How a witness stands.
     *
     * @param name     of its key
     * @param address  where it is asked
     * @param cosigned how many entries the checkpoint has that it cosigned last; absent if none
     *                 since the start
     * @param trouble  what keeps it from cosigning; absent while all is well
     */
    record WitnessAnswer(String name, String address, @Nullable Long cosigned,
            @Nullable String trouble) {
    }

    @GetMapping
    @Operation(summary = "How the public log stands, and why it is halted if it is"
            + " (AUDITOR, REGISTRAR)")
    LogAnswer log() {
        PublishedLog.Published now = log.published();
        return new LogAnswer(log.verifierKey().name(), log.verifierKey().text(),
                ledger.reader().size(), now == null ? null : now.checkpoint().size(),
                now == null ? null : now.checkpoint().root().base64(), log.halted(),
                cosigning.standings().stream().map(w -> new WitnessAnswer(
                        w.name(), w.address(), w.size(), w.trouble())).toList());
    }

    @GetMapping(value = "/entries/{position}", produces = "text/plain;charset=utf-8")
    @Operation(summary = "That an entry stands in the log: a .tlog-proof file (AUDITOR, REGISTRAR)")
    ResponseEntity<byte[]> entry(@PathVariable long position) {
        return file(log, Limits.position("position", position));
    }

    /** The proof of an entry, as a file to keep. */
    static ResponseEntity<byte[]> file(PublishedLog log, long position) {
        long size = LogController.published(log).checkpoint().size();
        Refused.refuseIf(position >= size,
                () -> new Refusal.EntryNotPublished(position, size));
        TlogProof proof = log.proof(position);
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                        .filename("entry-" + position + ".tlog-proof").build().toString())
                .body(proof.bytes());
    }

    /** @param hashes in base64, as RFC 9162 has them in a consistency proof */
    record ConsistencyAnswer(long from, long to, List<String> hashes) {
    }

    @GetMapping("/consistency")
    @Operation(summary = "That the log of a size begins with the log of an older size; without"
            + " to, up to the newest checkpoint (AUDITOR, REGISTRAR)")
    ConsistencyAnswer consistency(@RequestParam long from,
            @RequestParam(required = false) @Nullable Long to) {
        long size = LogController.published(log).checkpoint().size();
        long until = to == null ? size : to;
        Refused.refuseIf(from < 1 || from > until || until > size,
                () -> new Refusal.SizesNotPublished(from, until, size));
        return new ConsistencyAnswer(from, until, log.consistency(from, until).hashes().stream()
                .map(Hash::base64).toList());
    }
}
