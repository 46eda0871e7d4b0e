package creditbank.ledger.sqlite;

import creditbank.ledger.Entry;
import creditbank.ledger.LedgerRows;
import creditbank.store.Cursor;
import creditbank.store.SqliteSnapshot;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** {@code ledger.db} as it stood at one moment; never writes. */
public final class SqliteLedgerRows implements LedgerRows {

    private static final String ENTRY =
            "SELECT position, stream, sequence, checksum, bytes FROM entries ";

    private final SqliteSnapshot file;

    public SqliteLedgerRows(Path path) {
        this.file = SqliteSnapshot.of(path, SqliteLedgerStore.APPLICATION_ID);
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
        return file.cursor(ENTRY + "ORDER BY position", SqliteLedgerRows::row);
    }

    @Override
    public Cursor<Row> entriesByStream() {
        // Through the index, whose order this is: sorting would take a copy of the ledger.
        return file.cursor(ENTRY + "INDEXED BY sqlite_autoindex_entries_1"
                + " ORDER BY stream, sequence", SqliteLedgerRows::row);
    }

    private static Row row(ResultSet row) throws SQLException {
        Entry entry = new Entry(
                row.getLong(1), row.getString(2), row.getLong(3), row.getBytes(5));
        return new Row(entry, row.getLong(4) == SqliteLedgerStore.checksum(entry.bytes()));
    }

    @Override
    public OptionalLong positionOfCommand(String commandId) {
        return file.read(s -> {
            PreparedStatement select =
                    s.prepare("SELECT position FROM commands WHERE command = ?");
            select.setString(1, commandId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        });
    }

    @Override
    public Cursor<Pointer> commands() {
        return file.cursor("SELECT command, position FROM commands ORDER BY command",
                SqliteLedgerRows::pointer);
    }

    @Override
    public Cursor<Pointer> claims() {
        return file.cursor("SELECT claim, position FROM claims ORDER BY claim",
                SqliteLedgerRows::pointer);
    }

    private static Pointer pointer(ResultSet row) throws SQLException {
        return new Pointer(row.getString(1), row.getLong(2));
    }

    @Override
    public boolean isDisturbed() {
        return file.isDisturbed();
    }

    @Override
    public void close() {
        file.close();
    }
}
