package creditbank.ledger;

import creditbank.api.value.Claim;
import creditbank.ledger.Commit.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The contract of a store in the plainest form there is: lists and maps under one lock. Holds the
 * conformance kit to what it says, since a kit that only one store can pass says nothing.
 */
public final class MemoryLedgerStore implements LedgerStore {

    /** What outlives a store: its disk, so to speak. */
    public static final class Disk {
        private List<Entry> entries = new ArrayList<>();
        private Map<String, Long> commands = new HashMap<>();
        private Map<String, Long> claims = new HashMap<>();

        private Disk copy() {
            Disk copy = new Disk();
            copy.entries = new ArrayList<>(entries);
            copy.commands = new HashMap<>(commands);
            copy.claims = new HashMap<>(claims);
            return copy;
        }

        private void become(Disk other) {
            entries = other.entries;
            commands = other.commands;
            claims = other.claims;
        }
    }

    private final Disk disk;

    public MemoryLedgerStore(Disk disk) {
        this.disk = disk;
    }

    @Override
    public List<Outcome> append(List<Commit> batch, Instant at) {
        synchronized (disk) {
            Instant last = disk.entries.isEmpty() ? Instant.EPOCH
                    : EntryFormat.recordedAt(disk.entries.getLast().bytes());
            byte[] time = EntryFormat.time(
                    EntryFormat.writable(at.isBefore(last) ? last : at));
            return batch.stream().map(commit -> append(commit, time)).toList();
        }
    }

    private Outcome append(Commit commit, byte[] time) {
        Disk after = disk.copy();
        Outcome outcome = append(after, commit, time);
        if (outcome instanceof Outcome.Appended) {
            disk.become(after);
        }
        return outcome;
    }

    private static Outcome append(Disk disk, Commit commit, byte[] time) {
        for (Map.Entry<String, Long> seen : commit.unchanged().entrySet()) {
            if (lastSequence(disk, seen.getKey()) != seen.getValue()) {
                return new Outcome.StreamMoved(seen.getKey());
            }
        }
        long first = disk.entries.size();
        Long known = disk.commands.putIfAbsent(commit.commandId(), first);
        if (known != null) {
            return new Outcome.CommandKnown(known);
        }
        for (Draft draft : commit.drafts()) {
            Outcome refused = append(disk, draft, time);
            if (refused != null) {
                return refused;
            }
        }
        return new Outcome.Appended(first);
    }

    private static @Nullable Outcome append(Disk disk, Draft draft, byte[] time) {
        if (lastSequence(disk, draft.stream()) + 1 != draft.sequence()) {
            return new Outcome.StreamMoved(draft.stream());
        }
        long position = disk.entries.size();
        byte[] bytes = draft.bytes().clone();
        EntryFormat.setTime(bytes, time);
        disk.entries.add(new Entry(position, draft.stream(), draft.sequence(), bytes));
        for (Claim claim : draft.releases()) {
            if (disk.claims.remove(claim.text()) == null) {
                return new Outcome.ClaimNotHeld(claim);
            }
        }
        for (Claim claim : draft.claims()) {
            Long holder = disk.claims.putIfAbsent(claim.text(), position);
            if (holder != null) {
                return new Outcome.ClaimTaken(claim, holder);
            }
        }
        return null;
    }

    private static long lastSequence(Disk disk, String stream) {
        return disk.entries.stream().filter(e -> e.stream().equals(stream)).count() - 1;
    }

    @Override
    public long size() {
        synchronized (disk) {
            return disk.entries.size();
        }
    }

    @Override
    public List<Entry> read(long from, int limit) {
        synchronized (disk) {
            return disk.entries.stream().skip(from).limit(limit).toList();
        }
    }

    @Override
    public List<Entry> readStream(String stream, long fromSequence, int limit) {
        synchronized (disk) {
            return disk.entries.stream().filter(e -> e.stream().equals(stream))
                    .skip(fromSequence).limit(limit).toList();
        }
    }

    @Override
    public long lastSequence(String stream) {
        synchronized (disk) {
            return lastSequence(disk, stream);
        }
    }

    @Override
    public List<String> streams(String prefix, String behind, int limit) {
        synchronized (disk) {
            return disk.entries.stream().map(Entry::stream)
                    .filter(name -> name.startsWith(prefix) && name.compareTo(behind) > 0)
                    .distinct().sorted().limit(limit).toList();
        }
    }

    @Override
    public OptionalLong positionOfCommand(String commandId) {
        synchronized (disk) {
            return found(disk.commands.get(commandId));
        }
    }

    @Override
    public OptionalLong positionOfClaim(String claim) {
        synchronized (disk) {
            return found(disk.claims.get(claim));
        }
    }

    private static OptionalLong found(@Nullable Long position) {
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    @Override
    public void close() {
        // Memory needs no closing.
    }
}
