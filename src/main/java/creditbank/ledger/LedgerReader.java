package creditbank.ledger;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Reads the ledger. A reader never sees a hole: the next entry after n is n+1. */
public interface LedgerReader extends Entries {

    /** How many entries are read at a time, where all are asked for. */
    int PAGE = 1_000;

    /** At most {@code limit} entries of a stream from a sequence on, in order. */
    List<Entry> readStream(String stream, long fromSequence, int limit);

    /** All entries from a position on, in order; any number of them needs the memory of a page. */
    default Iterable<Entry> read(long from) {
        return paged(from, next -> read(next, PAGE), Entry::position);
    }

    /** All entries of a stream from a sequence on, in order; read like {@link #read(long)}. */
    default Iterable<Entry> readStream(String stream, long fromSequence) {
        return paged(fromSequence, next -> readStream(stream, next, PAGE), Entry::sequence);
    }

    /**
     * Names of streams that hold an entry, in order, without reading the entries.
     *
     * @param prefix of the names, such as {@code rulebook/}
     * @param behind only those behind this name; empty for all
     */
    List<String> streams(String prefix, String behind, int limit);

    /** All names of streams that begin so, in order; read by pages, as entries are. */
    default Iterable<String> streams(String prefix) {
        return () -> Stream.iterate(streams(prefix, "", PAGE), page -> !page.isEmpty(),
                        page -> page.size() < PAGE ? List.<String>of()
                                : streams(prefix, page.getLast(), PAGE))
                .flatMap(List::stream).iterator();
    }

    private static Iterable<Entry> paged(
            long from, LongFunction<List<Entry>> read, ToLongFunction<Entry> place) {
        return () -> Stream.iterate(read.apply(from), page -> !page.isEmpty(),
                        page -> page.size() < PAGE ? List.<Entry>of()
                                : read.apply(place.applyAsLong(page.getLast()) + 1))
                .flatMap(List::stream).iterator();
    }

    /**
     * The position of the first entry recorded at an instant or later, or that of the next entry;
     * found by halving, since {@code recordedAt} never goes back.
     */
    default long firstAt(Instant instant) {
        long low = 0;
        long high = size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            Instant at = EntryFormat.recordedAt(read(middle, 1).getFirst().bytes());
            if (at.isBefore(instant)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The sequence of the stream's last entry, or -1. */
    long lastSequence(String stream);

    /** The first entry of a command, if it was carried out. */
    OptionalLong positionOfCommand(String commandId);

    /** The entry that holds a claim now, if any does. */
    OptionalLong positionOfClaim(String claim);
}
