package creditbank.ledger;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a command.
 *
 * @param actor            such as {@code user/registrar}; stands in clear for ever, so a user's
 *                         name is not a person's
 * @param onBehalfOf       such as {@code institution/dandong-tech}, if not for themselves
 * @param commandId        the same for the same command sent again
 * @param expectedSequence the last entry the sender has seen of the stream, if it must still be so
 */
public record Sender(String actor, @Nullable String onBehalfOf, String commandId,
        @Nullable Long expectedSequence) {

    private static final Pattern ACTOR = Pattern.compile("(user|system)/[A-Za-z0-9._-]{1,60}");

    public Sender {
        if (!ACTOR.matcher(actor).matches()) {
            throw new IllegalArgumentException("Entries name no such actor: " + actor);
        }
    }
}
