package creditbank.ledger.mongodb;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.bulk.BulkWriteError;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.Outcome;
import creditbank.ledger.index.Admission;
import creditbank.ledger.index.LedgerIndex;
import creditbank.store.MongoFailure;
import creditbank.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch. Its commits are judged by what this node has read and written as documents
 * right behind it. Whatever the database answers, or does not: what stands at the first of those
 * places says what became of them. If it is ours, it stands; if it is another node's, none of ours
 * from there on can ever stand, since they are written in order and the first of them finds its
 * place taken; then they are judged again. If nothing is there, the very same documents are sent
 * again, so that one that is still on its way can do no harm. No new place is taken before.
 */
final class Appending {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    /** Turned away so often, and nothing there: perhaps the place is not what is taken. */
    private static final int SUSPICIOUS = 4;

    /** More than ever lie between a look and the next, unless a node was held up. */
    private static final int MOST_READ_AT_ONCE = 5_000;
    /** Less than any server allows, so that it is one message for certain. */
    private static final int MOST_IN_A_MESSAGE = 1_000;
    private static final long MOST_BYTES_IN_A_MESSAGE = 32L << 20;

    private final LedgerCollection collection;
    private final LedgerIndex index;
    private final FollowedLedger followed;
    private final long until;
    private Duration pause = SHORTEST_PAUSE;
    /** Outcomes that nothing can change any more, of the first commits of the batch. */
    private final List<Outcome> settled = new ArrayList<>();
    private boolean anythingStands;
    /** Whether documents may be on their way of which it is not known whether they stand. */
    private boolean unsettled;
    private boolean interrupted;

    /**
     * A document on its way, and what it was made from.
     *
     * @param number the commit's place among those that were judged
     */
    private record Outgoing(CommitDocument document, Commit commit, int number) {
    }

    Appending(LedgerCollection collection, LedgerIndex index, FollowedLedger followed,
            Duration patience) {
        this.collection = collection;
        this.index = index;
        this.followed = followed;
        this.until = System.nanoTime() + patience.toNanos();
    }

    /** Whether the thread was asked to stop meanwhile. */
    boolean wasInterrupted() {
        return interrupted;
    }

    /** @throws LedgerFailure if it cannot be told, or in time, what became of all of the batch */
    List<Outcome> append(List<Commit> batch, Instant at) {
        try {
            return settle(batch, at);
        } catch (LedgerFailure e) {
            throw e.isOutcomeKnown() && (unsettled || anythingStands)
                    ? LedgerFailure.outcomeUnknown(String.valueOf(e.getMessage()), e) : e;
        } catch (StoreFailure e) {
            throw failure(e);
        }
    }

    private List<Outcome> settle(List<Commit> batch, Instant at) {
        while (settled.size() < batch.size()) {
            List<Commit> rest = batch.subList(settled.size(), batch.size());
            Admission admission = judge(rest);
            List<Outgoing> outgoing = outgoing(rest, admission, at);
            int stand = write(outgoing);
            anythingStands |= stand > 0;
            if (stand == outgoing.size()) {
                settled.addAll(admission.outcomes());
            } else {
                // What was decided before the first that does not stand saw what stands.
                settled.addAll(admission.outcomes().subList(
                        0, outgoing.get(stand).number()));
                refuseIfLate(null);
            }
        }
        return settled;
    }

    // ------------------------------------------------------------------ judging

    private Admission judge(List<Commit> commits) {
        index.makeRoom();
        Admission admission = admission(commits);
        if (admission.outcomes().stream().anyMatch(Appending::mayBeOld) && catchUp() > 0) {
            admission = admission(commits);
        }
        return admission;
    }

    private Admission admission(List<Commit> commits) {
        return index.ask(layers -> Admission.of(commits, layers, followed.size()));
    }

    /** Whether another node may have changed meanwhile what stood in the commit's way. */
    private static boolean mayBeOld(Outcome outcome) {
        return switch (outcome) {
            case Outcome.StreamMoved _, Outcome.ClaimTaken _, Outcome.ClaimNotHeld _ -> true;
            case Outcome.Appended _, Outcome.CommandKnown _, Outcome.TooLarge _ -> false;
        };
    }

    private List<Outgoing> outgoing(List<Commit> commits, Admission admission, Instant at) {
        Instant last = followed.lastTime();
        byte[] time = EntryFormat.time(EntryFormat.writable(at.isBefore(last) ? last : at));
        for (Draft draft : admission.drafts()) {
            EntryFormat.setTime(draft.bytes(), time);
        }
        List<Outgoing> outgoing = new ArrayList<>();
        UUID after = followed.lastCommit();
        for (int i = 0; i < commits.size(); i++) {
            if (admission.outcomes().get(i) instanceof Outcome.Appended appended) {
                Commit commit = commits.get(i);
                CommitDocument document = CommitDocument.of(
                        commit, appended.position(), UUID.randomUUID(), after);
                outgoing.add(new Outgoing(document, commit, i));
                after = document.id();
            }
        }
        return outgoing;
    }

    // ------------------------------------------------------------------ writing

