package creditbank.ledger.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import creditbank.ledger.Commit;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.Outcome;
import creditbank.ledger.index.Layers;
import creditbank.ledger.index.LedgerIndex;
import creditbank.store.MongoFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node's way to the ledger in MongoDB. The node follows the ledger and admits commits by what
 * it has read ({@link LedgerIndex}); that it has read everything is what the place it writes at
 * shows: only one document can stand there. See
 * {@code docs/decisions/0021-one-place-one-commit.md}.
 */
public final class MongoLedgerStore implements LedgerStore {

    /** What a commit may take: MongoDB keeps no document of more than 16 MiB. */
    static final long MOST_BYTES = 15L << 20;

    /** For how long a batch is tried before its callers are told that nobody knows. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final int ATTEMPTS_TO_FIND = 50;

    private final LedgerCollection collection;
    private final LedgerIndex index;
    private final FollowedLedger followed;
    private final Duration patience;
    /** Whoever writes, or follows what others have written. */
    private final ReentrantLock turn = new ReentrantLock();
    private final Thread follower;
    private volatile Runnable grown = () -> { };
    private volatile boolean closed;

    /**
     * Opens the ledger in a database, or makes it where the database is empty.
     *
     * @param database  with the concerns that keep what is acknowledged:
     *                  {@link creditbank.store.MongoConnection}
     * @param bank      a mark of the bank: the same on all of its nodes and on no other bank's
     * @param indexPath of this node's index, which is made if it is missing
     * @throws MongoFailure if the database is not this bank's or cannot be used
     */
    public MongoLedgerStore(MongoDatabase database, String bank, Path indexPath) {
        this(database, bank, indexPath, LedgerIndex.runLength(), PATIENCE);
    }

    /** @param runLength how many entries go into the file of the index together */
    MongoLedgerStore(MongoDatabase database, String bank, Path indexPath, int runLength,
            Duration patience) {
        this.patience = patience;
        try {
            this.collection = new LedgerCollection(database, bank);
        } catch (MongoException e) {
            throw new MongoFailure(database.getName(), e);
        }
        this.index = new LedgerIndex(indexPath, runLength, this::idAt);
        try {
            this.followed = new FollowedLedger(collection, index);
        } catch (MongoException e) {
            index.close();
            throw new MongoFailure(database.getName(), e);
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
        this.follower = Thread.ofPlatform().name("ledger-follower").daemon()
                .start(this::followOthers);
    }

    /** Whether a ledger would be made in the database, or is new. */
    public static boolean isNew(MongoDatabase database) {
        try {
            return database.getCollection(LedgerCollection.LEDGER).find().first() == null;
        } catch (MongoException e) {
            throw new MongoFailure(database.getName(), e);
        }
    }

    private String idAt(long position) {
        return EntryFormat.read(read(position, 1).getFirst()).id();
    }

    // ------------------------------------------------------------------ writing

    @Override
    public List<Outcome> append(List<Commit> batch, Instant at) {
        List<Outcome> outcomes = new ArrayList<>(batch.size());
        List<Commit> fitting = new ArrayList<>(batch.size());
        for (Commit commit : batch) {
            long bytes = CommitDocument.bytesOf(commit);
            if (bytes > MOST_BYTES) {
                outcomes.add(new Outcome.TooLarge(bytes, MOST_BYTES));
            } else {
                outcomes.add(new Outcome.Appended(fitting.size()));
                fitting.add(commit);
            }
        }
        List<Outcome> found = fitting.isEmpty() ? List.of() : appendFitting(fitting, at);
        outcomes.replaceAll(outcome -> outcome instanceof Outcome.Appended placeholder
                ? found.get((int) placeholder.position()) : outcome);
        return outcomes;
    }

    /** Not to be broken off half way, so an interruption waits until it is clear what stands. */
    private List<Outcome> appendFitting(List<Commit> batch, Instant at) {
        turn.lock();
        boolean interrupted = Thread.interrupted();
        Appending appending = new Appending(collection, index, followed, patience);
        try {
            return appending.append(batch, at);
        } finally {
            if (interrupted || appending.wasInterrupted()) {
                Thread.currentThread().interrupt();
            }
            turn.unlock();
        }
    }

    // ------------------------------------------------------------------ following

    @Override
    public void whenGrown(Runnable told) {
        grown = told;
    }

    private void followOthers() {
        String told = "";
        while (!closed) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            try {
                if (follow()) {
                    grown.run();
                }
                told = "";
            } catch (RuntimeException e) {
                // Whatever it is, it may pass; until then this node only sees what it writes.
                String message = String.valueOf(e.getMessage());
                if (!closed && !message.equals(told)) {
                    System.getLogger(MongoLedgerStore.class.getName()).log(
                            System.Logger.Level.ERROR, "What other nodes write is not seen at the"
                                    + " moment: {0}", message);
                }
                told = message;
            }
        }
    }

