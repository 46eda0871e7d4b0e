package creditbank.witness;

import creditbank.proof.Checkpoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a witness saw when it looked at a log. */
public sealed interface Sight {

    /** A checkpoint that is cosigned now, or was before. */
    sealed interface Good extends Sight {
    }

    /** A checkpoint, or something in its place, that is not cosigned. */
    sealed interface Refused extends Sight {
    }

    /** @param now the first checkpoint of this log that was cosigned */
    record First(Checkpoint now) implements Good {
    }

    /** @param now begins with what was cosigned before */
    record Grown(Checkpoint before, Checkpoint now) implements Good {
    }

    /** The checkpoint that was cosigned last. */
    record Unchanged(Checkpoint now) implements Good {
    }

    /**
     * A history that does not begin with the one that was cosigned: something was changed or
     * removed.
     *
     * @param kept the file with both checkpoints; {@code null} if there are many such
     */
    record Inconsistent(Checkpoint known, Checkpoint shown, @Nullable Path kept)
            implements Refused {
    }

    /**
     * Fewer entries than were cosigned: an old copy of the checkpoint, or a log that was cut.
     *
     * @param kept the file with both checkpoints; {@code null} if there is another such
     */
    record Shorter(Checkpoint known, Checkpoint shown, @Nullable Path kept) implements Refused {
    }

    /**
     * Tiles that do not lead to the log's own checkpoint, so that nothing can be said of it.
     *
     * @param kept the file with the checkpoints; {@code null} if there is another such
     */
    record TilesAstray(Checkpoint shown, @Nullable Path kept) implements Refused {
    }

    /** @param why what is shown is no checkpoint, or not signed by the key that is trusted */
    record NotBelieved(String why) implements Refused {
    }

    /** @param why nothing could be seen: the log is not reached, or shows too little */
    record Nothing(String why) implements Sight {
    }
}