    /** Answers how many of the documents stand, when it is certain that the others never will. */
    private int write(List<Outgoing> outgoing) {
        int stand = 0;
        int turnedAway = 0;
        while (stand < outgoing.size()) {
            List<Outgoing> rest = outgoing.subList(stand, outgoing.size());
            MongoException failure = send(rest);
            if (failure == null) {
                rest.forEach(each -> followed.takeIn(each.document(), each.commit()));
                return outgoing.size();
            }
            List<CommitDocument> found = behindTheEnd();
            int ours = 0;
            while (ours < Math.min(rest.size(), found.size())
                    && found.get(ours).id().equals(rest.get(ours).document().id())) {
                followed.takeIn(rest.get(ours).document(), rest.get(ours).commit());
                ours++;
            }
            stand += ours;
            anythingStands |= ours > 0;
            if (ours < found.size()) {
                followed.takeIn(found.subList(ours, found.size()));
                unsettled = false;
                return stand;
            }
            if (stand < outgoing.size()) {
                refuseIfHopeless(failure);
                turnedAway = ours == 0 && isDuplicate(failure) ? turnedAway + 1 : 0;
                if (turnedAway >= SUSPICIOUS) {
                    refuseIfCommandStands(outgoing.get(stand).document());
                }
                refuseIfLate(failure);
                pause();
            }
        }
        unsettled = false;
        return stand;
    }

    /** Sends documents; what is thrown back says at most that some may not stand. */
    private @Nullable MongoException send(List<Outgoing> documents) {
        try {
            collection.insert(documents.stream().map(Outgoing::document).toList());
            unsettled = false;
            return null;
        } catch (MongoException e) {
            if (isNeverSent(e) && isOneMessage(documents)) {
                if (!unsettled) {
                    throw failure(new MongoFailure(collection.name(), e));
                }
            } else {
                unsettled = true;
            }
            noteInterruption(e);
            return e;
        }
    }

    /** The driver gave up before any byte of it left. */
    private static boolean isNeverSent(MongoException e) {
        return e instanceof MongoSocketOpenException
                || e instanceof MongoConnectionPoolClearedException
                || e instanceof MongoTimeoutException
                        && !(e instanceof MongoOperationTimeoutException);
    }

    /** The driver cuts what is longer, and may have sent the first part of it. */
    private static boolean isOneMessage(List<Outgoing> documents) {
        return documents.size() <= MOST_IN_A_MESSAGE && documents.stream()
                .mapToLong(each -> CommitDocument.bytesOf(each.commit())).sum()
                <= MOST_BYTES_IN_A_MESSAGE;
    }

    /** The driver breaks off when its thread is asked to stop; here it has to finish first. */
    private void noteInterruption(MongoException e) {
        if (e instanceof MongoInterruptedException | Thread.interrupted()) {
            interrupted = true;
        }
    }

    private static boolean isDuplicate(MongoException e) {
        return e instanceof MongoBulkWriteException bulk && !bulk.getWriteErrors().isEmpty()
                && bulk.getWriteErrors().stream().allMatch(Appending::isDuplicate);
    }

    private static boolean isDuplicate(BulkWriteError error) {
        return error.getCategory() == ErrorCategory.DUPLICATE_KEY;
    }

    /** The database does not want the document, and will not the next time either. */
    private void refuseIfHopeless(MongoException e) {
        if (e instanceof MongoBulkWriteException bulk && !bulk.getWriteErrors().isEmpty()
                && !isDuplicate(e)) {
            // It was judged, so nothing is on its way.
            unsettled = false;
            throw failure(new MongoFailure(collection.name(), e));
        }
    }

    /** The second fence: this node's index does not know of a command that stands. */
    private void refuseIfCommandStands(CommitDocument document) {
        CommitDocument found = reading(() -> collection.ofCommand(document.command()));
        if (found != null && found.position() < followed.size()) {
            throw LedgerFailure.damaged("The command " + document.command() + " stands at"
                    + " position " + found.position() + ", but the index of this node does not"
                    + " know it. Stop the node and delete its index.db, which it makes anew.",
                    null);
        }
    }

    // ------------------------------------------------------------------ reading

    private long catchUp() {
        return reading(followed::catchUp);
    }

    private List<CommitDocument> behindTheEnd() {
        List<CommitDocument> found = reading(
                () -> collection.from(followed.size(), MOST_READ_AT_ONCE));
        long next = followed.size();
        for (CommitDocument commit : found) {
            FollowedLedger.refuseHole(next, commit.position());
            next = commit.next();
        }
        return found;
    }

    /** Asks again while there is time: what stands has to be known. */
    private <T extends @Nullable Object> T reading(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (MongoException e) {
                noteInterruption(e);
                refuseIfLate(e);
                pause();
            }
        }
    }

    private void pause() {
        LockSupport.parkNanos(pause.toNanos());
        if (Thread.interrupted()) {
            interrupted = true;
        }
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    // ------------------------------------------------------------------ giving up

    private void refuseIfLate(@Nullable MongoException because) {
        if (System.nanoTime() - until >= 0) {
            throw failure(because == null
                    ? new MongoFailure("Other nodes wrote to the ledger in the database "
                            + collection.name() + " all the time; send it again later.")
                    : new MongoFailure(collection.name(), because));
        }
    }

    private LedgerFailure failure(RuntimeException cause) {
        String message = String.valueOf(cause.getMessage());
        return unsettled || anythingStands ? LedgerFailure.outcomeUnknown(message, cause)
                : LedgerFailure.nothingWritten(message, cause);
    }
}
