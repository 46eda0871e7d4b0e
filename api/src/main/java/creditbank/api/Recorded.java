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
        @Nullable Reason reason,
        Event event) {
}
