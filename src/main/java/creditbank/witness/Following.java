package creditbank.witness;

import creditbank.proof.AddCheckpoint;
import creditbank.proof.Checkpoint;
import creditbank.proof.ConsistencyProof;
import creditbank.proof.Hash;
import creditbank.proof.LogReader;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.Tree;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A witness that looks at a log by itself: it makes the consistency proof of the log's own tiles,
 * so it needs nobody who hands it one.
 */
public final class Following {

    /** Somebody else may ask the witness meanwhile; then it is looked at again. */
    private static final int TRIES = 3;

    private final Witness witness;
    private final VerifierKey log;
    private final Supplier<LogReader> reader;

    /**
     * @param log    the key of a log that the witness watches
     * @param reader a new one for each look
     */
    public Following(Witness witness, VerifierKey log, Supplier<LogReader> reader) {
        this.witness = witness;
        this.log = log;
        this.reader = reader;
    }

    /** Looks once. Throws only where the witness's own disk fails. */
    public Sight look() {
        LogReader from = reader.get();
        try {
            for (int i = 0; i < TRIES; i++) {
                // Before the log is asked: whatever it shows then is not older, if it is honest.
                Watched known = Objects.requireNonNull(
                        witness.watched(log.name()), "the witness watches the log");
                Sight sight = look(from, known);
                if (sight != null) {
                    return sight;
                }
            }
            return new Sight.Nothing("others ask this witness at the same time");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Sight look(LogReader from, Watched known) throws IOException {
        Note note;
        Checkpoint shown;
        try {
            note = Note.parse(from.checkpoint());
            shown = Checkpoint.open(note, log);
        } catch (IOException e) {
            return new Sight.Nothing(String.valueOf(e.getMessage()));
        } catch (NotVerified | IllegalArgumentException e) {
            return new Sight.NotBelieved(String.valueOf(e.getMessage()));
        }
        return look(from, note, shown, known);
    }

    /** Answers {@code null} if the witness has moved on meanwhile. */
    private @Nullable Sight look(LogReader from, Note note, Checkpoint shown, Watched watched)
            throws IOException {
        Checkpoint known = watched.checkpoint();
        if (known != null && shown.size() < known.size()) {
            return new Sight.Shorter(known, shown, witness.contradicted(
                    Contradiction.Kind.SHORTER, watched, note));
        }
        if (known != null && shown.equals(known)) {
            return new Sight.Unchanged(known);
        }
        long old = known == null ? 0 : known.size();
        List<Hash> proof = List.of();
        if (known == null || shown.size() > old) {
            Hash root;
            ConsistencyProof leading;
            try {
                Tree tree = new Tree(from, shown.size());
                root = tree.root();
                leading = old == 0 ? new ConsistencyProof(0, shown.size(), List.of())
                        : tree.consistency(old);
            } catch (IOException e) {
                return new Sight.Nothing(String.valueOf(e.getMessage()));
            }
            if (!root.equals(shown.root())) {
                return new Sight.TilesAstray(shown, witness.contradicted(
                        Contradiction.Kind.TILES, watched, note));
            }
            if (known != null && old > 0 && !leading.holds(known.root(), shown.root())) {
                return new Sight.Inconsistent(known, shown, witness.contradicted(
                        Contradiction.Kind.HISTORY, watched, note));
            }
            proof = leading.hashes();
        }
        return switch (witness.add(new AddCheckpoint(old, proof, note))) {
            case Answer.Cosigned _ -> known == null
                    ? new Sight.First(shown) : new Sight.Grown(known, shown);
            case Answer.Forked forked -> new Sight.Inconsistent(
                    Checkpoint.parse(forked.known().text()), shown, forked.kept());
            case Answer.OtherSize _, Answer.ProofWrong _, Answer.Malformed _ -> null;
            case Answer.NotSigned _, Answer.UnknownOrigin _ -> throw new IllegalStateException(
                    "The witness does not watch " + log + " any more");
        };
    }
}