    /** Answers whether others have written; whoever is writing follows by itself. */
    private boolean follow() {
        if (!turn.tryLock()) {
            return false;
        }
        try {
            return !closed && collection.hasAt(followed.size()) && followed.catchUp() > 0;
        } finally {
            turn.unlock();
        }
    }

    // ------------------------------------------------------------------ reading

    @Override
    public long size() {
        return followed.size();
    }

    @Override
    public List<Entry> read(long from, int limit) {
        List<CommitDocument> found = reading(() -> {
            List<CommitDocument> commits = new ArrayList<>(collection.from(from, limit));
            if (commits.isEmpty() || commits.getFirst().position() != from) {
                CommitDocument around = collection.covering(from);
                if (around != null && around.next() > from) {
                    commits.addFirst(around);
                }
            }
            return commits;
        });
        List<Entry> entries = new ArrayList<>();
        long next = from;
        for (CommitDocument commit : found) {
            for (Entry entry : commit.entries()) {
                if (entry.position() >= from && entries.size() < limit) {
                    FollowedLedger.refuseHole(next++, entry.position());
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    @Override
    public List<Entry> readStream(String stream, long fromSequence, int limit) {
        List<Long> positions =
                index.ask(layers -> layers.positions(stream, fromSequence, limit));
        Map<Long, Entry> found = entriesAt(positions);
        List<Entry> entries = new ArrayList<>(positions.size());
        for (long position : positions) {
            Entry entry = found.get(position);
            long sequence = fromSequence + entries.size();
            if (entry == null || !entry.stream().equals(stream)
                    || entry.sequence() != sequence) {
                throw LedgerFailure.damaged("Position " + position + " of the ledger does not"
                        + " hold the entry " + sequence + " of " + stream + ", as the index of"
                        + " this node says. Stop the node and delete its index.db, which it"
                        + " makes anew; if that does not help, restore a backup", null);
            }
            entries.add(entry);
        }
        return entries;
    }

    /**
     * The entries at these positions, those that are found. What this node has read stands; but a
     * member of the set that has just become the first one may not show it for a moment.
     */
    private Map<Long, Entry> entriesAt(List<Long> positions) {
        Map<Long, Entry> found = new HashMap<>();
        List<Long> missing = positions;
        for (int attempt = 1; !missing.isEmpty() && attempt <= ATTEMPTS_TO_FIND; attempt++) {
            if (attempt > 1) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            List<Long> asked = missing;
            reading(() -> {
                collection.at(asked).forEach(commit -> keep(commit, found));
                for (long position : asked) {
                    // Within a commit that begins before it.
                    if (!found.containsKey(position)) {
                        keep(collection.covering(position), found);
                    }
                }
                return found;
            });
            missing = positions.stream().filter(p -> !found.containsKey(p)).toList();
        }
        return found;
    }

    private static void keep(
            @Nullable CommitDocument commit, Map<Long, Entry> found) {
        if (commit != null) {
            commit.entries().forEach(entry -> found.put(entry.position(), entry));
        }
    }

    private <T> T reading(Supplier<T> work) {
        try {
            return work.get();
        } catch (MongoException e) {
            throw new MongoFailure(collection.name(), e);
        } catch (IllegalStateException e) {
            if (closed) {
                // The driver's word for a client that is closed.
                throw new MongoFailure("The bank is being stopped.");
            }
            throw e;
        }
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
        return found(layers -> layers.positionOfCommand(commandId));
    }

    @Override
    public OptionalLong positionOfClaim(String claim) {
        return found(layers -> layers.positionOfClaim(claim));
    }

    private OptionalLong found(Function<Layers, Long> question) {
        long position = index.ask(question);
        return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(follower);
        turn.lock();
        try {
            index.close();
        } finally {
            turn.unlock();
        }
    }
}
