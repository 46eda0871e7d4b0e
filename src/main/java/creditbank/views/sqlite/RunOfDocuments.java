package creditbank.views.sqlite;

import creditbank.api.Recorded;
import creditbank.projections.Documents;
import creditbank.projections.Projection;
import creditbank.projections.View;
import creditbank.store.SqliteFile.Session;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents of a run of entries, each read at most once and written at most once. */
final class RunOfDocuments implements Documents {

    private final Session session;
    private final int generation;
    private final Map<View<?>, Map<String, Object>> known = new LinkedHashMap<>();

    /** @param generation of the tables they stand in */
    RunOfDocuments(Session session, int generation) {
        this.session = session;
        this.generation = generation;
    }

    void fold(Projection projection, Recorded entry) throws SQLException {
        try {
            projection.fold(entry, this);
        } catch (Unreadable e) {
            throw e.why;
        }
    }

    /** Takes the failure of the file past a fold, which knows of no file. */
    private static final class Unreadable extends RuntimeException {
        private final SQLException why;

        Unreadable(SQLException why) {
            super(why);
            this.why = why;
        }
    }

    @Override
    public <T> @Nullable T get(View<T> view, String key) {
        Object before = known.getOrDefault(view, Map.of()).get(key);
        try {
            return before != null ? view.type().cast(before)
                    : new ViewTable<>(view, generation).find(session, key);
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
    }

    @Override
    public <T> void put(View<T> view, String key, T document) {
        known.computeIfAbsent(view, _ -> new LinkedHashMap<>()).put(key, document);
    }

    void write() throws SQLException {
        for (Map.Entry<View<?>, Map<String, Object>> view : known.entrySet()) {
            new ViewTable<>(view.getKey(), generation).put(session, view.getValue());
        }
    }
}
