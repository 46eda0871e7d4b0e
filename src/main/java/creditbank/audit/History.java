package creditbank.audit;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.ledger.Entries;
import creditbank.ledger.EntryFormat;
import java.time.Instant;

/** Finds moments by position and by time. */
public final class History {

    private final Entries ledger;

    public History(Entries ledger) {
        this.ledger = ledger;
    }

    /** @throws Refused if the ledger is empty */
    public Moment newest() {
        return at(Math.max(0, ledger.size() - 1));
    }

    /** @throws Refused if no entry stands there */
    public Moment at(long position) {
        long size = ledger.size();
        Refused.refuseIf(position >= size,
                () -> new Refusal.PositionBeyondTheEnd(position, size - 1));
        return new Moment(position, recordedAt(position));
    }

    /**
     * The last entry that was recorded at an instant or before it: the time of recording never
     * goes back from one entry to the next.
     *
     * @throws Refused if there was none yet
     */
    public Moment at(Instant instant) {
        Moment newest = newest();
        Instant first = recordedAt(0);
        Refused.refuseIf(instant.isBefore(first),
                () -> new Refusal.BeforeTheFirstEntry(instant, first));
        long low = 0;
        long high = newest.position();
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (recordedAt(middle).isAfter(instant)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return new Moment(low, recordedAt(low));
    }

    private Instant recordedAt(long position) {
        return EntryFormat.recordedAt(ledger.read(position, 1).getFirst().bytes());
    }
}
