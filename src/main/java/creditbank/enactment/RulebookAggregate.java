package creditbank.enactment;

import creditbank.api.rulebook.RulebookCommand;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.rulebook.Enactment;
import java.time.Clock;
import java.time.LocalDate;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The Axon shell of {@link Enactment}: takes commands in, puts events on, decides nothing. */
@AggregateRoot
public class RulebookAggregate {

    @AggregateIdentifier
    private @Nullable String stream;
    private Enactment.Versions versions = Enactment.NONE;

    /** A rulebook that was never proposed is decided on too: the decision says why not. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RulebookCommand command, Clock clock) {
        Enactment.decide(versions, command, LocalDate.now(clock))
                .forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(RulebookEvent event) {
        stream = event.rulebook().id().stream();
        versions = Enactment.evolve(versions, event);
    }
}
