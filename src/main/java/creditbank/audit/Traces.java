package creditbank.audit;

import creditbank.api.Recorded;
import creditbank.api.value.Claim;
import creditbank.ledger.LedgerRows.Pointer;
import creditbank.ledger.sqlite.SqliteLedgerRows;
import creditbank.store.Cursor;
import creditbank.store.SqliteFile;
import creditbank.store.SqliteFile.Durability;
import creditbank.store.SqliteFile.Session;
import creditbank.store.SqliteSnapshot;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * What the entries say of streams, commands and claims, noted in a scratch file in the ledger's
 * order and read back in the order of the keys: so any number of them needs little memory.
 */
final class Traces implements AutoCloseable {

    /** "CBSC". */
    private static final int APPLICATION_ID = 0x43425343;

    /** A claim taken by an entry, or released by it. */
    record Move(String claim, long position, boolean taken) {
    }

    private final Path path;
    private final SqliteFile scratch;
    private String command = "";

    Traces(Path room) {
        this.path = room.resolve("traces.db");
        this.scratch = SqliteFile.open(path, APPLICATION_ID, Durability.LAST_COMMITS_MAY_GO, """
                CREATE TABLE streams (
                  stream   TEXT    NOT NULL,
                  sequence INTEGER NOT NULL,
                  position INTEGER NOT NULL
                ) STRICT""", """
                CREATE TABLE commands (
                  command  TEXT    NOT NULL,
                  position INTEGER NOT NULL -- of an entry in front of which another command stands
                ) STRICT""", """
                CREATE TABLE moves (
                  number   INTEGER PRIMARY KEY,
                  claim    TEXT    NOT NULL,
                  position INTEGER NOT NULL,
                  taken    INTEGER NOT NULL
                ) STRICT""");
    }

    void add(List<Recorded> entries) {
        scratch.write(s -> {
            for (Recorded entry : entries) {
                add(s, entry);
            }
            return entries.size();
        });
    }

    private void add(Session session, Recorded entry) throws SQLException {
        PreparedStatement stream = session.prepare(
                "INSERT INTO streams (stream, sequence, position) VALUES (?, ?, ?)");
        stream.setString(1, entry.stream());
        stream.setLong(2, entry.sequence());
        stream.setLong(3, entry.position());
        stream.executeUpdate();
        if (!entry.commandId().equals(command)) {
            command = entry.commandId();
            PreparedStatement begun = session.prepare(
                    "INSERT INTO commands (command, position) VALUES (?, ?)");
            begun.setString(1, command);
            begun.setLong(2, entry.position());
            begun.executeUpdate();
        }
        for (Claim claim : entry.event().releases()) {
            move(session, claim, entry.position(), false);
        }
        for (Claim claim : entry.event().claims()) {
            move(session, claim, entry.position(), true);
        }
    }

    private static void move(Session session, Claim claim, long position, boolean taken)
            throws SQLException {
        PreparedStatement insert = session.prepare(
                "INSERT INTO moves (claim, position, taken) VALUES (?, ?, ?)");
        insert.setString(1, claim.text());
        insert.setLong(2, position);
        insert.setBoolean(3, taken);
        insert.executeUpdate();
    }

    /** What was noted; to be taken when all is. */
    Noted noted() {
        return new Noted(SqliteSnapshot.of(path, APPLICATION_ID));
    }

    /** The notes in the order of their keys; one cursor of each kind at a time. */
    record Noted(SqliteSnapshot file) implements AutoCloseable {

        /** Positions of entries, stream after stream, in the order of their sequences. */
        Cursor<Long> positionsByStream() {
            return file.cursor("SELECT position FROM streams ORDER BY stream, sequence, position",
                    row -> row.getLong(1));
        }

        Cursor<Move> moves() {
            return file.cursor("SELECT claim, position, taken FROM moves ORDER BY claim, number",
                    row -> new Move(row.getString(1), row.getLong(2), row.getBoolean(3)));
        }

        /** Commands, and each place where their entries begin: one place, if all is well. */
        Cursor<Pointer> commands() {
            return pointers("SELECT command, position FROM commands ORDER BY command, position");
        }

        /** As the index of the first entries should have them. */
        Cursor<Pointer> streams(long entries) {
            return pointers("SELECT " + SqliteLedgerRows.STREAM_KEY + ", position FROM streams"
                    + " WHERE position < " + entries + " ORDER BY stream, sequence, position");
        }

        /** As the index of the first entries should have them. */
        Cursor<Pointer> commands(long entries) {
            return pointers("SELECT command, min(position) FROM commands"
                    + " WHERE position < " + entries + " GROUP BY command ORDER BY command");
        }

        /** As the index of the first entries should have them: the claims that are held. */
        Cursor<Pointer> claims(long entries) {
            return pointers("SELECT claim, position FROM (SELECT claim, position, taken,"
                    + " max(number) FROM moves WHERE position < " + entries
                    + " GROUP BY claim) WHERE taken = 1 ORDER BY claim");
        }

        private Cursor<Pointer> pointers(String question) {
            return file.cursor(question, row -> new Pointer(row.getString(1), row.getLong(2)));
        }

        @Override
        public void close() {
            file.close();
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
