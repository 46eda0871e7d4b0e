package creditbank.digest;

import creditbank.api.digest.DigestCommand;
import creditbank.api.digest.DigestEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The Axon shell of {@link Digests}: takes commands in, puts events on, decides nothing. */
@AggregateRoot
public class DigestAggregate {

    @AggregateIdentifier
    private @Nullable String stream;
    private Digests state = Digests.NONE;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DigestCommand command) {
        Digests.decide(state, command).forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(DigestEvent event) {
        stream = event.projection().stream();
        state = Digests.evolve(state, event);
    }
}
