package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/**
 * What an import has to remember of the whole file: how many rows are alike, and in a dry run which
 * keys it has seen. In an SQLite file of its own that has no name and goes when it is closed or the
 * program ends, so that memory does not grow with the file. Keys come in as HMACs, so nothing
 * personal is kept.
 */
final class Scratch implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement count;
    private final PreparedStatement counted;
    private final PreparedStatement note;
    private final PreparedStatement noted;
    private final ReentrantLock lock = new ReentrantLock();

    Scratch() {
        try {
            SQLiteConfig config = new SQLiteConfig();
            config.setCacheSize(-32_768); // KiB
            // Otherwise the driver asks for the last row's number after every insertion.
            config.setGetGeneratedKeys(false);
            // An empty name is a private file that SQLite removes by itself.
            this.connection = config.createConnection("jdbc:sqlite:");
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = OFF");
                statement.execute("PRAGMA synchronous = OFF");
                statement.execute("CREATE TABLE alike (key BLOB PRIMARY KEY, rows INTEGER"
                        + " NOT NULL) STRICT, WITHOUT ROWID");
                statement.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, row INTEGER"
                        + " NOT NULL) STRICT, WITHOUT ROWID");
            }
            connection.setAutoCommit(false);
            this.count = connection.prepareStatement("INSERT INTO alike (key, rows) VALUES (?, 1)"
                    + " ON CONFLICT (key) DO UPDATE SET rows = rows + 1");
            this.counted = connection.prepareStatement("SELECT rows FROM alike WHERE key = ?");
            this.note = connection.prepareStatement("INSERT INTO seen (key, row) VALUES (?, ?)"
                    + " ON CONFLICT (key) DO NOTHING");
            this.noted = connection.prepareStatement("SELECT row FROM seen WHERE key = ?");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** One more row of this key. */
    void count(String key) {
        lock.lock();
        try {
            count.setBytes(1, bytes(key));
            count.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    long counted(String key) {
        return select(counted, key).orElse(0);
    }

    /** Notes in which row a key was first seen; answers the earlier row, if there was one. */
    OptionalLong note(String key, long row) {
        lock.lock();
        try {
            note.setBytes(1, bytes(key));
            note.setLong(2, row);
            return note.executeUpdate() == 1 ? OptionalLong.empty() : select(noted, key);
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    /** The row in which a key was first seen. */
    OptionalLong noted(String key) {
        return select(noted, key);
    }

    private OptionalLong select(PreparedStatement statement, String key) {
        lock.lock();
        try {
            statement.setBytes(1, bytes(key));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Refused failed(SQLException e) {
        return new Refused(new Refusal.FileNotStored("The import's own notes cannot be kept: "
                + e.getMessage() + ". Free some space where temporary files lie."));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
