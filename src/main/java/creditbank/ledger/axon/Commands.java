package creditbank.ledger.axon;

import creditbank.api.Command;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.ledger.CommandScope;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Receipt;
import creditbank.ledger.Sender;
import creditbank.ledger.axon.LedgerEventStorage.CommandKnownException;
import creditbank.ledger.axon.LedgerEventStorage.StreamMovedException;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.GenericMessage;
import org.jspecify.annotations.Nullable;

/**
 * The gate of the bank: every command goes through here and either stands, durably, or is refused.
 * A command that was carried out before gets its first answer, whatever has happened since.
 */
public final class Commands {

    /** A stream that other nodes or threads move this often in a row is too busy to wait for. */
    private static final int MOST_ATTEMPTS = 8;

    private static final Sender NOBODY = new Sender("system/question", null, "question", null);

    private final CommandBus bus;
    private final LedgerReader ledger;
    private final Consumer<String> forget;

    /** @param forget told of each stream that turned out to have moved */
    public Commands(CommandBus bus, Ledger ledger, Consumer<String> forget) {
        this.bus = bus;
        this.ledger = ledger.reader();
        this.forget = forget;
    }

    /**
     * Carries a command out on the calling thread; returns when it stands.
     *
     * @throws Refused if it does not
     */
    public Receipt send(Command command, Sender sender) {
        try {
            return attempt(command, sender);
        } catch (Refused refused) {
            // Sent again, a command may well be at odds with its own first effect.
            OptionalLong first = ledger.positionOfCommand(sender.commandId());
            if (first.isPresent()) {
                return Receipt.again(ledger, first.getAsLong());
            }
            throw refused;
        }
    }

    private Receipt attempt(Command command, Sender sender) {
        Long expected = sender.expectedSequence();
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            CommandScope scope = new CommandScope(sender, command.reason());
            refuseIfVersionDiffers(command, expected);
            if (expected != null) {
                scope.dependOn(command.stream(), expected);
            }
            try {
                scope.around(() -> dispatch(command));
                return Objects.requireNonNull(scope.receipt(), "a decision without events");
            } catch (CommandKnownException known) {
                return Receipt.again(ledger, known.position());
            } catch (StreamMovedException moved) {
                forget.accept(moved.stream());
            } catch (Refused refused) {
                // What was remembered of another stream may be old; then the refusal is void.
                if (!forgetMoved(scope)) {
                    throw refused;
                }
            }
        }
        throw new Refused(new Refusal.AccountContended(MOST_ATTEMPTS));
    }

    /**
     * Answers a question as a command would be decided on, of which nothing comes; anew where what
     * was remembered of another stream was old.
     */
    public <T> T ask(Supplier<T> question) {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            CommandScope scope = new CommandScope(NOBODY, null);
            AtomicReference<T> answer = new AtomicReference<>();
            try {
                scope.around(() -> answer.set(question.get()));
            } catch (Refused refused) {
                if (!forgetMoved(scope)) {
                    throw refused;
                }
                continue;
            }
            if (!forgetMoved(scope)) {
                return answer.get();
            }
        }
        throw new Refused(new Refusal.AccountContended(MOST_ATTEMPTS));
    }

    /** Answers whether any stream that the decision looked at has moved since. */
    private boolean forgetMoved(CommandScope scope) {
        boolean any = false;
        for (Map.Entry<String, Long> seen : scope.unchanged().entrySet()) {
            if (ledger.lastSequence(seen.getKey()) != seen.getValue()) {
                forget.accept(seen.getKey());
                any = true;
            }
        }
        return any;
    }

    private void refuseIfVersionDiffers(Command command, @Nullable Long expected) {
        if (expected != null) {
            long actual = ledger.lastSequence(command.stream());
            Refused.refuseIf(actual != expected,
                    () -> new Refusal.VersionMismatch(expected, actual));
        }
    }

    private void dispatch(Command command) {
        bus.dispatch(message(command), (_, result) -> unwrap(result));
    }

    private static void unwrap(CommandResultMessage<?> result) {
        if (result.isExceptional()) {
            if (result.exceptionResult() instanceof RuntimeException e) {
                throw e;
            }
            throw new IllegalStateException(result.exceptionResult());
        }
    }

    /** One handler for each aggregate: it takes the widest sealed interface below Command. */
    private static final ClassValue<String> HANDLED_AS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            Class<?> family = type;
            while (family.getInterfaces()[0] != Command.class) {
                family = family.getInterfaces()[0];
            }
            return family.getName();
        }
    };

    public static CommandMessage<Command> message(Command command) {
        return new GenericCommandMessage<>(
                new GenericMessage<>(command), HANDLED_AS.get(command.getClass()));
    }
}
