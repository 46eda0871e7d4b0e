package creditbank.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * One SQLite file in WAL mode with one writing connection, which writers take in turn, and a few
 * reading ones that are lent out. Statements are prepared once for each connection.
 */
public final class SqliteFile implements AutoCloseable {

    /** What the loss of power may cost. */
    public enum Durability {
        /** Nothing that was committed: the file is synced at every commit. */
        EVERY_COMMIT,
        /** The last commits, never the file's integrity: for what can be made again. */
        LAST_COMMITS_MAY_GO
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T on(Session session) throws SQLException;
    }

    private static final int READERS = 6;
    private static final int BUSY_MILLIS = 5_000;
    /**
     * Pages in the journal before they are folded into the file. A batch of commits touches some
     * thousand pages in random places; SQLite's own 1,000 would fold, and sync, after each batch.
     */
    private static final int PAGES_BEFORE_FOLDING = 16_384;
    /**
     * Some times as many as the bank has: without an end those would stay that name tables which
     * were dropped, as the views' are whenever they are made anew.
     */
    private static final int MOST_PREPARED = 256;

    private final Path path;
    private final Durability durability;
    private final SQLiteConfig config;
    private final Session writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final BlockingQueue<Session> readers = new ArrayBlockingQueue<>(READERS);
    private volatile boolean closed;

    /**
     * Opens or creates the file.
     *
     * @param applicationId marks the file as one of this kind; another mark is refused
     * @param schema        statements that make what is missing
     */
    public static SqliteFile open(
            Path path, int applicationId, Durability durability, String... schema) {
        try {
            return new SqliteFile(path, applicationId, durability, schema);
        } catch (SQLException e) {
            throw new SqliteFailure(path, durability, e);
        }
    }

    private SqliteFile(Path path, int applicationId, Durability durability, String... schema)
            throws SQLException {
        this.path = path;
        this.durability = durability;
        this.config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(durability == Durability.EVERY_COMMIT
                ? SynchronousMode.FULL : SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setApplicationId(applicationId);
        config.setCacheSize(-65_536); // KiB
        // Otherwise the driver asks for the last row's number after every insertion.
        config.setGetGeneratedKeys(false);
        refuseForeign(applicationId);
        this.writer = connect();
        try {
            writer.execute("PRAGMA wal_autocheckpoint = " + PAGES_BEFORE_FOLDING);
            for (String statement : schema) {
                writer.execute(statement);
            }
            for (int i = 0; i < READERS; i++) {
                Session reader = connect();
                reader.execute("PRAGMA query_only = ON");
                readers.add(reader);
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    /** A file that exists must carry our mark, before anything is written into it. */
    private void refuseForeign(int applicationId) throws SQLException {
        if (!path.toFile().exists() || path.toFile().length() == 0) {
            return;
        }
        try (Connection plain = new SQLiteConfig().createConnection("jdbc:sqlite:" + path);
                Statement statement = plain.createStatement()) {
            int found = number(statement, "PRAGMA application_id");
            // A file that was being made when the process ended may carry no mark, and nothing.
            boolean unfinished =
                    found == 0 && number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
            if (found != applicationId && !unfinished) {
                throw new SqliteFailure(path + " belongs to another program or is another of the"
                        + " bank's files. Name the right data folder.");
            }
        }
    }

    private static int number(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            return row.getInt(1);
        }
    }

    private Session connect() throws SQLException {
        return new Session(config.createConnection("jdbc:sqlite:" + path));
    }

    public Path path() {
        return path;
    }

    /** What a failing statement on this file means, and what to do. */
    public SqliteFailure failure(SQLException cause) {
        return new SqliteFailure(path, durability, cause);
    }

    /** Reads outside any transaction of the writer. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        Session session = borrow();
        try {
            return session.doing(work);
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            giveBack(session);
        }
    }

    /** Reads in one transaction: cheaper where many questions are asked, and all of one moment. */
    public <T extends @Nullable Object> T readAtOnce(Work<T> work) {
        return read(session -> {
            session.execute("BEGIN");
            try {
                return work.on(session);
            } finally {
                session.execute("COMMIT");
            }
        });
    }

    private void giveBack(Session session) {
        if (closed) {
            session.close();
        } else {
            readers.add(session);
        }
    }

    /** Others read for a moment only, so that an interruption can wait until this one is done. */
    private Session borrow() {
        boolean interrupted = false;
        try {
            while (!closed) {
                try {
                    Session session = readers.poll(1, TimeUnit.SECONDS);
                    if (session != null) {
                        return session;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            throw closedAlready();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Who asks so late has outlived the time that a bank gives its requests when it ends. */
    private SqliteFailure closedAlready() {
        return new SqliteFailure(path + " is closed: the bank is being stopped.");
    }

    /** Writes in one transaction: all of it or, if anything is thrown, nothing. */
    public <T extends @Nullable Object> T write(Work<T> work) {
        writing.lock();
        try {
            refuseIfClosed();
            writer.execute("BEGIN IMMEDIATE");
            try {
                T answer = writer.doing(work);
                writer.execute("COMMIT");
                return answer;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(e);
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            writing.unlock();
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw closedAlready();
        }
    }

    private void rollBack(Throwable because) {
        try {
            writer.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite rolls back by itself after a full disk; then there is nothing left to undo.
            because.addSuppressed(e);
        }
    }

    /**
     * Folds the journal into the file and cuts it to nothing.
     *
     * @return whether it was cut; not while another program reads the file
     */
    public boolean cutJournal() {
        writing.lock();
        try {
            refuseIfClosed();
            try (ResultSet answer = writer.prepare("PRAGMA wal_checkpoint(TRUNCATE)")
                    .executeQuery()) {
                return answer.next() && answer.getInt(1) == 0;
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (int i = 0; i < READERS; i++) {
            Session reader = readers.poll();
            if (reader != null) {
                reader.close();
            }
        }
        // Not under a write that is being made.
        writing.lock();
        try {
            writer.close();
        } finally {
            writing.unlock();
        }
    }

    /** A connection with its prepared statements. */
    public static final class Session {
        private final Connection connection;
        /** The one that was asked for longest ago first. */
        private final LinkedHashMap<String, PreparedStatement> prepared =
                new LinkedHashMap<>(16, 0.75f, true);

        Session(Connection connection) {
            this.connection = connection;
        }

        /**
         * Prepared at first use; not to be closed, and not to be kept longer than a piece of work
         * lasts.
         */
        public PreparedStatement prepare(String sql) throws SQLException {
            PreparedStatement statement = prepared.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                prepared.put(sql, statement);
                if (prepared.size() > MOST_PREPARED) {
                    prepared.pollFirstEntry().getValue().close();
                }
            }
            return statement;
        }

        /**
         * Does the work. SQLite's driver gives up a statement under which the file failed, so
         * after that all are prepared anew; else they would fail long after the cause is gone.
         */
        private <T extends @Nullable Object> T doing(Work<T> work) throws SQLException {
            try {
                return work.on(this);
            } catch (SQLException | SqliteFailure e) {
                forgetPrepared(e);
                throw e;
            }
        }

        private void forgetPrepared(Exception because) {
            for (PreparedStatement statement : prepared.values()) {
                try {
                    statement.close();
                } catch (SQLException e) {
                    because.addSuppressed(e);
                }
            }
            prepared.clear();
        }

        public void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                // What was committed is safe; there is nobody left to tell but the log.
                System.getLogger(Session.class.getName())
                        .log(System.Logger.Level.WARNING, "A connection did not close", e);
            }
        }
    }
}
