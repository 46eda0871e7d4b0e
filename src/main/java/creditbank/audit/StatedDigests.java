package creditbank.audit;

import creditbank.api.Recorded;
import creditbank.api.digest.DigestEvent;
import creditbank.api.digest.DigestEvent.StateDigested;
import creditbank.api.digest.StateDigest;
import creditbank.api.value.Digest;
import creditbank.ledger.Entries;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import java.util.ArrayList;
import java.util.List;

/** What the bank stated itself of its state, to be held against what a replay came to. */
public final class StatedDigests {

    /**
     * A digest that the bank stated of the same projection and version after as many entries.
     *
     * @param position of the entry that states it
     * @param agrees   whether it is the one that the replay came to
     */
    public record StatedDigest(long position, Digest digest, boolean agrees) {
    }

    private static final int AT_ONCE = 10_000;

    private final List<Recorded> looks;

    private StatedDigests(List<Recorded> looks) {
        this.looks = looks;
    }

    /** All there are: a few a day. */
    public static StatedDigests of(LedgerReader ledger) {
        List<Recorded> looks = new ArrayList<>();
        ledger.readStream(DigestEvent.STREAM, 0).forEach(e -> looks.add(EntryFormat.read(e)));
        return new StatedDigests(looks);
    }

    /**
     * Those behind a moment, where all that are of the entries up to it stand. For a ledger without
     * an index: reads it to its end.
     */
    public static StatedDigests behind(Moment moment, Entries ledger) {
        List<Recorded> looks = new ArrayList<>();
        long end = ledger.size();
        for (long from = moment.position() + 1; from < end; from += AT_ONCE) {
            for (Entry entry : ledger.read(from, (int) Math.min(AT_ONCE, end - from))) {
                if (entry.stream().equals(DigestEvent.STREAM)) {
                    looks.add(EntryFormat.read(entry));
                }
            }
        }
        return new StatedDigests(looks);
    }

    /** What an entry of the stream states. */
    public static List<StateDigest> in(Recorded look) {
        return switch ((DigestEvent) look.event()) {
            case StateDigested e -> e.digests();
        };
    }

    /** Empty where the bank stated nothing that has to agree with it. */
    public List<StatedDigest> sameAs(StateDigest made) {
        return looks.stream().flatMap(look -> in(look).stream().filter(made::isOfTheSame)
                .map(stated -> new StatedDigest(look.position(), stated.digest(),
                        stated.digest().equals(made.digest())))).toList();
    }
}
