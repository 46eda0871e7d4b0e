package creditbank;

import creditbank.api.Recorded;
import creditbank.api.Refused;
import creditbank.api.digest.DigestCommand.RecordDigest;
import creditbank.api.digest.ProjectionName;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Sender;
import creditbank.ledger.axon.Commands;
import creditbank.projections.Projection;
import creditbank.views.StateDigest;
import creditbank.views.ViewKeeper;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * States in the ledger what the views came to: when it is asked for, and by itself once a business
 * day on which there is something new. Reads all documents of {@code views.db} meanwhile, in one
 * read; no command waits for that.
 */
public final class RecordingDigests implements AutoCloseable {

    /** The actor of the bank's own ones. */
    static final String ACTOR = "system/bank";

    private static final Duration BETWEEN = Duration.ofHours(1);

    private final LedgerReader ledger;
    private final ViewKeeper keeper;
    private final List<Projection> projections;
    private final Commands commands;
    private final Clock clock;
    private final BinaryOperator<String> commandIds;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("recording-digests").daemon().factory());

    /** @param commandIds of an occasion and of a projection, the same for the same two */
    RecordingDigests(LedgerReader ledger, ViewKeeper keeper, List<Projection> projections,
            Commands commands, Clock clock, BinaryOperator<String> commandIds) {
        this.ledger = ledger;
        this.keeper = keeper;
        this.projections = projections;
        this.commands = commands;
        this.clock = clock;
        this.commandIds = commandIds;
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

    /** States the day's digests unless that was done, or nothing is new; answers how many. */
    int round() {
        LocalDate today = LocalDate.now(clock);
        Recorded last = last();
        if (ledger.size() == 0 || last != null && (isOf(today, last) || isTheEnd(last))) {
            return 0;
        }
        return record(new Sender(ACTOR, null, "digests " + today, null)).size();
    }

    private boolean isOf(LocalDate day, Recorded entry) {
        return LocalDate.ofInstant(entry.recordedAt(), clock.getZone()).equals(day);
    }

    /** The digests themselves are nothing new to digest. */
    private boolean isTheEnd(Recorded last) {
        return last.position() == ledger.size() - 1;
    }

    /** The newest digest of any projection. */
    private @Nullable Recorded last() {
        Recorded last = null;
        for (Projection projection : projections) {
            String stream = new ProjectionName(projection.name()).stream();
            long sequence = ledger.lastSequence(stream);
            Recorded found = sequence < 0 ? null : EntryFormat.read(
                    ledger.readStream(stream, sequence, 1).getFirst());
            if (found != null && (last == null || found.position() > last.position())) {
                last = found;
            }
        }
        return last;
    }

    /**
     * States the digest of each projection as it is kept now, each with the number of entries at
     * which it stands.
     *
     * @param sender its command is the occasion; each projection's gets one of its own from it
     * @throws Refused if one of them stands already
     */
    public List<Long> record(Sender sender) {
        List<Long> stated = new ArrayList<>();
        for (StateDigest digest : keeper.digests(projections)) {
            stated.add(commands.send(new RecordDigest(
                    new ProjectionName(digest.projection()), digest.version(), digest.entries(),
                    digest.digest()), new Sender(sender.actor(), sender.onBehalfOf(),
                    commandIds.apply(sender.commandId(), digest.projection()), null))
                    .position());
        }
        return stated;
    }

    /** Does not wait for a digest under way: it may take minutes, and is made again. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
