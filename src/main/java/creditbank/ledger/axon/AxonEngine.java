package creditbank.ledger.axon;

import creditbank.api.Command;
import creditbank.ledger.Ledger;
import java.util.function.Consumer;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * Axon Framework, put together by hand around the ledger: a command bus that works on the calling
 * thread, and for each kind of aggregate a caching repository.
 */
public final class AxonEngine {

    /**
     * How many accounts are remembered, by the memory there is: an account with some twenty
     * achievements takes about 10 KiB, and a few take much more.
     */
    private static final int MOST_CACHED = (int) Math.clamp(
            Runtime.getRuntime().maxMemory() >> 15, 1_000, 100_000);

    private final SimpleCommandBus bus = SimpleCommandBus.builder()
            .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
            .build();
    private final LockFactory locks = new StripedLocks();
    private final EmbeddedEventStore events;
    private final ParameterResolverFactory parameters;

    /** @param resources what command handlers may ask for by type */
    public AxonEngine(LedgerEventStorage storage, Iterable<?> resources) {
        this.events = EmbeddedEventStore.builder().storageEngine(storage).build();
        this.parameters = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(AxonEngine.class),
                new SimpleResourceParameterResolverFactory(resources));
    }

    public <T> void handle(Class<T> aggregate) {
        handle(aggregate, NoSnapshotTriggerDefinition.INSTANCE);
    }

    public <T> void handle(Class<T> aggregate, SnapshotTriggerDefinition snapshots) {
        EventSourcingRepository<T> repository = EventSourcingRepository.builder(aggregate)
                .eventStore(events)
                .parameterResolverFactory(parameters)
                .lockFactory(locks)
                .cache(new BoundedCache(MOST_CACHED))
                .snapshotTriggerDefinition(snapshots)
                .build();
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(aggregate)
                .repository(repository)
                .parameterResolverFactory(parameters)
                .commandTargetResolver(command -> new VersionedAggregateIdentifier(
                        ((Command) command.getPayload()).stream(), null))
                .build()
                .subscribe(bus);
    }

    public Commands commands(Ledger ledger, Consumer<String> forget) {
        return new Commands(bus, ledger, forget);
    }
}
