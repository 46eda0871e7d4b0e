package creditbank.audit;

import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.LedgerRows.Indexed;
import creditbank.ledger.LedgerRows.Pointer;
import creditbank.store.Cursor;
import creditbank.store.SqliteFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The index beside the entries, row for row, against what the entries it covers make of it. */
final class IndexCheck {

    private final Finding finding = new Finding("index");
    private final LedgerRows ledger;

    IndexCheck(LedgerRows ledger) {
        this.ledger = ledger;
    }

    void run(Traces.Noted noted, long size) {
        try {
            Optional<Indexed> indexed = ledger.indexed();
            if (indexed.isEmpty()) {
                finding.notChecked("index.no-file");
                return;
            }
            long entries = indexed.get().entries();
            if (entries > size) {
                finding.failsAtLarge("index.beyond-the-end", entries, size);
            } else if (entries > 0 && !idAt(entries - 1).equals(indexed.get().last())) {
                finding.failsAtLarge("index.another-ledger", entries);
            } else {
                long rows = compare("streams", noted.streams(entries), ledger.streams())
                        + compare("commands", noted.commands(entries), ledger.commands())
                        + compare("claims", noted.claims(entries), ledger.claims());
                finding.counted(entries, rows);
                if (entries == 0 && rows == 0 && size > 0) {
                    finding.nothing("index.not-begun");
                }
            }
        } catch (SqliteFailure e) {
            finding.failsAtLarge("index.unreadable", String.valueOf(e.getMessage()));
        }
    }

    private String idAt(long position) {
        return ledger.entry(position).map(row -> EntryFormat.read(row.entry()).id()).orElse("");
    }

    /** Answers how many rows there are; both run in the order of their keys. */
    private long compare(String table, Cursor<Pointer> should, Cursor<Pointer> is) {
        long rows = 0;
        try (should; is) {
            Pointer expected = should.next();
            Pointer found = is.next();
            while (expected != null || found != null) {
                int order = expected == null ? 1 : found == null ? -1 : order(expected, found);
                if (order < 0 && expected != null) {
                    finding.fails(expected.position(), "index.missing", expected.position(),
                            table, expected.key());
                } else if (order > 0 && found != null) {
                    finding.fails(found.position(), "index.too-many", found.position(), table,
                            found.key());
                } else if (expected != null && found != null
                        && expected.position() != found.position()) {
                    finding.fails(expected.position(), "index.elsewhere", expected.position(),
                            table, expected.key(), found.position());
                }
                expected = order <= 0 ? should.next() : expected;
                found = order >= 0 ? is.next() : found;
                rows++;
            }
        }
        return rows;
    }

    private static int order(Pointer a, Pointer b) {
        return Arrays.compareUnsigned(a.key().getBytes(StandardCharsets.UTF_8),
                b.key().getBytes(StandardCharsets.UTF_8));
    }

    Finding finding() {
        return finding;
    }
}
