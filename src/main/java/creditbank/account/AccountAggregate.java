package creditbank.account;

import creditbank.api.account.AccountCommand;
import creditbank.api.account.AccountEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The Axon shell of {@link Account}: takes commands in, puts events on, decides nothing. */
@AggregateRoot
public class AccountAggregate {

    @AggregateIdentifier
    private @Nullable String stream;
    private Account state = Account.NONE;

    AccountAggregate() {
    }

    /** As of a snapshot. */
    AccountAggregate(String stream, Account state) {
        this.stream = stream;
        this.state = state;
    }

    /** An account that was never opened is decided on too: the decision says why not. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AccountCommand command, Surroundings around) {
        Account.decide(state, command, around).forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(AccountEvent event) {
        stream = event.learner().stream();
        state = Account.evolve(state, event);
    }
}
