package creditbank.ledger.sqlite;

import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.Outcome;
import creditbank.ledger.index.Admission;
import creditbank.ledger.index.LedgerIndex;
import creditbank.store.SqliteFailure;
import creditbank.store.SqliteFile;
import creditbank.store.SqliteFile.Durability;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * {@code ledger.db}: the table of entries, which is the truth and only ever grows at its end. Which
 * entries may join it is decided in memory and by the index ({@link LedgerIndex}) before anything
 * is written.
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
          bytes    BLOB    NOT NULL  -- JSON in UTF-8: the truth
        ) STRICT""",
        // Where the first version kept its indexes.
        "DROP TABLE IF EXISTS commands",
        "DROP TABLE IF EXISTS claims"
    };

    static final String ENTRY = "SELECT position, stream, sequence, checksum, bytes"
            + " FROM entries ";

    private static final int AT_ONCE = 5_000;
    private static final Duration BEFORE_FIRST_REPORT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

    private final SqliteFile file;
    private final LedgerIndex index;
    private final int atOnce;
    private final InstantSource clock;
    private final ReentrantLock appending = new ReentrantLock();
    private volatile long size;
    private Instant last = Instant.EPOCH;
    /** Whether something failed in a way that leaves open what stands. */
    private boolean unsure;

    /**
     * @param path      of the ledger
     * @param indexPath of the index, which is made if it is missing
     */
    public SqliteLedgerStore(Path path, Path indexPath) {
        this(path, indexPath, LedgerIndex.runLength());
    }

    /** @param runLength how many entries go into the file of the index together */
    SqliteLedgerStore(Path path, Path indexPath, int runLength) {
        this(path, indexPath, runLength, InstantSource.system());
    }

    /** @param clock says for how long nothing was told of work that lasts */
    SqliteLedgerStore(Path path, Path indexPath, int runLength, InstantSource clock) {
        this.clock = clock;
        this.atOnce = Math.min(AT_ONCE, runLength);
        this.file = SqliteFile.open(path, APPLICATION_ID, Durability.EVERY_COMMIT, SCHEMA);
        try {
            this.index = new LedgerIndex(indexPath, runLength, position ->
                    EntryFormat.read(read(position, 1).getFirst()).id());
            try {
                index.refuseAnotherLedger(countEntries());
                lookAtTheEnd();
            } catch (RuntimeException e) {
                index.close();
                throw e;
            }
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private long countEntries() {
        return file.read(s -> number(s.prepare(
                "SELECT coalesce(max(position) + 1, 0) FROM entries")));
    }

    /** Learns from the file where the ledger ends, and when that was; the index follows. */
    private void lookAtTheEnd() {
        long end = countEntries();
        indexUpTo(end);
        size = end;
        last = end == 0 ? Instant.EPOCH
                : EntryFormat.recordedAt(read(end - 1, 1).getFirst().bytes());
    }

    private void indexUpTo(long end) {
        Instant report = clock.instant().plus(BEFORE_FIRST_REPORT);
        while (index.next() < end) {
            index.follow(read(index.next(), (int) Math.min(atOnce, end - index.next()))
                    .stream().map(EntryFormat::read).toList());
            if (clock.instant().isAfter(report)) {
                System.getLogger(SqliteLedgerStore.class.getName()).log(
                        System.Logger.Level.INFO, "Making the index of the ledger: {0} of {1}"
                                + " entries", index.next(), end);
                report = clock.instant().plus(BETWEEN_REPORTS);
            }
        }
    }

    // ------------------------------------------------------------------ writing

    @Override
    public List<Outcome> append(List<Commit> batch, Instant at) {
        appending.lock();
        try {
            Admission admission = admit(batch);
            if (!admission.drafts().isEmpty()) {
                write(admission, at);
            }
            return admission.outcomes();
        } finally {
            appending.unlock();
        }
    }

    private Admission admit(List<Commit> batch) {
        try {
            if (unsure) {
                lookAtTheEnd();
                unsure = false;
            }
            index.makeRoom();
            return index.ask(layers -> Admission.of(batch, layers, size));
        } catch (SqliteFailure e) {
            throw LedgerFailure.nothingWritten(String.valueOf(e.getMessage()), e);
        }
    }

    private void write(Admission admission, Instant at) {
        Instant now = EntryFormat.writable(at.isBefore(last) ? last : at);
        byte[] time = EntryFormat.time(now);
        admission.drafts().forEach(draft -> EntryFormat.setTime(draft.bytes(), time));
        unsure = true;
        try {
            insert(admission.drafts());
        } catch (SqliteFailure e) {
            throw e.isIo()
                    ? LedgerFailure.outcomeUnknown(String.valueOf(e.getMessage()), e)
                    : LedgerFailure.nothingWritten(String.valueOf(e.getMessage()), e);
        }
        // In this order: whoever sees the new size finds all of it.
        index.add(admission.run());
        size += admission.drafts().size();
        last = now;
        unsure = false;
    }

    private void insert(List<Draft> drafts) {
        file.write(session -> {
            PreparedStatement insert = session.prepare("INSERT INTO entries"
                    + " (position, stream, sequence, checksum, bytes) VALUES (?, ?, ?, ?, ?)");
            long position = size;
            for (Draft draft : drafts) {
                insert.setLong(1, position++);
                insert.setString(2, draft.stream());
                insert.setLong(3, draft.sequence());
                insert.setLong(4, EntryFormat.checksum(draft.bytes()));
                insert.setBytes(5, draft.bytes());
                insert.executeUpdate();
            }
            return position;
        });
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
        List<Long> positions =
                index.ask(layers -> layers.positions(stream, fromSequence, limit));
        return file.read(session -> {
            PreparedStatement select = session.prepare(ENTRY + "WHERE position = ?");
            List<Entry> entries = new ArrayList<>(positions.size());
            for (long position : positions) {
                select.setLong(1, position);
                List<Entry> found = entries(select);
                long sequence = fromSequence + entries.size();
                if (found.isEmpty() || !found.getFirst().stream().equals(stream)
                        || found.getFirst().sequence() != sequence) {
                    throw LedgerFailure.damaged("Position " + position + " of " + file.path()
                            + " does not hold the entry " + sequence + " of " + stream
                            + ", as its index says; run `creditbank verify`", null);
                }
                entries.addAll(found);
            }
            return entries;
        });
    }

    private List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Entry entry = new Entry(
                        rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getBytes(5));
                if (rows.getLong(4) != EntryFormat.checksum(entry.bytes())) {
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
        return index.ask(layers -> layers.lastSequence(stream));
    }

    @Override
    public List<String> streams(String prefix, String behind, int limit) {
        return index.ask(layers -> layers.streams(prefix, behind, limit));
    }

    @Override
    public OptionalLong positionOfCommand(String commandId) {
        return found(index.ask(layers -> layers.positionOfCommand(commandId)));
    }

    @Override
    public OptionalLong positionOfClaim(String claim) {
        return found(index.ask(layers -> layers.positionOfClaim(claim)));
    }

    private static OptionalLong found(long position) {
        return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    private static long number(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        try {
            index.close();
        } finally {
            file.close();
        }
    }
}
