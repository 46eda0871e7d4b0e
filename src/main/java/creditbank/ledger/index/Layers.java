package creditbank.ledger.index;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The whole index at one moment: runs of recent entries, the newest first, over the file that holds
 * the rest. What a newer layer says of a key hides what older ones say; so it does no harm that the
 * file may meanwhile have taken in a run that is still among the recent ones.
 */
public record Layers(List<Recent> recents, IndexFile.Questions file) {

    /** The same below a newer run. */
    Layers under(Recent newer) {
        List<Recent> all = new ArrayList<>(recents.size() + 1);
        all.add(newer);
        all.addAll(recents);
        return new Layers(all, file);
    }

    /** The sequence of the stream's last entry, or -1. */
    public long lastSequence(String stream) {
        for (Recent recent : recents) {
            Recent.Tail tail = recent.tail(stream);
            if (tail != null) {
                return tail.last();
            }
        }
        return file.lastSequence(stream);
    }

    /** The first entry of a command, or -1. Its later entries may lie in a newer layer. */
    public long positionOfCommand(String commandId) {
        long first = file.positionOfCommand(commandId);
        if (first >= 0) {
            return first;
        }
        for (Recent recent : recents.reversed()) {
            Long position = recent.command(commandId);
            if (position != null) {
                return position;
            }
        }
        return -1;
    }

    /** The entry that holds a claim, or -1. */
    public long positionOfClaim(String claim) {
        for (Recent recent : recents) {
            Long position = recent.claim(claim);
            if (position != null) {
                return position;
            }
        }
        return file.positionOfClaim(claim);
    }

    /** Names of streams that begin so, behind one of them, in order. */
    public List<String> streams(String prefix, String behind, int limit) {
        SortedSet<String> names = new TreeSet<>(file.streams(prefix, behind, limit));
        for (Recent recent : recents) {
            for (String name : recent.streams().keySet()) {
                if (name.startsWith(prefix) && name.compareTo(behind) > 0) {
                    names.add(name);
                }
            }
        }
        return names.stream().limit(limit).toList();
    }

    /** Where the entries of a stream stand, at most {@code limit} from a sequence on, in order. */
    public List<Long> positions(String stream, long fromSequence, int limit) {
        List<Long> positions =
                new ArrayList<>(file.positions(stream, fromSequence, limit));
        for (Recent recent : recents.reversed()) {
            Recent.Tail tail = recent.tail(stream);
            if (tail != null) {
                long[] more = tail.positions();
                long next = fromSequence + positions.size();
                for (long at = next - tail.first();
                        at < more.length && positions.size() < limit; at++) {
                    positions.add(more[(int) at]);
                }
            }
        }
        return positions;
    }
}
