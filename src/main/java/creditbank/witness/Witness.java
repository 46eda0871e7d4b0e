package creditbank.witness;

import creditbank.proof.AddCheckpoint;
import creditbank.proof.Checkpoint;
import creditbank.proof.ConsistencyProof;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.Note.Signature;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A witness (C2SP tlog-witness): cosigns a checkpoint if it continues the last one it cosigned of
 * that log. One decision at a time, and on the disk before anybody is answered: so of two histories
 * of one log it cosigns one, also if it is killed in between.
 */
public final class Witness implements AutoCloseable {

    private final Memory memory;
    private final Clock clock;
    private final Consumer<Answer.Forked> alarm;
    private final Map<String, Watched> logs = new TreeMap<>();

    /**
     * Opens a witness's folder, making it and its key at first.
     *
     * @param name  of the key, if it is made now
     * @param alarm is told of a log that has signed two roots for one size
     * @throws IllegalStateException with what to do, if the folder cannot be trusted or is in use
     */
    public Witness(Path folder, Path keyFile, String name, Clock clock, SecureRandom random,
            Consumer<Answer.Forked> alarm) throws IOException {
        this.clock = clock;
        this.alarm = alarm;
        this.memory = new Memory(folder, keyFile, name, random);
        try {
            memory.watched().forEach(w -> logs.put(w.origin(), w));
        } catch (IOException | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    public VerifierKey verifier() {
        return memory.key().verifier();
    }

    /** All logs it watches, by origin. */
    public synchronized List<Watched> watched() {
        return List.copyOf(logs.values());
    }

    /** The log of an origin; {@code null} if it is not watched. */
    public synchronized @Nullable Watched watched(String origin) {
        return logs.get(origin);
    }

    /**
     * Watches a log from now on, by this key for good.
     *
     * @param address where it is followed; may change
     * @throws IllegalStateException with what to do, if the log of that name is watched by another
     *                               key, or what was remembered of it is not there
     */
    public synchronized void trust(VerifierKey key, URI address) throws IOException {
        Watched known = logs.get(key.name());
        if (known != null && !known.key().equals(key)) {
            throw new IllegalStateException("This witness knows " + key.name() + " by the key "
                    + known.key() + ", not by " + key + ". A log has one key for its life; if the"
                    + " bank has begun another log, that one has another name."
                    + " 该日志的公钥与已记住的不同。");
        }
        if (known == null || !known.address().equals(address)) {
            Watched watched = new Watched(key, address, known == null ? null : known.last());
            if (known == null) {
                memory.begin(watched);
                logs.put(watched.origin(), watched);
            } else {
                keep(watched);
            }
        }
    }

    private void keep(Watched watched) throws IOException {
        memory.keep(watched);
        logs.put(watched.origin(), watched);
    }

    /** Cosigns, or says why not. If the disk fails, nothing is cosigned. */
    public synchronized Answer add(AddCheckpoint request) throws IOException {
        Note note = request.checkpoint();
        Checkpoint shown;
        try {
            shown = Checkpoint.parse(note.text());
        } catch (IllegalArgumentException e) {
            return new Answer.Malformed(String.valueOf(e.getMessage()));
        }
        Watched known = logs.get(shown.origin());
        if (known == null) {
            return new Answer.UnknownOrigin();
        }
        Note own;
        try {
            // Once, however often the request repeats it; nobody else's signature is kept.
            own = new Note(note.text(),
                    note.verifiedBy(List.of(known.key())).stream().limit(1).toList());
        } catch (NotVerified | IllegalArgumentException e) {
            return new Answer.NotSigned();
        }
        if (request.old() > shown.size()) {
            return new Answer.Malformed("the old size is larger than the checkpoint's");
        }
        Checkpoint before = known.checkpoint();
        // Said by the signatures alone, whatever size and proof came with them.
        if (before != null && before.size() == shown.size()
                && !before.root().equals(shown.root())) {
            return forked(known, own);
        }
        if (request.old() != known.size()) {
            return new Answer.OtherSize(known.size());
        }
        return leads(before, request, shown) ? cosigned(known, own) : new Answer.ProofWrong();
    }

    private Answer forked(Watched known, Note shown) throws IOException {
        Path kept = null;
        try {
            kept = contradicted(Contradiction.Kind.FORK, known, shown);
        } finally {
            // Told also where the disk is full.
            alarm.accept(new Answer.Forked(known.size(), lastOf(known), shown, kept));
        }
        return new Answer.Forked(known.size(), lastOf(known), shown, kept);
    }

    private static Note lastOf(Watched known) {
        Note last = known.last();
        if (last == null) {
            throw new IllegalStateException(known.origin() + " has nothing to contradict");
        }
        return last;
    }

    /** Every log begins with the empty one: from there, a proof has nothing to say. */
    private static boolean leads(
            @Nullable Checkpoint before, AddCheckpoint request, Checkpoint shown) {
        if (before == null || before.size() == 0) {
            return request.proof().isEmpty();
        }
        return new ConsistencyProof(before.size(), shown.size(), request.proof())
                .holds(before.root(), shown.root());
    }

    private Answer cosigned(Watched known, Note own) throws IOException {
        Signature seen = memory.key().cosign(own.text(), clock.instant().getEpochSecond());
        keep(known.with(own.with(seen)));
        return new Answer.Cosigned(List.of(seen));
    }

    /**
     * Keeps what a log has signed and this witness does not cosign, beside what it has cosigned.
     *
     * @return the file; {@code null} if there is enough of its kind of that log
     */
    synchronized @Nullable Path contradicted(Contradiction.Kind kind, Watched known, Note shown)
            throws IOException {
        return memory.keep(new Contradiction(kind, known.key(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS), known.last(), shown));
    }

    @Override
    public synchronized void close() throws IOException {
        memory.close();
    }
}
