package creditbank.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.projections.Books;
import creditbank.projections.Projection;
import creditbank.projections.Views;
import creditbank.views.Follower;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What auditors read: the entries themselves, and the books. */
@RestController
@Tag(name = "Ledger and books")
class LedgerController {

    private static final int MOST = 1_000;

    private final LedgerReader ledger;
    private final Views views;
    private final Follower follower;
    private final Requests requests;

    LedgerController(Ledger ledger, Views views, Follower follower, Requests requests) {
        this.ledger = ledger.reader();
        this.views = views;
        this.follower = follower;
        this.requests = requests;
    }

    /** @param entry the entry's JSON as it is stored */
    record EntryAnswer(long position, @JsonRawValue
            @Schema(implementation = Object.class, types = "object") String entry) {
    }

    /**
     * @param size how many entries stand
     * @param next give it back as {@code from} for the next page; absent at the end
     */
    record EntriesAnswer(long size, List<EntryAnswer> entries, @Nullable Long next) {
    }

    @GetMapping("/api/ledger/entries")
    @Operation(summary = "Entries in their order, personal fields sealed (AUDITOR, REGISTRAR)")
    EntriesAnswer entries(@RequestParam(defaultValue = "0") long from,
            @RequestParam(defaultValue = "100") int limit) {
        long first = Limits.position("from", from);
        List<EntryAnswer> entries = ledger.read(first, Limits.of(limit, MOST)).stream()
                .map(e -> new EntryAnswer(
                        e.position(), new String(e.bytes(), StandardCharsets.UTF_8)))
                .toList();
        long size = ledger.size();
        long next = first + entries.size();
        return new EntriesAnswer(size, entries, next < size && !entries.isEmpty() ? next : null);
    }

    /** Sums of one institution (or, where absent, of all) in one sector and unit. */
    record BookLine(@Nullable InstitutionId institution, Sector sector, CreditUnit unit,
            String recorded, String available, String reserved, String redeemed, String expired,
            String revoked, String transferred, long achievements) {
    }

    /**
     * @param on      only what was achieved, expired or was revoked on this day or before counts
     * @param entries how many entries of the ledger the books rest on
     */
    record BooksAnswer(LocalDate on, long entries, List<BookLine> total,
            List<BookLine> institutions) {
    }

    @GetMapping("/api/books")
    @Operation(summary = "The bank's books on a business day: recorded = available + reserved"
            + " + redeemed + expired + revoked + transferred, per institution and in all"
            + " (AUDITOR, REGISTRAR)")
    BooksAnswer books(@RequestParam(required = false) @Nullable LocalDate on,
            @RequestParam(required = false) @Nullable Long after) {
        requests.after(after);
        LocalDate day = requests.day(on);
        long entries = follower.reached();
        return books(views, null, day, entries);
    }

    /**
     * @param views   as they are now or as they were once
     * @param only    the books of one institution; null for all
     * @param entries how many the views rest on
     */
    static BooksAnswer books(
            Views views, @Nullable InstitutionId only, LocalDate day, long entries) {
        List<Books.Line> books = Books.on(views, only, day);
        return new BooksAnswer(day, entries, totals(books), books.stream()
                .map(s -> line(s.institution(), s)).toList());
    }

    private static List<BookLine> totals(List<Books.Line> books) {
        Map<String, Books.Line> totals = new TreeMap<>();
        for (Books.Line s : books) {
            totals.merge(s.sector().ordinal() + "|" + s.unit(), s, Books.Line::plus);
        }
        List<BookLine> lines = new ArrayList<>();
        totals.values().forEach(s -> lines.add(line(null, s)));
        return lines;
    }

    private static BookLine line(@Nullable InstitutionId institution, Books.Line s) {
        return new BookLine(institution, s.sector(), s.unit(),
                Credits.amount(s.recorded()), Credits.amount(s.available()),
                Credits.amount(s.reserved()), Credits.amount(s.redeemed()),
                Credits.amount(s.expired()), Credits.amount(s.revoked()),
                Credits.amount(s.transferred()), s.achievements());
    }

    /** @param entries how many entries it now rests on */
    record RebuiltAnswer(String projection, long entries) {
    }

    @PostMapping("/api/views/{projection}/rebuild")
    @Operation(summary = "Make a projection anew from the ledger while the old one answers"
            + " (REGISTRAR)")
    ResponseEntity<RebuiltAnswer> rebuild(@PathVariable String projection) {
        for (Projection known : Projection.all()) {
            if (known.name().equals(projection)) {
                long[] reached = {0};
                follower.rebuild(known, entries -> reached[0] = entries);
                return ResponseEntity.ok(new RebuiltAnswer(projection, reached[0]));
            }
        }
        throw new Refused(new Refusal.ProjectionUnknown(projection, Projection.all().stream()
                .map(Projection::name).collect(Collectors.joining(", "))));
    }
}
