package creditbank.views.sqlite;

import creditbank.api.Recorded;
import creditbank.api.digest.StateDigest;
import creditbank.projections.Projection;
import creditbank.projections.View;
import creditbank.projections.Views;
import creditbank.store.SqliteFile;
import creditbank.store.SqliteFile.Durability;
import creditbank.store.SqliteFile.Session;
import creditbank.views.StateSum;
import creditbank.views.ViewKeeper;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code views.db}: a table for each view with a column for each index, and one row for each
 * projection that says how far it stands. While a projection is made anew its tables stand beside
 * the old ones under the next generation's name.
 */
public final class SqliteViews implements ViewKeeper {

    /** "CBVW". */
    static final int APPLICATION_ID = 0x43425657;

    /**
     * How a projection stands in the file.
     *
     * @param last id of the last entry it has folded
     */
    private record Stand(int version, int generation, long reached, @Nullable String last) {

        static Stand beginning(int version, int generation) {
            return new Stand(version, generation, 0, null);
        }

        Stand after(Recorded entry) {
            return new Stand(version, generation, entry.position() + 1, entry.id());
        }

        /** Whether it can be told of which ledger it is. */
        boolean isOfSomeLedger() {
            return reached == 0 || last != null;
        }
    }

    private final SqliteFile file;
    private final Map<String, Stand> stands = new ConcurrentHashMap<>();
    private final Map<String, String> projectionOfView = new HashMap<>();
    private final Answers answers = new Answers();

    public SqliteViews(Path path, List<Projection> projections) {
        this.file = SqliteFile.open(path, APPLICATION_ID, Durability.LAST_COMMITS_MAY_GO, """
                CREATE TABLE IF NOT EXISTS projections (
                  name       TEXT    PRIMARY KEY,
                  version    INTEGER NOT NULL,
                  generation INTEGER NOT NULL, -- part of the names of its tables
                  reached    INTEGER NOT NULL, -- how many entries it has folded
                  last_entry TEXT              -- id of the last of them
                ) STRICT""");
        addLastEntry();
        for (Projection projection : projections) {
            projection.views().forEach(
                    v -> projectionOfView.put(v.name(), projection.name()));
            open(projection);
        }
    }

    /** Files of old do not say which entry was the last. */
    private void addLastEntry() {
        file.write(s -> {
            try (ResultSet column = s.prepare("SELECT 1 FROM pragma_table_info('projections')"
                    + " WHERE name = 'last_entry'").executeQuery()) {
                if (column.next()) {
                    return false;
                }
            }
            s.execute("ALTER TABLE projections ADD COLUMN last_entry TEXT");
            return true;
        });
    }

    /** Takes up what stands, or begins anew where another version stands, or one of old. */
    private void open(Projection projection) {
        Stand found = file.read(s -> found(s, projection));
        if (found.version() == projection.version() && found.isOfSomeLedger()) {
            file.write(s -> {
                drop(s, projection, found.generation() - 1);
                return true;
            });
            stands.put(projection.name(), found);
            return;
        }
        Stand anew = Stand.beginning(projection.version(), found.generation() + 1);
        file.write(s -> {
            // Where making anew was cut short, tables of that name may stand already.
            drop(s, projection, anew.generation());
            create(s, projection, anew);
            save(s, projection, anew);
            drop(s, projection, found.generation());
            return true;
        });
        stands.put(projection.name(), anew);
    }

    private static Stand found(Session session, Projection projection) throws SQLException {
        PreparedStatement select = session.prepare(
                "SELECT version, generation, reached, last_entry FROM projections"
                        + " WHERE name = ?");
        select.setString(1, projection.name());
        try (ResultSet rows = select.executeQuery()) {
            return rows.next()
                    ? new Stand(rows.getInt(1), rows.getInt(2), rows.getLong(3),
                            rows.getString(4))
                    : Stand.beginning(-1, 0);
        }
    }

    /** The file, for what else can be made again from the ledger. */
    public SqliteFile file() {
        return file;
    }

    // ------------------------------------------------------------------ folding

