package creditbank.views.sqlite;

import creditbank.ledger.EntryFormat;
import creditbank.projections.View;
import creditbank.projections.Views.Range;
import creditbank.projections.Views.Row;
import creditbank.store.SqliteFile.Session;
import creditbank.views.StateSum;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tools.jackson.core.JacksonException;

/**
 * The table that holds a view's documents, with a column for each of its indexes.
 *
 * @param generation how often the view was begun anew; part of the table's name
 */
record ViewTable<T>(View<T> view, int generation) {

    String name() {
        return view.name() + "_" + generation;
    }

    void create(Session session) throws SQLException {
        String columns = view.indexes().stream().map(i -> ", " + i.name() + " TEXT")
                .collect(Collectors.joining());
        session.execute("CREATE TABLE " + name()
                + " (key TEXT NOT NULL UNIQUE, document BLOB NOT NULL" + columns + ") STRICT");
        for (View.Index<T> index : view.indexes()) {
            session.execute("CREATE INDEX " + name() + "_" + index.name() + " ON " + name()
                    + " (" + index.name() + ") WHERE " + index.name() + " IS NOT NULL");
        }
    }

    void drop(Session session) throws SQLException {
        session.execute("DROP TABLE IF EXISTS " + name());
    }

    @Nullable T find(Session session, String key) throws SQLException {
        PreparedStatement select =
                session.prepare("SELECT document FROM " + name() + " WHERE key = ?");
        select.setString(1, key);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? document(rows.getBytes(1)) : null;
        }
    }

    List<Row<T>> page(Session session, Range range) throws SQLException {
        String column = range.index() == null ? "key" : view.index(range.index()).name();
        PreparedStatement select = session.prepare("SELECT " + column + ", document FROM "
                + name() + " WHERE " + column + " >= ? AND " + column + " < ? ORDER BY " + column
                + (range.descending() ? " DESC" : "") + " LIMIT ?");
        select.setString(1, range.from());
        select.setString(2, range.to());
        select.setInt(3, range.limit());
        List<Row<T>> rows = new ArrayList<>();
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                rows.add(new Row<>(found.getString(1), document(found.getBytes(2))));
            }
        }
        return rows;
    }

    /** In the order of the keys' UTF-8 bytes, which is that of SQLite's text. */
    void digest(Session session, StateSum into) throws SQLException {
        try (ResultSet rows = session.prepare(
                "SELECT key, document FROM " + name() + " ORDER BY key").executeQuery()) {
            while (rows.next()) {
                into.add(view, rows.getString(1), rows.getBytes(2));
            }
        }
    }

    /** What was written can be read; bytes that cannot be are a damage that SQLite did not see. */
    private T document(byte[] bytes) throws SQLException {
        try {
            return EntryFormat.JSON.readValue(bytes, view.type());
        } catch (JacksonException e) {
            // Its words show what stands in the document.
            throw new SQLiteException("a document of the view " + view.name()
                    + " cannot be read", SQLiteErrorCode.SQLITE_CORRUPT);
        }
    }

    /** @param documents by key; each replaces the one that stands */
    void put(Session session, Map<String, Object> documents) throws SQLException {
        PreparedStatement upsert = session.prepare(upsert());
        for (Map.Entry<String, Object> each : documents.entrySet()) {
            T document = view.type().cast(each.getValue());
            upsert.setString(1, each.getKey());
            upsert.setBytes(2, EntryFormat.JSON.writeValueAsBytes(document));
            int at = 3;
            for (View.Index<T> index : view.indexes()) {
                upsert.setString(at++, index.key().apply(document));
            }
            upsert.executeUpdate();
        }
    }

    private String upsert() {
        List<String> columns = new ArrayList<>(List.of("key", "document"));
        view.indexes().forEach(i -> columns.add(i.name()));
        return "INSERT INTO " + name() + " (" + String.join(", ", columns)
                + ") VALUES (" + "?, ".repeat(columns.size() - 1) + "?)"
                + " ON CONFLICT (key) DO UPDATE SET " + columns.stream().skip(1)
                .map(c -> c + " = excluded." + c).collect(Collectors.joining(", "));
    }
}
