package creditbank.ledger.sqlite;

import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.index.IndexFile;
import creditbank.store.Cursor;
import creditbank.store.SqliteFailure;
import creditbank.store.SqliteFile.Durability;
import creditbank.store.SqliteSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ledger.db} and {@code index.db} as they stood at one moment; never writes. */
public final class SqliteLedgerRows implements LedgerRows {

    /** The key of a row of the table {@code streams}; also for whoever makes rows to compare. */
    public static final String STREAM_KEY = "stream || printf(' %012d', sequence)";

    private final @Nullable SqliteSnapshot index;
    private final @Nullable SqliteFailure noIndex;
    private final SqliteSnapshot file;

    /** @param indexPath need not exist, nor be whole: then what asks it says so */
    public SqliteLedgerRows(Path path, Path indexPath) {
        // The index first: what is in it is then in the snapshot of the entries for certain.
        SqliteSnapshot found = null;
        SqliteFailure failure = null;
        if (Files.exists(indexPath)) {
            try {
                found = SqliteSnapshot.of(indexPath, IndexFile.APPLICATION_ID,
                        Durability.LAST_COMMITS_MAY_GO);
            } catch (SqliteFailure e) {
                failure = e;
            }
        }
        this.index = found;
        this.noIndex = failure;
        try {
            this.file = SqliteSnapshot.of(path, SqliteLedgerStore.APPLICATION_ID,
                    Durability.EVERY_COMMIT);
        } catch (SqliteFailure e) {
            closeIndex();
            throw e;
        }
    }

    @Override
    public long size() {
        return file.read(s -> {
            try (ResultSet row = s.prepare(
                    "SELECT coalesce(max(position) + 1, 0) FROM entries").executeQuery()) {
                return row.getLong(1);
            }
        });
    }

    @Override
    public Cursor<Row> entries() {
        return file.cursor(SqliteLedgerStore.ENTRY + "ORDER BY position", SqliteLedgerRows::row);
    }

    @Override
    public List<Entry> read(long from, int limit) {
        return file.read(s -> {
            PreparedStatement select = s.prepare(SqliteLedgerStore.ENTRY
                    + "WHERE position >= ? ORDER BY position LIMIT ?");
            select.setLong(1, from);
            select.setInt(2, limit);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Row row = row(rows);
                    if (!row.asWritten() || row.entry().position() != from + entries.size()) {
                        throw LedgerFailure.damaged("Position " + (from + entries.size()) + " of "
                                + file.path() + " does not hold what was written there; run"
                                + " `creditbank verify`", null);
                    }
                    entries.add(row.entry());
                }
            }
            return entries;
        });
    }

    @Override
    public Optional<Row> entry(long position) {
        return file.read(s -> {
            PreparedStatement select =
                    s.prepare(SqliteLedgerStore.ENTRY + "WHERE position = ?");
            select.setLong(1, position);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row(row)) : Optional.empty();
            }
        });
    }

    private static Row row(ResultSet row) throws SQLException {
        Entry entry = new Entry(
                row.getLong(1), row.getString(2), row.getLong(3), row.getBytes(5));
        return new Row(entry, row.getLong(4) == EntryFormat.checksum(entry.bytes()));
    }

    // ------------------------------------------------------------------ the index

    @Override
    public Optional<Indexed> indexed() {
        if (noIndex != null) {
            throw noIndex;
        }
        if (index == null) {
            return Optional.empty();
        }
        return index.read(s -> {
            try (ResultSet row = s.prepare("SELECT entries, last FROM covered").executeQuery()) {
                return Optional.of(row.next()
                        ? new Indexed(row.getLong(1), row.getString(2)) : new Indexed(0, ""));
            }
        });
    }

    @Override
    public Cursor<Pointer> streams() {
        return pointers(STREAM_KEY, "streams", "stream, sequence");
    }

    @Override
    public Cursor<Pointer> commands() {
        return pointers("command", "commands", "command");
    }

    @Override
    public Cursor<Pointer> claims() {
        return pointers("claim", "claims", "claim");
    }

    private Cursor<Pointer> pointers(String key, String table, String order) {
        if (index == null) {
            throw new IllegalStateException("There is no index to read " + table + " from");
        }
        return index.cursor("SELECT " + key + ", position FROM " + table + " ORDER BY " + order,
                row -> new Pointer(row.getString(1), row.getLong(2)));
    }

    @Override
    public boolean isDisturbed() {
        return file.isDisturbed() || index != null && index.isDisturbed();
    }

    @Override
    public void close() {
        closeIndex();
        file.close();
    }

    private void closeIndex() {
        if (index != null) {
            index.close();
        }
    }
}
