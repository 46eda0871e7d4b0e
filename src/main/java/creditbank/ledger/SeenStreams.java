package creditbank.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import creditbank.api.Event;
import java.util.function.BiFunction;

/**
 * How streams of one kind stand, for decisions of other streams; kept from the ledger. What a
 * decision has seen here becomes a condition of its commit, so a change that came in between is
 * never overlooked; the streams themselves are not locked.
 *
 * @param <S> the state that a stream is folded to
 */
public final class SeenStreams<S> {

    private static final int MOST_CACHED = 10_000;

    private record Seen<S>(S state, long lastSequence) {
    }

    private final LedgerReader ledger;
    private final S none;
    private final BiFunction<S, Event, S> evolve;
    private final Cache<String, Seen<S>> seen =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();

    /** @param none the state of a stream without entries */
    public SeenStreams(LedgerReader ledger, S none, BiFunction<S, Event, S> evolve) {
        this.ledger = ledger;
        this.none = none;
        this.evolve = evolve;
    }

    /** As it stands; the command that is being carried out depends on it from now on. */
    public S get(String stream) {
        Seen<S> now = seen.get(stream, this::read);
        CommandScope.current().dependOn(stream, now.lastSequence());
        return now.state();
    }

    /** Forgets what may have changed. */
    public void forget(String stream) {
        seen.invalidate(stream);
    }

    private Seen<S> read(String stream) {
        Seen<S> now = new Seen<>(none, -1);
        for (Entry entry : ledger.readStream(stream, 0)) {
            now = new Seen<>(evolve.apply(now.state(), EntryFormat.read(entry).event()),
                    entry.sequence());
        }
        return now;
    }
}
