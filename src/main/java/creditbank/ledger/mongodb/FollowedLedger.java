package creditbank.ledger.mongodb;

import com.mongodb.MongoException;
import creditbank.api.Recorded;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.index.LedgerIndex;
import creditbank.ledger.index.Recent;
import creditbank.store.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far this node has read the ledger, and the index of what it has read. One thread at a time
 * reads on; any may ask how far it is.
 */
final class FollowedLedger {

    private static final int AT_ONCE = 5_000;
    private static final Duration BEFORE_FIRST_REPORT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

    private final LedgerCollection collection;
    private final LedgerIndex index;
    private volatile long size;
    private @Nullable UUID lastCommit;
    private Instant lastTime = Instant.EPOCH;

    /**
     * Reads to the end.
     *
     * @throws IllegalStateException if the index is of another ledger
     * @throws MongoException        if the database cannot be read
     */
    FollowedLedger(LedgerCollection collection, LedgerIndex index) {
        this.collection = collection;
        this.index = index;
        CommitDocument last = collection.last();
        index.refuseAnotherLedger(last == null ? 0 : last.next());
        CommitDocument known =
                index.next() == 0 ? null : collection.covering(index.next() - 1);
        if (known != null) {
            if (known.next() != index.next()) {
                throw LedgerFailure.damaged("The index of this node ends within the commit at"
                        + " position " + known.position() + ". Delete its index.db; the node"
                        + " makes it anew.", null);
            }
            step(known);
        }
        catchUp();
    }

    long size() {
        return size;
    }

    @Nullable UUID lastCommit() {
        return lastCommit;
    }

    Instant lastTime() {
        return lastTime;
    }

    /**
     * Reads what others have written, to the end.
     *
     * @return how many entries that were
     * @throws MongoException if the database cannot be read; what was read until then counts
     */
    long catchUp() {
        long before = size;
        long report = System.nanoTime() + BEFORE_FIRST_REPORT.toNanos();
        try (Cursor<CommitDocument> behind = collection.from(size)) {
            List<CommitDocument> run = new ArrayList<>();
            long next = size;
            for (CommitDocument commit = behind.next(); commit != null; commit = behind.next()) {
                refuseHole(next, commit.position());
                run.add(commit);
                next = commit.next();
                if (next - size >= AT_ONCE) {
                    takeIn(run);
                    run.clear();
                    if (System.nanoTime() - report >= 0) {
                        report = System.nanoTime() + BETWEEN_REPORTS.toNanos();
                        System.getLogger(FollowedLedger.class.getName()).log(
                                System.Logger.Level.INFO,
                                "The ledger is being read: {0} entries", next);
                    }
                }
            }
            takeIn(run);
        }
        return size - before;
    }

    /** Commits that others have written, right behind what is known. */
    void takeIn(List<CommitDocument> commits) {
        if (commits.isEmpty()) {
            return;
        }
        UUID before = lastCommit;
        List<Recorded> entries = new ArrayList<>();
        for (CommitDocument commit : commits) {
            refuseAnotherHistory(commit, before);
            before = commit.id();
            commit.entries().forEach(entry -> entries.add(EntryFormat.read(entry)));
        }
        index.follow(entries);
        step(commits.getLast());
    }

    /** A commit of this node that stands now, right behind what is known. */
    void takeIn(CommitDocument document, Commit commit) {
        refuseHole(size, document.position());
        refuseAnotherHistory(document, lastCommit);
        Recent run = new Recent(document.position());
        for (Draft draft : commit.drafts()) {
            run.add(draft.stream(), draft.sequence(), commit.commandId(), draft.releases(),
                    draft.claims());
        }
        index.add(run);
        step(document);
    }

    private void step(CommitDocument to) {
        lastCommit = to.id();
        lastTime = EntryFormat.recordedAt(to.entries().getLast().bytes());
        size = to.next();
    }

    private static void refuseAnotherHistory(CommitDocument commit, @Nullable UUID before) {
        if (before == null ? commit.after() != null : !before.equals(commit.after())) {
            throw LedgerFailure.damaged("The commit at position " + commit.position() + " does"
                    + " not follow the one that this node knows before it: the database lost"
                    + " commits that it had acknowledged, or a backup was restored under a"
                    + " running node. Stop all nodes, keep a copy of the database, and see"
                    + " docs/operating.md.", null);
        }
    }

    static void refuseHole(long expected, long found) {
        if (expected != found) {
            throw LedgerFailure.damaged("The entry at position " + expected + " is missing from"
                    + " the ledger; restore a backup", null);
        }
    }
}
