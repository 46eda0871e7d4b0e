package creditbank;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.digest.DigestEvent;
import creditbank.api.digest.DigestEvent.StateDigested;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Outcome;
import creditbank.ledger.Sender;
import creditbank.projections.Projection;
import creditbank.views.ViewKeeper;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * States in the ledger what the views came to: when it is asked for, and by itself once a business
 * day on which there is something new. Each look at them is one entry. Reads all documents of
 * {@code views.db} meanwhile, in one read; no command waits for that.
 */
public final class RecordingDigests implements AutoCloseable {

    /** The actor of the bank's own ones. */
    static final String ACTOR = "system/bank";

    private static final Duration BETWEEN = Duration.ofHours(1);

    /** Only somebody else who looked can come in between. */
    private static final int MOST_ATTEMPTS = 8;

    private final Ledger ledger;
    private final LedgerReader reader;
    private final ViewKeeper keeper;
    private final List<Projection> projections;
    private final Supplier<UUID> ids;
    private final UnaryOperator<String> commandOfDay;
    private final Clock clock;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("recording-digests").daemon().factory());

    /**
     * @param ids          random ids for entries
     * @param commandOfDay the bank's own command of a day, the same for the same day
     */
    RecordingDigests(Ledger ledger, ViewKeeper keeper, List<Projection> projections,
            Supplier<UUID> ids, UnaryOperator<String> commandOfDay, Clock clock) {
        this.ledger = ledger;
        this.reader = ledger.reader();
        this.keeper = keeper;
        this.projections = projections;
        this.ids = ids;
        this.commandOfDay = commandOfDay;
        this.clock = clock;
    }

    /** Looks every hour whether it is another day: its midnight is known to the zone alone. */
    void start() {
        worker.scheduleWithFixedDelay(this::quietly, BETWEEN.toSeconds(), BETWEEN.toSeconds(),
                TimeUnit.SECONDS);
    }

    private void quietly() {
        try {
            round();
        } catch (RuntimeException e) {
            if (worker.isShutdown()) {
                return;
            }
            // The next round finds it undone.
            System.getLogger(RecordingDigests.class.getName()).log(
                    System.Logger.Level.WARNING, "Digests of the views are not recorded", e);
        }
    }

    /** States the day's digests unless that was done, or nothing is new; answers whether. */
    boolean round() {
        String command = commandOfDay.apply(LocalDate.now(clock).toString());
        if (reader.positionOfCommand(command).isPresent() || !isSomethingNew()) {
            return false;
        }
        record(new Sender(ACTOR, null, command, null));
        return true;
    }

    /** Since the bank's own last look; other looks are nothing new to look at. */
    private boolean isSomethingNew() {
        for (long at = reader.size() - 1; at >= 0; at--) {
            Entry entry = reader.read(at, 1).getFirst();
            if (!entry.stream().equals(DigestEvent.STREAM)) {
                return true;
            }
            if (EntryFormat.read(entry).actor().equals(ACTOR)) {
                return false;
            }
        }
        return false;
    }

    /**
     * States the digests of all projections as they are kept now, each with the number of entries
     * at which it stands, whether or not that is anything new.
     *
     * @return the position of the entry; the first one's, if the command was carried out before
     * @throws Refused if it cannot be written, or others looked since what the sender has seen
     */
    public long record(Sender sender) {
        OptionalLong before = reader.positionOfCommand(sender.commandId());
        return before.isPresent() ? before.getAsLong()
                : append(sender, new StateDigested(keeper.digests(projections)));
    }

    private long append(Sender sender, StateDigested event) {
        Long expected = sender.expectedSequence();
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            long last = reader.lastSequence(DigestEvent.STREAM);
            if (expected != null && expected != last) {
                throw new Refused(new Refusal.VersionMismatch(expected, last));
            }
            switch (ledger.appendOrRefuse(new Commit(sender.commandId(),
                    List.of(draft(sender, last + 1, event)), Map.of()))) {
                case Outcome.Appended(long position) -> {
                    return position;
                }
                case Outcome.CommandKnown(long position) -> {
                    return position;
                }
                case Outcome.StreamMoved _ -> {
                    // Its last entry is looked up anew.
                }
                case Outcome.ClaimTaken _, Outcome.ClaimNotHeld _, Outcome.TooLarge _ ->
                        throw new IllegalStateException(
                                "A look is a small command, and claims nothing");
            }
        }
        throw new Refused(new Refusal.AccountContended(MOST_ATTEMPTS));
    }

    private Draft draft(Sender sender, long sequence, StateDigested event) {
        return new Draft(DigestEvent.STREAM, sequence, EntryFormat.write(ids.get().toString(),
                DigestEvent.STREAM, sequence, sender.actor(), sender.onBehalfOf(),
                sender.commandId(), null, null, event), List.of(), List.of());
    }

    /** Does not wait for a digest under way: it may take minutes, and is made again. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
