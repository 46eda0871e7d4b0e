package creditbank.http;

import creditbank.RecordingDigests;
import creditbank.api.Recorded;
import creditbank.api.digest.DigestEvent;
import creditbank.api.digest.DigestEvent.StateDigested;
import creditbank.api.value.Digest;
import creditbank.audit.History;
import creditbank.audit.Moment;
import creditbank.audit.Replay;
import creditbank.audit.WholeReplay;
import creditbank.projections.Projection;
import creditbank.security.Caller;
import creditbank.views.StateDigest;
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
    private final Replay replay;
    private final History history;
    private final Moments moments;
    private final RecordingDigests recording;
    private final Requests requests;
    private final JsonMapper json;

    ReplayController(WholeReplay whole, Replay replay, History history, Moments moments,
            RecordingDigests recording, Requests requests, JsonMapper json) {
        this.whole = whole;
        this.replay = replay;
        this.history = history;
        this.moments = moments;
        this.recording = recording;
        this.requests = requests;
        this.json = json;
    }

    // ------------------------------------------------------------------ made anew

    /** How many entries are folded, of how many. */
    record ProgressOfReplay(long done, long of) {
    }

    /**
     * A digest that the bank stated itself of the same projection and version after as many
     * entries.
     *
     * @param position of the entry that states it
     * @param agrees   whether it is the one that the replay came to
     */
    record RecordedDigest(long position, Digest digest, boolean agrees) {
    }

    /** @param recorded empty where the bank stated none of these entries */
    record ReplayedDigest(String projection, int version, long entries, Digest digest,
            List<RecordedDigest> recorded) {
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
            List<Recorded> stated = stated();
            tell(response, "result", new ResultOfReplay(moment.position(), moment.recordedAt(),
                    digests.stream().map(digest -> replayed(digest, stated)).toList()));
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

    private static ReplayedDigest replayed(StateDigest made, List<Recorded> stated) {
        return new ReplayedDigest(made.projection(), made.version(), made.entries(),
                made.digest(), stated.stream().filter(entry -> isOf(made, event(entry)))
                        .map(entry -> new RecordedDigest(entry.position(),
                                event(entry).digest(), event(entry).digest().equals(made.digest())))
                        .toList());
    }

    private static boolean isOf(StateDigest made, StateDigested stated) {
        return stated.projection().text().equals(made.projection())
                && stated.version() == made.version() && stated.entries() == made.entries();
    }

    /** One a day and projection, and those that were asked for. */
    private List<Recorded> stated() {
        return replay.of(history.newest(), replay.streams("digest/"), List.of()).entries();
    }

    private static StateDigested event(Recorded entry) {
        return switch ((DigestEvent) entry.event()) {
            case StateDigested e -> e;
        };
    }

    // ------------------------------------------------------------------ as they were stated

    /**
     * @param entries    how many the projection had folded: replay to the position before that
     * @param position   of the entry that states it
     * @param recordedAt when it was stated
     * @param actor      who had it stated
     * @param replay     the address at which it can be held against the ledger
     */
    record DigestAnswer(String projection, int version, long entries, Digest digest,
            long position, Instant recordedAt, String actor, String replay) {

        static DigestAnswer of(Recorded entry) {
            StateDigested e = event(entry);
            return new DigestAnswer(e.projection().text(), e.version(), e.entries(), e.digest(),
                    entry.position(), entry.recordedAt(), entry.actor(),
                    "/api/audit/replay?position=" + (e.entries() - 1));
        }
    }

    record DigestsAnswer(List<DigestAnswer> digests) {
    }

    @GetMapping("/digests")
    @Operation(summary = "Digests of the projections that stand in the ledger, the newest first"
            + " (AUDITOR, REGISTRAR)", description = "Of one projection, if it is named.")
    DigestsAnswer digests(@RequestParam(required = false) @Nullable String projection,
            @RequestParam(defaultValue = "100") int limit) {
        int most = Limits.of(limit, MOST);
        return new DigestsAnswer(stated().reversed().stream()
                .filter(entry -> projection == null
                        || event(entry).projection().text().equals(projection))
                .limit(most).map(DigestAnswer::of).toList());
    }

    @PostMapping("/digests")
    @Operation(summary = "State in the ledger what each projection came to, as it is kept"
            + " (AUDITOR, REGISTRAR)",
            description = "Reads all documents of all views. The bank does so by itself once a"
                    + " business day.")
    ResponseEntity<DigestsAnswer> record(Caller caller, HttpServletRequest request) {
        List<Long> positions =
                recording.record(requests.sender(caller, null, request, ""));
        return ResponseEntity.status(HttpStatus.CREATED).body(new DigestsAnswer(stated().stream()
                .filter(entry -> positions.contains(entry.position()))
                .map(DigestAnswer::of).toList()));
    }
}