    @Override
    public long reached(Projection projection) {
        return stand(projection.name()).reached();
    }

    @Override
    public Optional<String> lastFolded(Projection projection) {
        return Optional.ofNullable(stand(projection.name()).last());
    }

    @Override
    public void fold(List<Projection> projections, List<Recorded> entries) {
        Map<String, Stand> after = new HashMap<>();
        file.write(s -> {
            for (Projection projection : projections) {
                Stand now = foldInto(s, projection, stand(projection.name()), entries);
                save(s, projection, now);
                after.put(projection.name(), now);
            }
            return true;
        });
        stands.putAll(after);
    }

    private static Stand foldInto(Session session, Projection projection, Stand stand,
            List<Recorded> entries) throws SQLException {
        RunOfDocuments documents = new RunOfDocuments(session, stand.generation());
        Stand now = stand;
        for (Recorded entry : entries) {
            if (entry.position() >= now.reached()) {
                documents.fold(projection, entry);
                now = now.after(entry);
            }
        }
        documents.write();
        return now;
    }

    /** In one read, while others go on; the file cannot shrink its journal meanwhile. */
    @Override
    public List<StateDigest> digests(List<Projection> projections) {
        return file.readAtOnce(s -> {
            List<StateDigest> digests = new ArrayList<>();
            for (Projection projection : projections) {
                Stand stand = found(s, projection);
                StateSum sum = new StateSum();
                for (View<?> view : StateSum.views(projection)) {
                    new ViewTable<>(view, stand.generation()).digest(s, sum);
                }
                digests.add(sum.of(projection, stand.reached()));
            }
            return digests;
        });
    }

    // ------------------------------------------------------------------ making anew

    @Override
    public Rebuild rebuild(Projection projection) {
        Stand old = stand(projection.name());
        Stand begun = Stand.beginning(projection.version(), old.generation() + 1);
        file.write(s -> {
            drop(s, projection, old.generation() - 1);
            drop(s, projection, begun.generation());
            create(s, projection, begun);
            return true;
        });
        return new Rebuild() {
            private Stand stand = begun;

            @Override
            public long reached() {
                return stand.reached();
            }

            @Override
            public void fold(List<Recorded> entries) {
                stand = file.write(s -> foldInto(s, projection, stand, entries));
            }

            @Override
            public void replace() {
                file.write(s -> {
                    save(s, projection, stand);
                    return true;
                });
                // A question under way may still read the old tables; they go at the next
                // opening or rebuild.
                stands.put(projection.name(), stand);
            }
        };
    }

    private Stand stand(String projection) {
        return Objects.requireNonNull(stands.get(projection), projection);
    }

    private static void save(Session session, Projection projection, Stand stand)
            throws SQLException {
        PreparedStatement save = session.prepare("INSERT OR REPLACE INTO projections"
                + " (name, version, generation, reached, last_entry) VALUES (?, ?, ?, ?, ?)");
        save.setString(1, projection.name());
        save.setInt(2, stand.version());
        save.setInt(3, stand.generation());
        save.setLong(4, stand.reached());
        save.setString(5, stand.last());
        save.executeUpdate();
    }

    private static void create(Session session, Projection projection, Stand stand)
            throws SQLException {
        for (View<?> view : projection.views()) {
            new ViewTable<>(view, stand.generation()).create(session);
        }
    }

    private static void drop(Session session, Projection projection, int generation)
            throws SQLException {
        for (View<?> view : projection.views()) {
            new ViewTable<>(view, generation).drop(session);
        }
    }

    // ------------------------------------------------------------------ questions

    @Override
    public Views views() {
        return answers;
    }

    private final class Answers implements Views {

        private <T> ViewTable<T> table(View<T> view) {
            return new ViewTable<>(view, stand(Objects.requireNonNull(
                    projectionOfView.get(view.name()), view.name())).generation());
        }

        @Override
        public <T> @Nullable T get(View<T> view, String key) {
            return file.read(s -> table(view).find(s, key));
        }

        @Override
        public <T> List<Row<T>> page(View<T> view, Range range) {
            return file.read(s -> table(view).page(s, range));
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
