package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.value.Rule;
import creditbank.proof.TilePath;
import creditbank.publishing.PublishedLog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The public log (C2SP tlog-tiles): what anyone may fetch, mirror and check. It holds hashes alone;
 * nothing can be read out of them.
 */
@RestController
@Tag(name = "Log")
class LogController {

    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final PublishedLog log;

    LogController(PublishedLog log) {
        this.log = log;
    }

    @GetMapping(value = "/log/checkpoint", produces = "text/plain;charset=utf-8")
    @Operation(summary = "The newest signed checkpoint, with the cosignatures of witnesses that"
            + " are there by now (anyone)")
    ResponseEntity<byte[]> checkpoint() {
        return ResponseEntity.ok().contentType(TEXT).cacheControl(CacheControl.noCache())
                .body(published(log).note().bytes());
    }

    @GetMapping(value = "/log/cosigned", produces = "text/plain;charset=utf-8")
    @Operation(summary = "The newest checkpoint that witnesses have cosigned (anyone)")
    ResponseEntity<byte[]> cosigned() {
        PublishedLog.Published now = log.cosigned();
        if (now == null) {
            throw new Refused(new Refusal.CheckpointNotCosigned());
        }
        return ResponseEntity.ok().contentType(TEXT).cacheControl(CacheControl.noCache())
                .body(now.note().bytes());
    }

    @GetMapping(value = "/log/key", produces = "text/plain;charset=utf-8")
    @Operation(summary = "The verifier key of the log, as signed notes know it (anyone). Who wants"
            + " to trust nobody gets it another way too")
    ResponseEntity<byte[]> key() {
        return ResponseEntity.ok().contentType(TEXT).cacheControl(CacheControl.noCache())
                .body((log.verifierKey().text() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping(value = "/log/tile/{*path}", produces = "application/octet-stream")
    @Operation(summary = "Hashes or records of the log: <level>/<index>[.p/<width>] or"
            + " entries/<index>[.p/<width>] (anyone)")
    ResponseEntity<byte[]> tile(@PathVariable String path) {
        TilePath tile = read("tile" + path);
        long size = published(log).checkpoint().size();
        Refused.refuseIf(!tile.isWithin(size),
                () -> new Refusal.TileNotPublished(tile.text(), size));
        try {
            byte[] bytes = tile.level() == TilePath.ENTRIES
                    ? log.entries(tile.index(), tile.width())
                    : log.tile(tile.level(), tile.index(), tile.width());
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .cacheControl(FOR_EVER).body(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TilePath read(String path) {
        try {
            return TilePath.parse(path);
        } catch (IllegalArgumentException e) {
            throw Rule.TILE_PATH_MALFORMED.brokenIn("path", path);
        }
    }

    static PublishedLog.Published published(PublishedLog log) {
        PublishedLog.Published now = log.published();
        if (now == null) {
            throw new Refused(new Refusal.LogNotPublished());
        }
        return now;
    }
}
