package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of rows, on many threads, in memory that does not grow with the file. */
final class Tally {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> passedOver = new TreeMap<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private final Map<CreditUnit, Long> credits = new EnumMap<>(CreditUnit.class);
    private final Map<CreditUnit, Long> creditsAlreadyThere = new EnumMap<>(CreditUnit.class);
    /** The last one first, to make room for an earlier one. */
    private final PriorityQueue<RowProblem> problems =
            new PriorityQueue<>(Comparator.comparingLong(RowProblem::row).reversed());
    private long rows;
    private long recorded;
    private long alreadyThere;
    private long passedOverInAll;
    private long rejectedInAll;
    private long accountsOpened;
    private boolean institutionRegistered;
    private @Nullable Refusal stoppedBy;

    void row() {
        locked(() -> rows++);
    }

    void passedOver(String reason) {
        locked(() -> {
            passedOver.merge(reason, 1L, Long::sum);
            passedOverInAll++;
        });
    }

    void recorded(Credits of) {
        locked(() -> {
            credits.merge(of.unit(), of.hundredths(), Math::addExact);
            recorded++;
        });
    }

    void alreadyThere(Credits of) {
        locked(() -> {
            creditsAlreadyThere.merge(of.unit(), of.hundredths(), Math::addExact);
            alreadyThere++;
        });
    }

    void rejected(RowProblem problem) {
        locked(() -> {
            rejected.merge(problem.refusal().code(), 1L, Long::sum);
            rejectedInAll++;
            problems.add(problem);
            if (problems.size() > Outcome.MOST_SHOWN) {
                problems.poll();
            }
        });
    }

    void accountOpened() {
        locked(() -> accountsOpened++);
    }

    void institutionRegistered() {
        locked(() -> institutionRegistered = true);
    }

    /** Nothing more can be recorded; the first reason is the one that is told. */
    void stop(Refusal because) {
        locked(() -> stoppedBy = stoppedBy == null ? because : stoppedBy);
    }

    boolean isStopped() {
        lock.lock();
        try {
            return stoppedBy != null;
        } finally {
            lock.unlock();
        }
    }

    Progress progress(Progress.Step step, long bytes, long totalBytes) {
        lock.lock();
        try {
            return new Progress(step, bytes, totalBytes, rows, recorded, alreadyThere,
                    passedOverInAll, rejectedInAll, accountsOpened, institutionRegistered, 0);
        } finally {
            lock.unlock();
        }
    }

    Outcome outcome(boolean dryRun, FileReading reading, boolean allReached) {
        lock.lock();
        try {
            return new Outcome(dryRun, reading, institutionRegistered, rows, recorded,
                    alreadyThere, passedOver, rejected, accountsOpened, credits,
                    creditsAlreadyThere, problems.stream()
                            .sorted(Comparator.comparingLong(RowProblem::row)).toList(),
                    allReached && stoppedBy == null, stoppedBy);
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
