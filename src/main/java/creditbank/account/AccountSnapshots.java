package creditbank.account;

import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.LearnerId;
import creditbank.api.value.Claim;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import creditbank.store.SqliteFailure;
import creditbank.store.SqliteFile;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.pcollections.TreePVector;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tools.jackson.core.JacksonException;

/**
 * Where long accounts are picked up from: the state after some entry, so that loading need not
 * begin at the first. Made aside of the commands, from the ledger alone; kept in {@code views.db},
 * and can be deleted at any time. One whose last entry the ledger does not hold at its place is
 * another ledger's, and passed over.
 */
public final class AccountSnapshots implements Snapshotter, AutoCloseable {

    /** Raised whenever {@link Kept} or the fold behind it changes: older ones are passed over. */
    static final int SHAPE = 7;
    private static final int EVENTS_BETWEEN = 200;

    /**
     * A snapshot's stored form.
     *
     * @param lastEntry id of the last entry in it
     */
    private record Kept(String lastEntry, LearnerId learner, List<Claim> identity,
            boolean restricted, List<Held> achievements, List<Enrolment> enrolments,
            List<Application> applications, List<Recognition> recognitions,
            List<Redemption> redemptions, List<Transfer> transfers) {
    }

    /**
     * What is picked up.
     *
     * @param sequence  of the last entry in it, or -1 before the first
     * @param lastEntry its id
     */
    record Snapshot(Account state, long sequence, String lastEntry) {
        static final Snapshot BEFORE_THE_FIRST = new Snapshot(Account.NONE, -1, "");

        Snapshot after(Recorded entry) {
            return new Snapshot(Account.evolve(state, (AccountEvent) entry.event()),
                    entry.sequence(), entry.id());
        }
    }

    private static final System.Logger LOG =
            System.getLogger(AccountSnapshots.class.getName());

    private final LedgerReader ledger;
    private final SqliteFile file;
    private final AtomicBoolean toldOfDamage = new AtomicBoolean();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("snapshots").daemon().factory());

    public AccountSnapshots(LedgerReader ledger, SqliteFile file) {
        this.ledger = ledger;
        this.file = file;
        file.write(s -> s.prepare("""
                CREATE TABLE IF NOT EXISTS snapshots (
                  stream   TEXT    PRIMARY KEY,
                  sequence INTEGER NOT NULL, -- of the last entry in it
                  shape    INTEGER NOT NULL,
                  state    BLOB    NOT NULL
                ) STRICT, WITHOUT ROWID""").execute());
    }

    public SnapshotTriggerDefinition trigger() {
        return new EventCountSnapshotTriggerDefinition(this, EVENTS_BETWEEN);
    }

    @Override
    public void scheduleSnapshot(Class<?> aggregateType, String stream) {
        // While the bank closes no snapshot is needed, and a refusal would fall on a command.
        if (!worker.isShutdown() && underWay.add(stream)) {
            worker.execute(() -> {
                try {
                    take(stream);
                } catch (SqliteFailure e) {
                    LOG.log(Level.WARNING, "No snapshot of " + stream + ": " + e.getMessage());
                } catch (RuntimeException e) {
                    // The account loads without it, only more slowly.
                    LOG.log(Level.WARNING, "No snapshot of " + stream, e);
                } finally {
                    underWay.remove(stream);
                }
            });
        }
    }

    void take(String stream) {
        Snapshot now = find(stream).orElse(Snapshot.BEFORE_THE_FIRST);
        for (Entry entry : ledger.readStream(stream, now.sequence() + 1)) {
            now = now.after(EntryFormat.read(entry));
        }
        if (now.state() instanceof Account.Open open) {
            keep(stream, now.sequence(), write(open, now.lastEntry()));
        }
    }

    /** The stored form; a test holds it and {@link #SHAPE} to an example. */
    static byte[] write(Account.Open open, String lastEntry) {
        return EntryFormat.JSON.writeValueAsBytes(new Kept(lastEntry, open.learner(),
                open.identity(), open.restricted(), open.achievements(), open.enrolments(),
                open.applications(), open.recognitions(), open.redemptions(),
                open.transfers()));
    }

    static Snapshot read(byte[] stored, long sequence) {
        Kept kept = EntryFormat.JSON.readValue(stored, Kept.class);
        return new Snapshot(new Account.Open(kept.learner(), kept.identity(), kept.restricted(),
                TreePVector.from(kept.achievements()), TreePVector.from(kept.enrolments()),
                TreePVector.from(kept.applications()), TreePVector.from(kept.recognitions()),
                TreePVector.from(kept.redemptions()), TreePVector.from(kept.transfers())),
                sequence, kept.lastEntry());
    }

    private void keep(String stream, long sequence, byte[] bytes) {
        file.write(s -> {
            PreparedStatement insert = s.prepare("INSERT OR REPLACE INTO snapshots"
                    + " (stream, sequence, shape, state) VALUES (?, ?, ?, ?)");
            insert.setString(1, stream);
            insert.setLong(2, sequence);
            insert.setInt(3, SHAPE);
            insert.setBytes(4, bytes);
            return insert.executeUpdate();
        });
    }

    Optional<Snapshot> find(String stream) {
        return stored(stream).filter(snapshot -> isOfThisLedger(stream, snapshot));
    }

    private boolean isOfThisLedger(String stream, Snapshot snapshot) {
        return ledger.readStream(stream, snapshot.sequence(), 1).stream()
                .anyMatch(entry -> EntryFormat.read(entry).id().equals(snapshot.lastEntry()));
    }

    private Optional<Snapshot> stored(String stream) {
        return file.read(s -> {
            PreparedStatement select = s.prepare(
                    "SELECT sequence, state FROM snapshots WHERE stream = ? AND shape = ?");
            select.setString(1, stream);
            select.setInt(2, SHAPE);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(kept(rows.getBytes(2), rows.getLong(1)))
                        : Optional.empty();
            }
        });
    }

    private static Snapshot kept(byte[] stored, long sequence) throws SQLException {
        try {
            return read(stored, sequence);
        } catch (JacksonException e) {
            // Its words show what stands there.
            throw new SQLiteException("a snapshot cannot be read", SQLiteErrorCode.SQLITE_CORRUPT);
        }
    }

    /** As Axon loads it: an event whose payload is the aggregate itself. */
    public Optional<DomainEventMessage<?>> read(String stream) {
        if (!stream.startsWith("learner/")) {
            return Optional.empty();
        }
        try {
            return find(stream).map(snapshot -> new GenericDomainEventMessage<>(
                    null, stream, snapshot.sequence(),
                    new AccountAggregate(stream, snapshot.state())));
        } catch (SqliteFailure e) {
            // The ledger has all that a snapshot has. It is told once, not for each account.
            if (!toldOfDamage.getAndSet(true)) {
                LOG.log(Level.WARNING, "Accounts are read without snapshots: " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** Finishes the snapshot under way and leaves out those that wait. */
    @Override
    public void close() {
        worker.shutdownNow();
        worker.close();
    }
}
