package creditbank.publishing;

import creditbank.proof.AddCheckpoint;
import creditbank.proof.Hash;
import creditbank.proof.Note;
import creditbank.proof.Note.Signature;
import creditbank.publishing.PublishedLog.Published;
import creditbank.witness.Answer;
import creditbank.witness.WitnessOverHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks witnesses to cosign what the log publishes. A thread of its own goes round: it takes the
 * newest checkpoint, asks all witnesses for that one at the same time, and hands what they answer
 * to the log. So one checkpoint carries the cosignatures of all, and none of them is ever waited
 * for by anything else. A witness that fails is told of once, and left alone for a while.
 */
public final class Cosigning implements AutoCloseable {

    /** More would be waited for in vain: a note takes a hundred signatures. */
    private static final int MOST_WITNESSES = 20;
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final System.Logger LOG = System.getLogger(Cosigning.class.getName());

    /**
     * How a witness stands.
     *
     * @param name    of its key
     * @param address where it is asked
     * @param size    of the checkpoint it cosigned last, as far as this start of the bank knows
     * @param trouble what keeps it from cosigning; {@code null} while all is well
     */
    public record Standing(String name, String address, @Nullable Long size,
            @Nullable String trouble) {
    }

    /** A witness, and what is known of it. One round at a time changes it. */
    private static final class Asked {
        private final WitnessOverHttp witness;
        private long size;
        private volatile @Nullable Long cosigned;
        private volatile @Nullable String trouble;
        private String text = "";
        private long notBefore = System.nanoTime();

        Asked(WitnessOverHttp witness) {
            this.witness = witness;
        }

        boolean isDue(Published now) {
            return !now.note().text().equals(text) && System.nanoTime() - notBefore >= 0;
        }
    }

    private final PublishedLog log;
    private final List<Asked> witnesses = new ArrayList<>();
    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * @param settings each {@code verifier-key URL}
     * @throws IllegalStateException with what to do, if one is not written so
     */
    public Cosigning(PublishedLog log, List<String> settings) {
        this.log = log;
        Set<String> keys = new HashSet<>();
        try {
            for (String setting : settings) {
                WitnessOverHttp witness = WitnessOverHttp.parse(setting);
                witnesses.add(new Asked(witness));
                if (!keys.add(witness.key().text()) || keys.size() > MOST_WITNESSES) {
                    throw new IllegalArgumentException("each witness is named once, and "
                            + MOST_WITNESSES + " at most");
                }
            }
        } catch (IllegalArgumentException e) {
            close();
            throw new IllegalStateException("creditbank.log.witnesses is a list of witnesses,"
                    + " each as its verifier key, a space and its address, such as"
                    + " \"witness.example+1234abcd+BA… https://witness.example\": "
                    + e.getMessage(), e);
        }
    }

    /** Begins to ask; without witnesses there is nothing to begin. */
    public void start() {
        if (!witnesses.isEmpty()) {
            thread = Thread.ofPlatform().name("log-cosigning").daemon().start(this::run);
        }
    }

    public List<Standing> standings() {
        return witnesses.stream().map(w -> new Standing(w.witness.key().name(),
                w.witness.address().toString(), w.cosigned, w.trouble)).toList();
    }

    /** One go at asking. */
    interface Round {
        void go() throws InterruptedException;
    }

    private void run() {
        rounds(this::round, () -> closed, BETWEEN_ROUNDS);
    }

    /** A round that fails is told of, once, and followed by the next. */
    static void rounds(Round round, BooleanSupplier closed, Duration between) {
        String told = "";
        try {
            while (!closed.getAsBoolean()) {
                try {
                    round.go();
                    told = "";
                } catch (RuntimeException | Error e) {
                    if (!told.equals(e.toString())) {
                        told = e.toString();
                        LOG.log(System.Logger.Level.ERROR,
                                "The witnesses could not be asked this time", e);
                    }
                }
                Thread.sleep(between);
            }
        } catch (InterruptedException e) {
            // Whoever closes this interrupts it.
        }
    }

