package creditbank.store;

import creditbank.store.SqliteFile.Durability;
import creditbank.store.SqliteFile.Session;
import creditbank.store.SqliteFile.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * An SQLite file as it stood at one moment, for reading alone: also of a bank that is running,
 * which goes on writing meanwhile. Changes nothing in the file and, where no bank has it open,
 * leaves nothing beside it.
 */
public final class SqliteSnapshot implements AutoCloseable {

    /** Makes a value of the row a cursor stands on. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Path path;
    private final Durability durability;
    private final boolean inUse;
    private final Session session;

    /**
     * Takes the snapshot.
     *
     * @param applicationId the mark that the file must carry
     * @param durability    what the bank keeps it with, which says what to do if it is damaged
     */
    public static SqliteSnapshot of(Path path, int applicationId, Durability durability) {
        if (!Files.isRegularFile(path)) {
            throw new SqliteFailure("There is no file " + path.toAbsolutePath()
                    + ". Name the right data folder.");
        }
        if (path.toFile().length() == 0) {
            throw new SqliteFailure(path + " is empty.");
        }
        try {
            return new SqliteSnapshot(path, applicationId, durability);
        } catch (SQLException e) {
            throw new SqliteFailure(path, durability, e);
        }
    }

    private SqliteSnapshot(Path path, int applicationId, Durability durability)
            throws SQLException {
        this.path = path;
        this.durability = durability;
        this.inUse = hasJournal();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setCacheSize(-65_536); // KiB
        // Without a journal nobody has the file open; then not even a lock is to be left beside it.
        String how = inUse ? "?mode=ro" : "?mode=ro&immutable=1";
        this.session = new Session(config.createConnection(
                "jdbc:sqlite:file:" + path.toAbsolutePath().toUri().getRawPath() + how));
        try {
            session.execute("BEGIN");
            int found = session.prepare("PRAGMA application_id").executeQuery().getInt(1);
            if (found != applicationId) {
                throw new SqliteFailure(path + " belongs to another program or is another of the"
                        + " bank's files. Name the right data folder.");
            }
            // The moment is that of the first read.
            session.prepare("SELECT count(*) FROM sqlite_schema").executeQuery().close();
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private boolean hasJournal() {
        return Files.exists(path.resolveSibling(path.getFileName() + "-wal"));
    }

    public Path path() {
        return path;
    }

    /**
     * Whether a bank was started on a file that nobody had open: then what was read may be of
     * several moments.
     */
    public boolean isDisturbed() {
        return !inUse && hasJournal();
    }

    public <T extends @Nullable Object> T read(Work<T> work) {
        try {
            return work.on(session);
        } catch (SQLException e) {
            throw new SqliteFailure(path, durability, e);
        }
    }

    /** The rows of a question; one cursor at a time for each question. */
    public <T> Cursor<T> cursor(String sql, RowReader<T> reader) {
        ResultSet rows = read(s -> {
            PreparedStatement select = s.prepare(sql);
            return select.executeQuery();
        });
        return new Cursor<>() {
            @Override
            public @Nullable T next() {
                try {
                    return rows.next() ? reader.read(rows) : null;
                } catch (SQLException e) {
                    throw new SqliteFailure(path, durability, e);
                }
            }

            @Override
            public void close() {
                try {
                    rows.close();
                } catch (SQLException e) {
                    throw new SqliteFailure(path, durability, e);
                }
            }
        };
    }

    @Override
    public void close() {
        session.close();
    }
}
