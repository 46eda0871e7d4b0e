package creditbank.views.sqlite;

import creditbank.projections.Projection;
import creditbank.projections.View;
import creditbank.store.Cursor;
import creditbank.store.SqliteFile.Durability;
import creditbank.store.SqliteSnapshot;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code views.db} as it stood at one moment, row by row; never writes. */
public final class SqliteViewRows implements AutoCloseable {

    /**
     * How a projection stands.
     *
     * @param generation part of the names of its tables
     * @param reached    how many entries it has folded
     */
    public record Stand(int version, int generation, long reached) {
    }

    /** A kept document with its places in the view's indexes. */
    public record Row(String key, byte[] document, List<@Nullable String> places) {

        public boolean isSameAs(Row other) {
            return key.equals(other.key) && Arrays.equals(document, other.document)
                    && places.equals(other.places);
        }
    }

    private final SqliteSnapshot file;

    public SqliteViewRows(Path path) {
        this.file = SqliteSnapshot.of(path, SqliteViews.APPLICATION_ID,
                Durability.LAST_COMMITS_MAY_GO);
    }

    public Optional<Stand> stand(Projection projection) {
        return file.read(s -> {
            PreparedStatement select = s.prepare(
                    "SELECT version, generation, reached FROM projections WHERE name = ?");
            select.setString(1, projection.name());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Stand(row.getInt(1), row.getInt(2), row.getLong(3)))
                        : Optional.empty();
            }
        });
    }

    /** In the order of the keys' UTF-8 bytes. */
    public Cursor<Row> documents(View<?> view, Stand stand) {
        StringBuilder columns = new StringBuilder("key, document");
        view.indexes().forEach(i -> columns.append(", ").append(i.name()));
        int places = view.indexes().size();
        return file.cursor("SELECT " + columns + " FROM "
                + new ViewTable<>(view, stand.generation()).name() + " ORDER BY key", row -> {
                    List<@Nullable String> at = new ArrayList<>(places);
                    for (int i = 0; i < places; i++) {
                        at.add(row.getString(3 + i));
                    }
                    return new Row(row.getString(1), row.getBytes(2), at);
                });
    }

    @Override
    public void close() {
        file.close();
    }
}
