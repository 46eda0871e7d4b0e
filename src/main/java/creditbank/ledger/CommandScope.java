package creditbank.ledger;

import creditbank.api.value.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds one attempt at one command: who sent it, what its decision looked at, and what
 * became of it. Bound to the thread that carries the command out.
 */
public final class CommandScope {

    private static final ScopedValue<CommandScope> CURRENT = ScopedValue.newInstance();

    private final Sender sender;
    private final @Nullable Reason reason;
    private final Map<String, Long> unchanged = new HashMap<>();
    private @Nullable Receipt receipt;

    public CommandScope(Sender sender, @Nullable Reason reason) {
        this.sender = sender;
        this.reason = reason;
    }

    public static CommandScope current() {
        if (!CURRENT.isBound()) {
            throw new NoSuchElementException("No command is being carried out here");
        }
        return CURRENT.get();
    }

    public void around(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    public Sender sender() {
        return sender;
    }

    public @Nullable Reason reason() {
        return reason;
    }

    /** The decision rests on this stream ending with this sequence. */
    public void dependOn(String stream, long lastSequence) {
        unchanged.put(stream, lastSequence);
    }

    public Map<String, Long> unchanged() {
        return unchanged;
    }

    public void stands(Receipt now) {
        receipt = now;
    }

    public @Nullable Receipt receipt() {
        return receipt;
    }
}
