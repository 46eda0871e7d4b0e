package creditbank.http;

import creditbank.RecordingDigests;
import creditbank.api.Recorded;
import creditbank.api.digest.DigestEvent;
import creditbank.api.digest.StateDigest;
import creditbank.api.value.Digest;
import creditbank.audit.Moment;
import creditbank.audit.StatedDigests;
import creditbank.audit.StatedDigests.StatedDigest;
import creditbank.audit.WholeReplay;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.projections.Projection;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Digests of what the bank keeps: made anew from the ledger, and as the bank stated them. */
@RestController
@RequestMapping("/api/audit")
@Tag(name = "Audit")
class ReplayController {

    private static final int MOST = 1_000;

    private final WholeReplay whole;
    private final LedgerReader ledger;
    private final Moments moments;
    private final RecordingDigests recording;
    private final Requests requests;
    private final JsonMapper json;

    ReplayController(WholeReplay whole, Ledger ledger, Moments moments,
            RecordingDigests recording, Requests requests, JsonMapper json) {
        this.whole = whole;
        this.ledger = ledger.reader();
        this.moments = moments;
        this.recording = recording;
        this.requests = requests;
        this.json = json;
    }

    // ------------------------------------------------------------------ made anew

    /** How many entries are folded, of how many. */
    record ProgressOfReplay(long done, long of) {
    }

    /** @param stated what the bank stated itself of the same; empty where it stated nothing */
    record ReplayedDigest(String projection, int version, long entries, Digest digest,
            List<StatedDigest> stated) {

        static ReplayedDigest of(StateDigest made, StatedDigests stated) {
            return new ReplayedDigest(made.projection(), made.version(), made.entries(),
                    made.digest(), stated.sameAs(made));
        }
    }

    record ResultOfReplay(long position, Instant recordedAt, List<ReplayedDigest> digests) {
    }

    @GetMapping(value = "/replay", produces = "text/event-stream")
    @Operation(summary = "Fold the whole ledger up to a position or an instant, and digest what"
            + " each projection came to (AUDITOR, REGISTRAR)",
            description = "Server-sent events: progress, then one result. One replay of the whole"
                    + " ledger at a time; whoever stops listening ends it.")
    void replay(@RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String at, HttpServletResponse response)
            throws IOException {
        Moment moment = moments.moment(position, at);
        try {
            List<StateDigest> digests = whole.digests(moment, Projection.all(),
                    (done, of) -> tell(response, "progress", new ProgressOfReplay(done, of)));
            StatedDigests stated = StatedDigests.of(ledger);
            tell(response, "result", new ResultOfReplay(moment.position(), moment.recordedAt(),
                    digests.stream().map(each -> ReplayedDigest.of(each, stated)).toList()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Nothing is told before it is clear that the replay begins. */
    private void tell(HttpServletResponse response, String event, Object data) {
        try {
            if (!response.isCommitted()) {
                response.setContentType("text/event-stream;charset=UTF-8");
                response.setHeader("Cache-Control", "no-store");
            }
            OutputStream out = response.getOutputStream();
            out.write(("event: " + event + "\ndata: " + json.writeValueAsString(data) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ------------------------------------------------------------------ as they were stated

    /**
     * @param entries how many the projection had folded
     * @param replay  the address at which it can be held against the ledger; absent where nothing
     *                had been folded
     */
    record DigestAnswer(String projection, int version, long entries, Digest digest,
            @Nullable String replay) {

        static DigestAnswer of(StateDigest stated) {
            return new DigestAnswer(stated.projection(), stated.version(), stated.entries(),
                    stated.digest(), stated.entries() == 0 ? null
                            : "/api/audit/replay?position=" + (stated.entries() - 1));
        }
    }

    /**
     * One look at all projections.
     *
     * @param position   of the entry that states what was seen
     * @param recordedAt when it was stated
     * @param actor      who had it stated
     */
    record LookAnswer(long position, Instant recordedAt, String actor,
            List<DigestAnswer> digests) {

        static LookAnswer of(Entry entry) {
            Recorded look = EntryFormat.read(entry);
            return new LookAnswer(look.position(), look.recordedAt(), look.actor(),
                    StatedDigests.in(look).stream().map(DigestAnswer::of).toList());
        }
    }

    record LooksAnswer(List<LookAnswer> looks) {
    }

    @GetMapping("/digests")
    @Operation(summary = "Digests of the projections that stand in the ledger, look by look, the"
            + " newest first (AUDITOR, REGISTRAR)")
    LooksAnswer digests(@RequestParam(defaultValue = "100") int limit) {
        int most = Limits.of(limit, MOST);
        long from = Math.max(0, ledger.lastSequence(DigestEvent.STREAM) + 1 - most);
        return new LooksAnswer(ledger.readStream(DigestEvent.STREAM, from, most).reversed()
                .stream().map(LookAnswer::of).toList());
    }

    @PostMapping("/digests")
    @Operation(summary = "State in the ledger what each projection came to, as it is kept"
            + " (AUDITOR, REGISTRAR)",
            description = "Reads all documents of all views, and writes one entry. The bank does so"
                    + " by itself once a business day on which there is something new.")
    ResponseEntity<LookAnswer> record(Caller caller, HttpServletRequest request) {
        long position = recording.record(requests.sender(caller, null, request, ""));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(LookAnswer.of(ledger.read(position, 1).getFirst()));
    }
}
