package creditbank.programme;

import creditbank.api.programme.ProgrammeCommand;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.institution.InstitutionRoll;
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

/** The Axon shell of {@link Programme}: takes commands in, puts events on, decides nothing. */
@AggregateRoot
public class ProgrammeAggregate {

    @AggregateIdentifier
    private @Nullable String stream;
    private Programme state = Programme.NONE;

    /** A programme that was never defined is decided on too: the decision says why not. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ProgrammeCommand command, InstitutionRoll institutions, Clock clock) {
        Programme.decide(state, command, institutions, LocalDate.now(clock))
                .forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(ProgrammeEvent event) {
        stream = event.programme().id().stream();
        state = Programme.evolve(state, event);
    }
}
