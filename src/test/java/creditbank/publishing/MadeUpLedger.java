package creditbank.publishing;

import creditbank.ledger.Commit;
import creditbank.ledger.Drafts;
import creditbank.ledger.Entry;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.Outcome;
import creditbank.proof.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/** A ledger whose entries are of no meaning: only their bytes matter here. */
final class MadeUpLedger implements LedgerStore {

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final AtomicInteger commands = new AtomicInteger();
    private final LongFunction<String> text;
    private volatile long firstRead = Long.MAX_VALUE;

    MadeUpLedger() {
        this(position -> "entry " + position);
    }

    MadeUpLedger(LongFunction<String> text) {
        this.text = text;
    }

    static MadeUpLedger of(int count) {
        MadeUpLedger ledger = new MadeUpLedger();
        ledger.grow(count);
        return ledger;
    }

    void grow(int count) {
        List<Entry> more = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long position = entries.size() + i;
            more.add(new Entry(position, "s", position,
                    text.apply(position).getBytes(StandardCharsets.UTF_8)));
        }
        entries.addAll(more);
    }

    /** The ledger that follows this store, and is told of what comes. */
    Ledger ledger() {
        return new Ledger(this, Clock.systemUTC());
    }

    /** One more, by the ledger's own way. */
    void append(Ledger ledger) {
        ledger.append(Drafts.one("command " + commands.incrementAndGet(), "s", 0));
    }

    /** By the definition of the tree. */
    Hash root(int low, int high) {
        if (high - low == 0) {
            return Hash.EMPTY;
        }
        if (high - low == 1) {
            return Hash.leaf(Hash.sha(entries.get(low).bytes()).bytes());
        }
        int split = Integer.highestOneBit(high - low - 1);
        return Hash.node(root(low, low + split), root(low + split, high));
    }

    /** The lowest position that was read. */
    long firstRead() {
        return firstRead;
    }

    @Override
    public List<Outcome> append(List<Commit> batch, Instant at) {
        return batch.stream().map(_ -> {
            long position = entries.size();
            grow(1);
            return (Outcome) new Outcome.Appended(position);
        }).toList();
    }

    @Override
    public long size() {
        return entries.size();
    }

    @Override
    public List<Entry> read(long from, int limit) {
        firstRead = Math.min(firstRead, from);
        return entries.stream().skip(from).limit(limit).toList();
    }

    @Override
    public List<Entry> readStream(String stream, long fromSequence, int limit) {
        return read(fromSequence, limit);
    }

    @Override
    public long lastSequence(String stream) {
        return size() - 1;
    }

    @Override
    public List<String> streams(String prefix, String behind, int limit) {
        return "s".startsWith(prefix) && behind.isEmpty() && size() > 0 ? List.of("s") : List.of();
    }

    @Override
    public OptionalLong positionOfCommand(String commandId) {
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong positionOfClaim(String claim) {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
