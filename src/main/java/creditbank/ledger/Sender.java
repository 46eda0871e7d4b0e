package creditbank.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Who sends a command.
 *
 * @param actor            such as {@code user/registrar}
 * @param onBehalfOf       such as {@code institution/dandong-tech}, if not for themselves
 * @param commandId        the same for the same command sent again
 * @param expectedSequence the last entry the sender has seen of the stream, if it must still be so
 */
public record Sender(String actor, @Nullable String onBehalfOf, String commandId,
        @Nullable Long expectedSequence) {
}
