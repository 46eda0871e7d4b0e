package creditbank.ledger.sqlite;

import creditbank.api.value.Claim;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.Outcome;
import creditbank.store.SqliteFailure;
import creditbank.store.SqliteFile;
import creditbank.store.SqliteFile.Durability;
import creditbank.store.SqliteFile.Session;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * {@code ledger.db}. The table {@code entries} is the truth; {@code commands} and {@code claims}
 * are indexes that {@code creditbank verify} holds against it.
 */
public final class SqliteLedgerStore implements LedgerStore {

    /** "CBLG". */
    public static final int APPLICATION_ID = 0x43424c47;

    private static final String[] SCHEMA = {
        """
        CREATE TABLE IF NOT EXISTS entries (
          position INTEGER PRIMARY KEY,
          stream   TEXT    NOT NULL,
          sequence INTEGER NOT NULL,
          checksum INTEGER NOT NULL, -- CRC-32C of bytes
          bytes    BLOB    NOT NULL, -- JSON in UTF-8: the truth
          UNIQUE (stream, sequence)
        ) STRICT""",
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

    private static final String ENTRY = "SELECT position, stream, sequence, checksum, bytes"
            + " FROM entries ";

    /** Only behind its stream's last entry: neither in its place nor leaving a hole. */
    private static final String INSERT = "INSERT INTO entries"
            + " (position, stream, sequence, checksum, bytes) SELECT ?1, ?2, ?3, ?4, ?5"
            + " WHERE ?3 = 0 OR EXISTS"
            + " (SELECT 1 FROM entries WHERE stream = ?2 AND sequence = ?3 - 1)"
            + " ON CONFLICT (stream, sequence) DO NOTHING";

    private final SqliteFile file;
    private final ReentrantLock appending = new ReentrantLock();
    private volatile long size;
    private Instant last = Instant.EPOCH;
    /** Whether a commit failed in a way that leaves open whether it stands. */
    private boolean unsure;

    public SqliteLedgerStore(Path path) {
        this.file = SqliteFile.open(path, APPLICATION_ID, Durability.EVERY_COMMIT, SCHEMA);
        try {
            lookAtTheEnd();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Learns from the file where the ledger ends, and when that was. */
    private void lookAtTheEnd() {
        size = file.read(s -> number(s.prepare(
                "SELECT coalesce(max(position) + 1, 0) FROM entries")).orElseThrow());
        List<Entry> newest = read(Math.max(0, size - 1), 1);
        last = newest.isEmpty()
                ? Instant.EPOCH : EntryFormat.recordedAt(newest.getFirst().bytes());
    }

    // ------------------------------------------------------------------ writing

    @Override
    public List<Outcome> append(List<Commit> batch, Instant at) {
        appending.lock();
        try {
            if (unsure) {
                lookAtTheEnd();
                unsure = false;
            }
            return write(batch, at);
        } catch (SqliteFailure e) {
            unsure = true;
            throw e.isIo()
                    ? LedgerFailure.outcomeUnknown(String.valueOf(e.getMessage()), e)
                    : LedgerFailure.nothingWritten(String.valueOf(e.getMessage()), e);
        } finally {
            appending.unlock();
        }
    }

    private List<Outcome> write(List<Commit> batch, Instant at) {
        Instant now = EntryFormat.writable(at.isBefore(last) ? last : at);
        long before = size;
        List<Outcome> outcomes = new ArrayList<>(batch.size());
        long after = file.write(session -> {
            Appending appending = new Appending(session, before, EntryFormat.time(now));
            for (Commit commit : batch) {
                outcomes.add(appending.append(commit));
            }
            return appending.next;
        });
        last = after == before ? last : now;
        size = after;
        return outcomes;
    }

    /** The commits of one transaction, one after the other. */
    private static final class Appending {
        private final Session session;
        private final byte[] time;
        /** Last sequences of streams that commits of this batch rest on. */
        private final Map<String, Long> ends = new HashMap<>();
        private long next;

        Appending(Session session, long next, byte[] time) {
            this.session = session;
            this.next = next;
            this.time = time;
        }

        Outcome append(Commit commit) throws SQLException {
            Outcome moved = moved(commit.unchanged());
            if (moved != null) {
                return moved;
            }
            session.prepare("SAVEPOINT one").execute();
            long first = next;
            Outcome refused = insert(commit);
            if (refused != null) {
                session.prepare("ROLLBACK TO one").execute();
                next = first;
            }
            session.prepare("RELEASE one").execute();
            // Streams are rarely both rested on and written in one batch: look again then.
            commit.drafts().forEach(draft -> ends.remove(draft.stream()));
            return refused == null ? new Outcome.Appended(first) : refused;
        }

        private @Nullable Outcome moved(Map<String, Long> unchanged) throws SQLException {
            for (Map.Entry<String, Long> stream : unchanged.entrySet()) {
                if (!end(stream.getKey()).equals(stream.getValue())) {
                    return new Outcome.StreamMoved(stream.getKey());
                }
            }
            return null;
        }

        private Long end(String stream) throws SQLException {
            Long known = ends.get(stream);
            if (known == null) {
                known = lastSequence(session, stream);
                ends.put(stream, known);
            }
            return known;
        }

        /** Writes the commit; answers why it cannot stand, or null. */
        private @Nullable Outcome insert(Commit commit) throws SQLException {
            PreparedStatement command = session.prepare(
                    "INSERT INTO commands (command, position) VALUES (?, ?)"
                            + " ON CONFLICT (command) DO NOTHING");
            command.setString(1, commit.commandId());
            command.setLong(2, next);
            if (command.executeUpdate() == 0) {
                return new Outcome.CommandKnown(number(session.prepare(
                        "SELECT position FROM commands WHERE command = ?"),
                        commit.commandId()).orElseThrow());
            }
            for (Draft draft : commit.drafts()) {
                Outcome refused = insert(draft);
                if (refused != null) {
                    return refused;
                }
                next++;
            }
            return null;
        }

        private @Nullable Outcome insert(Draft draft) throws SQLException {
            EntryFormat.setTime(draft.bytes(), time);
            PreparedStatement entry = session.prepare(INSERT);
            entry.setLong(1, next);
            entry.setString(2, draft.stream());
            entry.setLong(3, draft.sequence());
            entry.setLong(4, checksum(draft.bytes()));
            entry.setBytes(5, draft.bytes());
            if (entry.executeUpdate() == 0) {
                return new Outcome.StreamMoved(draft.stream());
            }
            for (Claim claim : draft.releases()) {
                if (!release(claim)) {
                    return new Outcome.ClaimNotHeld(claim);
                }
            }
            for (Claim claim : draft.claims()) {
                OptionalLong holder = claim(claim);
                if (holder.isPresent()) {
                    return new Outcome.ClaimTaken(claim, holder.getAsLong());
                }
            }
            return null;
        }

        private boolean release(Claim claim) throws SQLException {
            PreparedStatement release =
                    session.prepare("DELETE FROM claims WHERE claim = ?");
            release.setString(1, claim.text());
            return release.executeUpdate() == 1;
        }

        /** Takes the claim; answers who holds it already, if anyone. */
        private OptionalLong claim(Claim claim) throws SQLException {
            PreparedStatement take = session.prepare(
                    "INSERT INTO claims (claim, position) VALUES (?, ?)"
                            + " ON CONFLICT (claim) DO NOTHING");
            take.setString(1, claim.text());
            take.setLong(2, next);
            return take.executeUpdate() == 1 ? OptionalLong.empty() : number(session.prepare(
                    "SELECT position FROM claims WHERE claim = ?"), claim.text());
        }
    }

    // ------------------------------------------------------------------ reading

    @Override
    public long size() {
        return size;
    }

    @Override
    public List<Entry> read(long from, int limit) {
        return file.read(session -> {
            PreparedStatement select = session.prepare(
                    ENTRY + "WHERE position >= ? ORDER BY position LIMIT ?");
            select.setLong(1, from);
            select.setInt(2, limit);
            List<Entry> entries = entries(select);
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).position() != from + i) {
                    throw LedgerFailure.damaged("The entry at position " + (from + i)
                            + " is missing from " + file.path() + "; restore a backup", null);
                }
            }
            return entries;
        });
    }

