package creditbank.ledger.index;

import creditbank.api.value.Claim;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of one run of positions add to the index. Written by one thread, read by any; a
 * reader may see the newest entry in one map and not yet in another.
 */
public final class Recent {

    /** In place of a position: the claim was held and is free again. */
    static final long FREE = -1;

    /** The entries of one stream in this run: they follow each other without a hole. */
    public static final class Tail {
        private final long first;
        private long[] positions = new long[2];
        private int count;

        private Tail(long first) {
            this.first = first;
        }

        /** What is there already is passed over, so a run can be added again after a failure. */
        private synchronized void add(long position) {
            if (count > 0 && position <= positions[count - 1]) {
                return;
            }
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, 2 * count);
            }
            positions[count++] = position;
        }

        private synchronized void addAll(Tail newer) {
            for (long position : newer.positions()) {
                add(position);
            }
        }

        /** The sequence of the first entry. */
        long first() {
            return first;
        }

        public synchronized long last() {
            return first + count - 1;
        }

        /** Where the entries stand, from {@link #first} on. */
        public synchronized long[] positions() {
            return Arrays.copyOf(positions, count);
        }
    }

    private final Map<String, Tail> streams = new ConcurrentHashMap<>();
    private final Map<String, Long> commands = new ConcurrentHashMap<>();
    private final Map<String, Long> claims = new ConcurrentHashMap<>();
    private final long from;
    private long to;

    /** @param from the position of the first entry to come */
    public Recent(long from) {
        this.from = from;
        this.to = from;
    }

    /** The next entry in the ledger's order, of a command that may have begun before it. */
    public void add(String stream, long sequence, String commandId, List<Claim> releases,
            List<Claim> taken) {
        streams.computeIfAbsent(stream, _ -> new Tail(sequence)).add(to);
        commands.putIfAbsent(commandId, to);
        releases.forEach(claim -> claims.put(claim.text(), FREE));
        taken.forEach(claim -> claims.put(claim.text(), to));
        to++;
    }

    /** Takes in the run right behind this one. */
    public void add(Recent next) {
        next.streams.forEach((stream, tail) ->
                streams.computeIfAbsent(stream, _ -> new Tail(tail.first())).addAll(tail));
        next.commands.forEach(commands::putIfAbsent);
        claims.putAll(next.claims);
        to = next.to;
    }

    @Nullable Tail tail(String stream) {
        return streams.get(stream);
    }

    @Nullable Long command(String commandId) {
        return commands.get(commandId);
    }

    /** The holder's position, {@link #FREE}, or null where this run says nothing of the claim. */
    @Nullable Long claim(String claim) {
        return claims.get(claim);
    }

    public Map<String, Tail> streams() {
        return streams;
    }

    Map<String, Long> commands() {
        return commands;
    }

    Map<String, Long> claims() {
        return claims;
    }

    /** The position of the first entry. */
    long from() {
        return from;
    }

    /** The position behind the last entry. */
    long to() {
        return to;
    }

    int size() {
        return (int) (to - from);
    }
}
