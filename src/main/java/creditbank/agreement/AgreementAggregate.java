package creditbank.agreement;

import creditbank.api.agreement.AgreementCommand;
import creditbank.api.agreement.AgreementEvent;
import creditbank.enactment.ApprovedRulebooks;
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

/** The Axon shell of {@link Agreement}: takes commands in, puts events on, decides nothing. */
@AggregateRoot
public class AgreementAggregate {

    @AggregateIdentifier
    private @Nullable String stream;
    private Agreement state = Agreement.NONE;

    /** An agreement that was never proposed is decided on too: the decision says why not. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AgreementCommand command, InstitutionRoll institutions,
            ApprovedRulebooks approved, Clock clock) {
        Agreement.decide(state, command, institutions, approved, LocalDate.now(clock))
                .forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(AgreementEvent event) {
        stream = event.agreement().stream();
        state = Agreement.evolve(state, event);
    }
}
