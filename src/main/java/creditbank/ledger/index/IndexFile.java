package creditbank.ledger.index;

import creditbank.store.SqliteFailure;
import creditbank.store.SqliteFile;
import creditbank.store.SqliteFile.Durability;
import creditbank.store.SqliteFile.Session;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code index.db}: where streams, commands and claims stand among the first entries of the ledger.
 * Made from the entries alone and can be deleted; runs of entries are taken in together and in the
 * order of their keys, since each page of it that is touched costs the same for one row as for
 * many.
 */
public final class IndexFile implements AutoCloseable {

    /** "CBIX". */
    public static final int APPLICATION_ID = 0x43424958;

    private static final String[] SCHEMA = {
        """
        CREATE TABLE IF NOT EXISTS covered (
          entries INTEGER NOT NULL, -- how many entries of the ledger are in the index
          last    TEXT    NOT NULL  -- the id of the last of them
        ) STRICT""",
        """
        CREATE TABLE IF NOT EXISTS streams (
          stream   TEXT    NOT NULL,
          sequence INTEGER NOT NULL,
          position INTEGER NOT NULL,
          PRIMARY KEY (stream, sequence)
        ) STRICT, WITHOUT ROWID""",
        """
        CREATE TABLE IF NOT EXISTS commands (
          command  TEXT    PRIMARY KEY,
          position INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """
        CREATE TABLE IF NOT EXISTS claims (
          claim    TEXT    PRIMARY KEY,
          position INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID"""
    };

    /** How far an index goes: the number of entries, and the id of the last of them. */
    public record Covered(long entries, String last) {
    }

    private final SqliteFile file;

    public IndexFile(Path path) {
        this.file = SqliteFile.open(path, APPLICATION_ID, Durability.LAST_COMMITS_MAY_GO, SCHEMA);
    }

    Path path() {
        return file.path();
    }

    /** How far the index goes; null while nothing is in it. */
    public @Nullable Covered covered() {
        return file.<@Nullable Covered>read(s -> covered(s));
    }

    private static @Nullable Covered covered(Session session) throws SQLException {
        try (ResultSet row =
                session.prepare("SELECT entries, last FROM covered").executeQuery()) {
            return row.next() ? new Covered(row.getLong(1), row.getString(2)) : null;
        }
    }

    /** Asks any number of questions of the file as it stands at one moment. */
    public <T> T ask(Function<Questions, T> asking) {
        return file.readAtOnce(session -> asking.apply(new Questions(session)));
    }

    /** What can be asked of the covered entries; a failing file throws {@link SqliteFailure}. */
    public final class Questions {
        private final Session session;

        private Questions(Session session) {
            this.session = session;
        }

        /** The sequence of the stream's last entry, or -1. */
        public long lastSequence(String stream) {
            return number(
                    "SELECT coalesce(max(sequence), -1) FROM streams WHERE stream = ?", stream);
        }

        /** The first entry of a command, or -1. */
        long positionOfCommand(String commandId) {
            return number("SELECT position FROM commands WHERE command = ?", commandId);
        }

        /** The entry that holds a claim, or -1. */
        long positionOfClaim(String claim) {
            return number("SELECT position FROM claims WHERE claim = ?", claim);
        }

        private long number(String question, String key) {
            try {
                PreparedStatement select = session.prepare(question);
                select.setString(1, key);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getLong(1) : -1;
                }
            } catch (SQLException e) {
                throw file.failure(e);
            }
        }

        /** Names of streams that begin so, behind one of them, in order. */
        List<String> streams(String prefix, String behind, int limit) {
            try {
                PreparedStatement select = session.prepare("SELECT DISTINCT stream FROM streams"
                        + " WHERE stream >= ? AND stream < ? AND stream > ?"
                        + " ORDER BY stream LIMIT ?");
                select.setString(1, prefix);
                // The last character there is, so behind every name that begins so.
                select.setString(2, prefix + Character.toString(Character.MAX_CODE_POINT));
                select.setString(3, behind);
                select.setInt(4, limit);
                List<String> names = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                }
                return names;
            } catch (SQLException e) {
                throw file.failure(e);
            }
        }

        /** Where the entries of a stream stand, at most {@code limit} from a sequence on. */
        List<Long> positions(String stream, long fromSequence, int limit) {
            try {
                PreparedStatement select = session.prepare("SELECT position FROM streams"
                        + " WHERE stream = ? AND sequence >= ? ORDER BY sequence LIMIT ?");
                select.setString(1, stream);
                select.setLong(2, fromSequence);
                select.setInt(3, limit);
                List<Long> positions = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        positions.add(rows.getLong(1));
                    }
                }
                return positions;
            } catch (SQLException e) {
                throw file.failure(e);
            }
        }
    }

    /**
     * Takes in the run of entries that follows what is covered, all of it or nothing; again, and
     * it changes nothing.
     *
     * @param last the id of the run's last entry
     */
    public void takeIn(Recent run, String last) {
        file.write(s -> {
            Covered before = covered(s);
            long next = before == null ? 0 : before.entries();
            if (next >= run.to()) {
                return false;
            }
            if (next != run.from()) {
                throw new IllegalStateException(path() + " covers " + next + " entries and cannot"
                        + " take in those from position " + run.from() + " on.");
            }
            takeInStreams(s, run.streams());
            takeInCommands(s, run.commands());
            takeInClaims(s, run.claims());
            s.prepare("DELETE FROM covered").executeUpdate();
            PreparedStatement covered =
                    s.prepare("INSERT INTO covered (entries, last) VALUES (?, ?)");
            covered.setLong(1, run.to());
            covered.setString(2, last);
            covered.executeUpdate();
            return true;
        });
    }

    private static void takeInStreams(Session session, Map<String, Recent.Tail> streams)
            throws SQLException {
        PreparedStatement insert = session.prepare(
                "INSERT INTO streams (stream, sequence, position) VALUES (?, ?, ?)");
        for (Map.Entry<String, Recent.Tail> stream : sorted(streams)) {
            insert.setString(1, stream.getKey());
            long sequence = stream.getValue().first();
            for (long position : stream.getValue().positions()) {
                insert.setLong(2, sequence++);
                insert.setLong(3, position);
                insert.executeUpdate();
            }
        }
    }

    /** The first entry of a command is in the file already where a run ended within it. */
    private static void takeInCommands(Session session, Map<String, Long> commands)
            throws SQLException {
        PreparedStatement insert = session.prepare(
                "INSERT OR IGNORE INTO commands (command, position) VALUES (?, ?)");
        for (Map.Entry<String, Long> command : sorted(commands)) {
            insert.setString(1, command.getKey());
            insert.setLong(2, command.getValue());
            insert.executeUpdate();
        }
    }

    private static void takeInClaims(Session session, Map<String, Long> claims)
            throws SQLException {
        PreparedStatement put = session.prepare(
                "INSERT OR REPLACE INTO claims (claim, position) VALUES (?, ?)");
        PreparedStatement delete = session.prepare("DELETE FROM claims WHERE claim = ?");
        for (Map.Entry<String, Long> claim : sorted(claims)) {
            if (claim.getValue() == Recent.FREE) {
                delete.setString(1, claim.getKey());
                delete.executeUpdate();
            } else {
                put.setString(1, claim.getKey());
                put.setLong(2, claim.getValue());
                put.executeUpdate();
            }
        }
    }

    private static <T> List<Map.Entry<String, T>> sorted(Map<String, T> run) {
        List<Map.Entry<String, T>> rows = new ArrayList<>(run.entrySet());
        rows.sort(Map.Entry.comparingByKey());
        return rows;
    }

    @Override
    public void close() {
        file.close();
    }
}