    @Override
    public List<Entry> readStream(String stream, long fromSequence, int limit) {
        return file.read(session -> {
            PreparedStatement select = session.prepare(
                    ENTRY + "WHERE stream = ? AND sequence >= ? ORDER BY sequence LIMIT ?");
            select.setString(1, stream);
            select.setLong(2, fromSequence);
            select.setInt(3, limit);
            return entries(select);
        });
    }

    private List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Entry entry = new Entry(
                        rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getBytes(5));
                if (rows.getLong(4) != checksum(entry.bytes())) {
                    throw LedgerFailure.damaged("The bytes of the entry at position "
                            + entry.position() + " in " + file.path()
                            + " are not those that were written; restore a backup", null);
                }
                entries.add(entry);
            }
        }
        return entries;
    }

    @Override
    public long lastSequence(String stream) {
        return file.read(session -> lastSequence(session, stream));
    }

    private static long lastSequence(Session session, String stream) throws SQLException {
        return number(session.prepare(
                "SELECT coalesce(max(sequence), -1) FROM entries WHERE stream = ?"), stream)
                .orElseThrow();
    }

    @Override
    public OptionalLong positionOfCommand(String commandId) {
        return file.read(session -> number(
                session.prepare("SELECT position FROM commands WHERE command = ?"), commandId));
    }

    @Override
    public OptionalLong positionOfClaim(String claim) {
        return file.read(session -> number(
                session.prepare("SELECT position FROM claims WHERE claim = ?"), claim));
    }

    private static OptionalLong number(PreparedStatement select, String... arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            select.setString(i + 1, arguments[i]);
        }
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }

    static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return crc.getValue();
    }

    @Override
    public void close() {
        file.close();
    }
}
