package creditbank.api;

import creditbank.api.value.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as the ledger holds it: the fact, where it stands and who is answerable for it.
 *
 * @param position   place in the one order of the whole ledger, from 0, without holes
 * @param id         random id of the entry
 * @param stream     the stream it belongs to
 * @param sequence   place in its stream, from 0
 * @param recordedAt when the bank knew it (never earlier than that of a lower position)
 * @param actor      who sent the command, such as {@code user/dandong-tech}
 * @param onBehalfOf for whom, such as {@code institution/dandong-tech}, if not for themselves
 * @param commandId  the command it came from; all events of one command stand side by side
 * @param part       which of the command's events it is; absent where the command made one
 * @param reason     why, where the command had to say so
 * @param event      the fact
 */
public record Recorded(
        long position,
        String id,
        String stream,
        long sequence,
        Instant recordedAt,
        String actor,
        @Nullable String onBehalfOf,
        String commandId,
        @Nullable Part part,
        @Nullable Reason reason,
        Event event) {

    /**
     * Which of several events of one command. Written {@code {"number":1,"of":2}}; so that an
     * event that was added to a command, or taken from it, shows in the others.
     *
     * @param number from 1
     * @param of     how many there are, at least 2
     */
    public record Part(int number, int of) {
        public Part {
            if (of < 2 || number < 1 || number > of) {
                throw new IllegalArgumentException("part " + number + " of " + of);
            }
        }

        /** Absent where there is only one. */
        public static @Nullable Part of(int number, int of) {
            return of == 1 ? null : new Part(number, of);
        }
    }
}
