package creditbank.witness;

import creditbank.proof.AddCheckpoint;
import creditbank.proof.Note;
import creditbank.proof.Note.Signature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a witness says to {@code add-checkpoint}, with the status that HTTP has for it. */
public sealed interface Answer {

    int status();

    default String contentType() {
        return "text/plain; charset=utf-8";
    }

    byte[] body();

    /** @param signatures of the witness, over the checkpoint */
    record Cosigned(List<Signature> signatures) implements Answer {
        public Cosigned {
            signatures = List.copyOf(signatures);
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public byte[] body() {
            return AddCheckpoint.answer(signatures);
        }
    }

    /** @param size which the witness knows; the request named another */
    record OtherSize(long size) implements Answer {
        @Override
        public int status() {
            return 409;
        }

        @Override
        public String contentType() {
            return AddCheckpoint.SIZE_TYPE;
        }

        @Override
        public byte[] body() {
            return AddCheckpoint.answer(size);
        }
    }

    /**
     * The log has signed two roots for one size. Answered like {@link OtherSize}, as C2SP has it.
     *
     * @param size  for which
     * @param known the checkpoint the witness cosigned
     * @param shown the one it was asked to cosign
     * @param kept  the file with both; {@code null} if the disk does not take it
     */
    record Forked(long size, Note known, Note shown, @Nullable Path kept) implements Answer {
        @Override
        public int status() {
            return 409;
        }

        @Override
        public String contentType() {
            return AddCheckpoint.SIZE_TYPE;
        }

        @Override
        public byte[] body() {
            return AddCheckpoint.answer(size);
        }
    }

    /** The proof does not lead from what the witness knows to the checkpoint. */
    record ProofWrong() implements Answer {
        @Override
        public int status() {
            return 422;
        }

        @Override
        public byte[] body() {
            return sentence("The consistency proof does not lead to the checkpoint.");
        }
    }

    /** The log's key has not signed the checkpoint. */
    record NotSigned() implements Answer {
        @Override
        public int status() {
            return 403;
        }

        @Override
        public byte[] body() {
            return sentence("The checkpoint has no valid signature of a key trusted for its"
                    + " origin.");
        }
    }

    /** The witness does not watch that log. */
    record UnknownOrigin() implements Answer {
        @Override
        public int status() {
            return 404;
        }

        @Override
        public byte[] body() {
            return sentence("This witness does not watch a log of that origin.");
        }
    }

    /** @param why for whoever wrote the request */
    record Malformed(String why) implements Answer {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public byte[] body() {
            return sentence("This is no request to add a checkpoint: " + why + ".");
        }
    }

    private static byte[] sentence(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
