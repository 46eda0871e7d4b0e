package creditbank.audit;

import creditbank.api.Recorded;
import creditbank.projections.Projection;
import creditbank.projections.View;
import creditbank.store.Cursor;
import creditbank.store.SqliteFailure;
import creditbank.views.sqlite.SqliteViewRows;
import creditbank.views.sqlite.SqliteViewRows.Row;
import creditbank.views.sqlite.SqliteViewRows.Stand;
import creditbank.views.sqlite.SqliteViews;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Each projection's documents as they are kept, against a fresh fold of the ledger into a scratch
 * file up to the position where the kept ones stand: byte for byte, with their places in indexes.
 */
final class ViewsCheck implements AutoCloseable {

    private final Map<Projection, Finding> findings = new LinkedHashMap<>();
    private final Map<Projection, Stand> stands = new LinkedHashMap<>();
    private final @Nullable SqliteViewRows kept;
    private final Path freshFile;
    private final SqliteViews fresh;
    private long folded;

    ViewsCheck(Path file, List<Projection> projections, Path room) {
        projections.forEach(p -> findings.put(p, new Finding("views/" + p.name())));
        this.kept = open(file);
        this.freshFile = room.resolve("views.db");
        this.fresh = new SqliteViews(freshFile, projections);
    }

    private @Nullable SqliteViewRows open(Path file) {
        if (!Files.exists(file)) {
            findings.values().forEach(f -> f.notChecked("views.no-file"));
            return null;
        }
        SqliteViewRows rows = null;
        try {
            rows = new SqliteViewRows(file);
            for (Map.Entry<Projection, Finding> each : findings.entrySet()) {
                take(each.getKey(), each.getValue(), rows.stand(each.getKey()));
            }
            return rows;
        } catch (SqliteFailure e) {
            stands.clear();
            findings.values().forEach(
                    f -> f.failsAtLarge("file-damaged", String.valueOf(e.getMessage())));
            if (rows != null) {
                rows.close();
            }
            return null;
        }
    }

    private void take(Projection projection, Finding finding, Optional<Stand> found) {
        if (found.isEmpty()) {
            finding.notChecked("views.not-begun", projection.name());
        } else if (found.get().version() != projection.version()) {
            finding.notChecked("views.other-version", projection.name(),
                    found.get().version(), projection.version());
        } else {
            stands.put(projection, found.get());
        }
    }

    void fold(List<Recorded> entries) {
        for (Map.Entry<Projection, Stand> each : stands.entrySet()) {
            Finding finding = finding(each.getKey());
            long reached = each.getValue().reached();
            List<Recorded> due = entries.stream().filter(e -> e.position() < reached).toList();
            if (due.isEmpty() || finding.isSettled()) {
                continue;
            }
            try {
                fresh.fold(List.of(each.getKey()), due);
            } catch (RuntimeException e) {
                // Not a matter of the views: what the entries say cannot be folded.
                finding.notChecked("views.unfoldable", each.getKey().name(),
                        due.getFirst().position(), String.valueOf(e.getMessage()));
            }
        }
        folded = entries.isEmpty() ? folded : entries.getLast().position() + 1;
    }

    void compare() {
        SqliteViewRows live = kept;
        if (live == null) {
            return;
        }
        // Read through the same eyes as the kept ones.
        try (SqliteViewRows made = new SqliteViewRows(freshFile)) {
            for (Map.Entry<Projection, Stand> each : stands.entrySet()) {
                compare(live, made, each.getKey(), each.getValue());
            }
        }
    }

    private void compare(
            SqliteViewRows live, SqliteViewRows made, Projection projection, Stand stand) {
        Finding finding = finding(projection);
        if (stand.reached() > folded) {
            finding.failsAtLarge(
                    "views.beyond-the-end", projection.name(), stand.reached(), folded);
        }
        if (finding.isSettled()) {
            return;
        }
        long documents = 0;
        try {
            for (View<?> view : projection.views()) {
                try (Cursor<Row> is = live.documents(view, stand);
                        Cursor<Row> should = made.documents(
                                view, made.stand(projection).orElseThrow())) {
                    documents += compare(finding, view, is, should);
                }
            }
        } catch (SqliteFailure e) {
            finding.failsAtLarge("file-damaged", String.valueOf(e.getMessage()));
        }
        finding.counted(projection.name(), documents, stand.reached());
    }

    /** Answers how many documents there are; both run in the order of their keys. */
    private static long compare(
            Finding finding, View<?> view, Cursor<Row> is, Cursor<Row> should) {
        long documents = 0;
        Row found = is.next();
        Row expected = should.next();
        while (found != null || expected != null) {
            int order = found == null ? 1 : expected == null ? -1 : order(found, expected);
            if (order < 0 && found != null) {
                finding.failsAtLarge("views.too-many", view.name(), found.key());
            } else if (order > 0 && expected != null) {
                finding.failsAtLarge("views.missing", view.name(), expected.key());
            } else if (found != null && expected != null && !found.isSameAs(expected)) {
                finding.failsAtLarge("views.differs", view.name(), found.key());
            }
            found = order <= 0 ? is.next() : found;
            expected = order >= 0 ? should.next() : expected;
            documents++;
        }
        return documents;
    }

    private static int order(Row a, Row b) {
        return Arrays.compareUnsigned(a.key().getBytes(StandardCharsets.UTF_8),
                b.key().getBytes(StandardCharsets.UTF_8));
    }

    private Finding finding(Projection projection) {
        return Objects.requireNonNull(findings.get(projection));
    }

    List<Finding> findings() {
        return List.copyOf(findings.values());
    }

    @Override
    public void close() {
        fresh.close();
        if (kept != null) {
            kept.close();
        }
    }
}
