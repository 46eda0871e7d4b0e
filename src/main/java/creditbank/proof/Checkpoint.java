package creditbank.proof;

import creditbank.proof.Note.NotVerified;
import java.util.Arrays;
import java.util.List;

/**
 * What a log says of itself (C2SP tlog-checkpoint), as the text of a signed note.
 *
 * @param origin     which log: its address without scheme, and the name of its key
 * @param size       how many records it has
 * @param root       of the tree over them
 * @param extensions lines below, of which nothing is known here
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

    private static final int LINES = 3;

    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (origin.isEmpty() || origin.contains("\n") || size < 0
                || extensions.stream().anyMatch(e -> e.isEmpty() || e.contains("\n"))) {
            throw new IllegalArgumentException("no checkpoint: " + Text.shortened(origin));
        }
        if (size == 0 && !root.equals(Hash.EMPTY)) {
            throw new IllegalArgumentException("an empty tree has another root than " + root);
        }
    }

    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    /** @throws IllegalArgumentException if the text is none */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < LINES + 1 || !lines[lines.length - 1].isEmpty()) {
            throw new IllegalArgumentException("a checkpoint is the lines origin, size and root");
        }
        return new Checkpoint(lines[0], Text.number(lines[1]), Hash.parse(lines[2]),
                Arrays.asList(lines).subList(LINES, lines.length - 1));
    }

    /**
     * The checkpoint in a note that the log's key has signed.
     *
     * @throws NotVerified              if it has not, or if the checkpoint is another log's
     * @throws IllegalArgumentException if the note or its text is not written as one
     */
    public static Checkpoint open(Note note, VerifierKey log) throws NotVerified {
        note.mustBeSignedBy(log);
        Checkpoint checkpoint = parse(note.text());
        if (!checkpoint.origin.equals(log.name())) {
            throw new NotVerified("The checkpoint is of the log " + checkpoint.origin
                    + ", the key is of " + log.name() + ".");
        }
        return checkpoint;
    }

    /** What is signed. */
    public String text() {
        StringBuilder text = new StringBuilder(origin + "\n" + size + "\n" + root.base64() + "\n");
        extensions.forEach(e -> text.append(e).append('\n'));
        return text.toString();
    }
}
