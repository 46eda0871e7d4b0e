package creditbank.institution;

import creditbank.api.institution.InstitutionCommand;
import creditbank.api.institution.InstitutionEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The Axon shell of {@link Institution}: takes commands in, puts events on, decides nothing. */
@AggregateRoot
public class InstitutionAggregate {

    @AggregateIdentifier
    private @Nullable String stream;
    private Institution state = Institution.NONE;

    /** An institution that was never registered is decided on too: the decision says why not. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(InstitutionCommand command) {
        Institution.decide(state, command).forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(InstitutionEvent event) {
        stream = event.institution().stream();
        state = Institution.evolve(state, event);
    }
}
