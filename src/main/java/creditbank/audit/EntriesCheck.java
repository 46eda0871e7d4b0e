package creditbank.audit;

import creditbank.api.Recorded;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.LedgerRows.Row;
import creditbank.store.Cursor;
import creditbank.store.SqliteFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The pass in the ledger's order: each entry by itself. What it says is handed on in runs. */
final class EntriesCheck {

    private static final int AT_ONCE = 5_000;

    private final LedgerRows ledger;
    private final Traces traces;
    private final BooksCheck books;
    private final ViewsCheck views;
    private final OtherStreams others;
    private final Finding positions = new Finding("positions");
    private final Finding entries = new Finding("entries");
    private final Finding columns = new Finding("columns");
    private final Finding times = new Finding("times");
    private final List<Recorded> run = new ArrayList<>();
    private Instant last = Instant.EPOCH;
    private boolean walkedToTheEnd;

    EntriesCheck(LedgerRows ledger, Traces traces, BooksCheck books, ViewsCheck views,
            OtherStreams others) {
        this.ledger = ledger;
        this.traces = traces;
        this.books = books;
        this.views = views;
        this.others = others;
    }

    void run(LongConsumer progress, long size) {
        long next = 0;
        try (Cursor<Row> rows = ledger.entries()) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                Entry entry = row.entry();
                if (entry.position() != next) {
                    positions.fails(Math.min(next, entry.position()), "positions.hole", next,
                            entry.position());
                }
                next = entry.position() + 1;
                check(row);
                if (next % AT_ONCE == 0) {
                    handOn();
                    progress.accept(next);
                }
            }
            walkedToTheEnd = true;
        } catch (SqliteFailure e) {
            entries.fails(next, "entries.file-damaged", next, String.valueOf(e.getMessage()));
        }
        handOn();
        positions.counted(size);
        entries.counted(size);
        columns.counted(size);
        times.counted(size);
    }

    private void check(Row row) {
        Entry entry = row.entry();
        long position = entry.position();
        if (!row.asWritten()) {
            entries.fails(position, "entries.checksum", position);
            return;
        }
        Recorded recorded;
        try {
            recorded = EntryFormat.read(entry);
        } catch (LedgerFailure e) {
            entries.fails(position, "entries.unreadable", position,
                    String.valueOf(e.getMessage()));
            return;
        }
        if (!recorded.stream().equals(entry.stream())
                || recorded.sequence() != entry.sequence()) {
            columns.fails(position, "columns.differ", position,
                    entry.stream() + " " + entry.sequence(),
                    recorded.stream() + " " + recorded.sequence());
        }
        if (recorded.recordedAt().isBefore(last)) {
            times.fails(position, "times.back", position, recorded.recordedAt(), last);
        }
        last = recorded.recordedAt();
        if (isWhole()) {
            run.add(recorded);
        }
    }

    private void handOn() {
        if (isWhole()) {
            traces.add(run);
            books.fold(run);
            run.forEach(others::add);
            views.fold(run);
        }
        run.clear();
    }

    /** Whether all entries stand and can be read, so that it makes sense to go on. */
    boolean isWhole() {
        return positions.holds() && entries.holds() && columns.holds();
    }

    /** Whether a check was made to its end although something else is not whole. */
    boolean isDone(Finding finding) {
        return finding == positions && walkedToTheEnd
                || (finding == columns || finding == times) && entries.holds();
    }

    /** The business day of the last entry, by which expiry is judged whenever it is verified. */
    LocalDate lastDay(ZoneId zone) {
        return LocalDate.ofInstant(last, zone);
    }

    List<Finding> findings() {
        return List.of(positions, entries, columns, times);
    }
}