    private void round() throws InterruptedException {
        Published now = log.published();
        if (now == null) {
            return;
        }
        List<Asked> due = witnesses.stream().filter(w -> w.isDue(now)).toList();
        List<Future<List<Signature>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            due.forEach(w -> answers.add(threads.submit(() -> ask(w, now))));
        }
        Note note = now.note();
        for (int i = 0; i < due.size(); i++) {
            try {
                for (Signature signature : answers.get(i).get()) {
                    note = note.with(signature);
                }
            } catch (ExecutionException e) {
                trouble(due.get(i), String.valueOf(e.getCause()));
            }
        }
        if (note != now.note()) {
            log.cosigned(new Published(note, now.checkpoint()));
        }
    }

    /** The second question is for a witness that knows another size than this start knew of. */
    private List<Signature> ask(Asked asked, Published now) {
        try {
            for (int i = 0; i < 2; i++) {
                Answer answer = asked.witness.add(request(asked.size, now));
                if (answer instanceof Answer.OtherSize(long size)
                        && size != asked.size && size <= now.checkpoint().size()) {
                    asked.size = size;
                    continue;
                }
                return taken(asked, now, answer);
            }
        } catch (IOException | RuntimeException e) {
            trouble(asked, String.valueOf(e.getMessage()));
        }
        return List.of();
    }

    private AddCheckpoint request(long old, Published now) {
        long size = now.checkpoint().size();
        List<Hash> proof = old == 0 || old >= size ? List.of()
                : log.consistency(old, size).hashes();
        return new AddCheckpoint(Math.min(old, size), proof, now.note());
    }

    private List<Signature> taken(Asked asked, Published now, Answer answer) {
        return switch (answer) {
            case Answer.Cosigned(List<Signature> signatures) -> {
                asked.size = now.checkpoint().size();
                asked.text = now.note().text();
                asked.cosigned = asked.size;
                well(asked);
                yield signatures.stream().limit(1).toList();
            }
            case Answer.OtherSize(long size) -> {
                // One that follows the log by itself may be further than this round.
                if (size > now.checkpoint().size() && size <= log.publishedSize()) {
                    asked.size = size;
                } else {
                    trouble(asked, atOdds(size, now.checkpoint().size()));
                }
                yield List.of();
            }
            case Answer.Forked(long size, _, _, _) -> {
                trouble(asked, atOdds(size, now.checkpoint().size()));
                yield List.of();
            }
            case Answer.ProofWrong _ -> {
                trouble(asked, "it has cosigned " + asked.size + " entries of this log's name that"
                        + " are not those of this log: one of them was changed, or another bank"
                        + " signs with this key");
                yield List.of();
            }
            case Answer.NotSigned _ -> {
                trouble(asked, "it knows this log by another key");
                yield List.of();
            }
            case Answer.UnknownOrigin _ -> {
                trouble(asked, "it does not watch this log; its operator has to begin with it");
                yield List.of();
            }
            case Answer.Malformed(String why) -> {
                trouble(asked, "it does not understand the request: " + why);
                yield List.of();
            }
        };
    }

    private static String atOdds(long size, long ours) {
        return size > ours ? "it has cosigned " + size + " entries of this log, of which " + ours
                + " are published: the bank was set back to an older copy, or another bank signs"
                + " with this key"
                : "it has cosigned another log of this name with " + size + " entries: the ledger"
                + " was replaced, or another bank signs with this key";
    }

    /** Told once, however often it is so. */
    private void trouble(Asked asked, String why) {
        asked.notBefore = System.nanoTime() + AFTER_FAILURE.toNanos();
        if (!closed && !why.equals(asked.trouble)) {
            asked.trouble = why;
            LOG.log(System.Logger.Level.WARNING, "The witness {0} at {1} does not cosign: {2}",
                    asked.witness.key().name(), asked.witness.address(), why);
        }
    }

    private void well(Asked asked) {
        if (asked.trouble != null) {
            asked.trouble = null;
            LOG.log(System.Logger.Level.INFO, "The witness {0} at {1} cosigns again",
                    asked.witness.key().name(), asked.witness.address());
        }
    }

    /** Returns when nobody is asked any more. */
    @Override
    public void close() {
        closed = true;
        witnesses.forEach(w -> w.witness.close());
        Thread going = thread;
        if (going != null) {
            going.interrupt();
            try {
                going.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
