package creditbank.ledger.axon;

import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.Recorded.Part;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.value.Rule;
import creditbank.ledger.CommandScope;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Outcome;
import creditbank.ledger.Receipt;
import creditbank.ledger.Sender;
import creditbank.ledger.TakenClaim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Axon's events as entries. All events of one unit of work are one commit; the call returns when
 * they are durable. Tracking tokens are plain positions: the ledger has no gaps to remember.
 */
public final class LedgerEventStorage implements EventStorageEngine {

    private final Ledger ledger;
    private final LedgerReader reader;
    private final Supplier<UUID> ids;
    private final Function<String, Optional<DomainEventMessage<?>>> snapshots;

    /**
     * @param ids       random ids for entries
     * @param snapshots the newest snapshot of a stream, if there is one
     */
    public LedgerEventStorage(Ledger ledger, Supplier<UUID> ids,
            Function<String, Optional<DomainEventMessage<?>>> snapshots) {
        this.ledger = ledger;
        this.reader = ledger.reader();
        this.ids = ids;
        this.snapshots = snapshots;
    }

    // ------------------------------------------------------------------ appending

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        CommandScope scope = CommandScope.current();
        List<Draft> drafts = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            drafts.add(draft((DomainEventMessage<?>) event,
                    Part.of(drafts.size() + 1, events.size()), scope));
        }
        Commit commit = new Commit(scope.sender().commandId(), drafts, scope.unchanged());
        switch (ledger.appendOrRefuse(commit)) {
            case Outcome.Appended appended -> scope.stands(Receipt.of(
                    (Event) events.getFirst().getPayload(), appended.position(),
                    drafts.getLast().sequence()));
            case Outcome.CommandKnown known -> throw new CommandKnownException(known.position());
            case Outcome.ClaimTaken taken -> throw new Refused(
                    TakenClaim.read(reader, taken.claim(), taken.position()).refusal());
            case Outcome.ClaimNotHeld lost -> throw LedgerFailure.damaged("The claim "
                    + lost.claim() + " is to be released but nobody holds it. Nothing was"
                    + " recorded; run `creditbank verify` to see where the ledger's index of"
                    + " claims went wrong.", null);
            case Outcome.StreamMoved moved -> throw new StreamMovedException(moved.stream());
            case Outcome.TooLarge large -> throw new Refused(new Refusal.ValueInvalid(
                    "", Rule.BODY_TOO_LARGE, String.valueOf(large.bytes())));
        }
    }

    private Draft draft(
            DomainEventMessage<?> message, @Nullable Part part, CommandScope scope) {
        Sender sender = scope.sender();
        Event event = (Event) message.getPayload();
        String stream = message.getAggregateIdentifier();
        byte[] bytes = EntryFormat.write(ids.get().toString(), stream,
                message.getSequenceNumber(), sender.actor(), sender.onBehalfOf(),
                sender.commandId(), part, scope.reason(), event);
        return new Draft(
                stream, message.getSequenceNumber(), bytes, event.claims(), event.releases());
    }

    /** The command was carried out before; what was decided now is to be forgotten. */
    static final class CommandKnownException extends RuntimeException {
        private final long position;

        CommandKnownException(long position) {
            super("known at " + position, null, false, false);
            this.position = position;
        }

        long position() {
            return position;
        }
    }

    /** A stream is not what the decision saw; it is to be loaded and decided on again. */
    static final class StreamMovedException extends ConcurrencyException {
        private final String stream;

        StreamMovedException(String stream) {
            super(stream + " has moved");
            this.stream = stream;
        }

        String stream() {
            return stream;
        }
    }

    // ------------------------------------------------------------------ reading

    @Override
    public DomainEventStream readEvents(String stream, long firstSequence) {
        return DomainEventStream.of(each(reader.readStream(stream, firstSequence))
                .map(LedgerEventStorage::domainEvent));
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(
            @Nullable TrackingToken token, boolean mayBlock) {
        long from = token == null ? 0 : token.position().orElseThrow() + 1;
        return each(reader.read(from)).map(entry -> new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(entry.position()), domainEvent(entry)));
    }

    private static Stream<Entry> each(Iterable<Entry> entries) {
        return StreamSupport.stream(entries.spliterator(), false);
    }

    private static DomainEventMessage<?> domainEvent(Entry entry) {
        Recorded recorded = EntryFormat.read(entry);
        return new GenericDomainEventMessage<>(null, recorded.stream(), recorded.sequence(),
                recorded.event(), MetaData.emptyInstance(), recorded.id(),
                recorded.recordedAt());
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String stream) {
        long last = reader.lastSequence(stream);
        return last < 0 ? Optional.empty() : Optional.of(last);
    }

    // ------------------------------------------------------------------ snapshots, tokens

    /** Snapshots are made by the features themselves; see {@code AccountSnapshots}. */
    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("Axon's own snapshotter is not in use");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
        return snapshots.apply(stream);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return tokenBefore(reader.size());
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant instant) {
        return tokenBefore(reader.firstAt(instant));
    }

    private static @Nullable TrackingToken tokenBefore(long position) {
        return position == 0 ? null : new GlobalSequenceTrackingToken(position - 1);
    }
}
