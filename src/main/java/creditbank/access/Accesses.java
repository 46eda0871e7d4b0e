package creditbank.access;

import creditbank.api.Recorded.Part;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.access.AccessEvent;
import creditbank.api.access.AccessEvent.PersonalDataDisclosed;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Outcome;
import creditbank.ledger.Sender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes down who is shown personal data of whom. There is no state to decide on, so no stream is
 * ever loaded: an access stream may be as long as it likes. All learners of one answer stand in one
 * commit, so a page of hundreds costs one write.
 */
public final class Accesses {

    /** Only another process that writes to the same ledger can come in between. */
    private static final int MOST_ATTEMPTS = 8;
    private static final int STRIPES = 1 << 10;

    private final Ledger ledger;
    private final LedgerReader reader;
    private final Supplier<UUID> ids;
    /** Who writes to one stream waits in line; taken in order, so nobody waits in a circle. */
    private final List<ReentrantLock> stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    /** @param ids random ids for entries */
    public Accesses(Ledger ledger, Supplier<UUID> ids) {
        this.ledger = ledger;
        this.reader = ledger.reader();
        this.ids = ids;
    }

    /**
     * Returns when it stands durably that the sender is shown these fields of these learners.
     *
     * @param shown at least one learner, and of each at least one field
     * @throws Refused if that cannot be written; then nothing may be shown
     */
    public void record(Sender sender, Map<LearnerId, ? extends Set<PersonalField>> shown) {
        List<PersonalDataDisclosed> events = shown.entrySet().stream()
                .map(each -> new PersonalDataDisclosed(each.getKey(), List.copyOf(each.getValue())))
                .toList();
        int[] lines = events.stream().mapToInt(e -> stripe(e.stream())).sorted().distinct()
                .toArray();
        Arrays.stream(lines).forEach(line -> stripes.get(line).lock());
        try {
            append(sender, events);
        } finally {
            Arrays.stream(lines).forEach(line -> stripes.get(line).unlock());
        }
    }

    private static int stripe(String stream) {
        int hash = stream.hashCode();
        return (hash ^ hash >>> 16) & (STRIPES - 1);
    }

    private void append(Sender sender, List<PersonalDataDisclosed> events) {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            Commit commit = new Commit(sender.commandId(), drafts(sender, events), Map.of());
            switch (ledger.appendOrRefuse(commit)) {
                case Outcome.Appended _ -> {
                    return;
                }
                case Outcome.StreamMoved _ -> {
                    // Its last entry is looked up anew.
                }
                case Outcome.CommandKnown _, Outcome.ClaimTaken _, Outcome.ClaimNotHeld _,
                        Outcome.TooLarge _ -> throw new IllegalStateException(
                                "A reading is a small command of its own, and claims nothing");
            }
        }
        throw new Refused(new Refusal.AccountContended(MOST_ATTEMPTS));
    }

    private List<Draft> drafts(Sender sender, List<PersonalDataDisclosed> events) {
        List<Draft> drafts = new ArrayList<>(events.size());
        for (PersonalDataDisclosed event : events) {
            String stream = AccessEvent.stream(event.learner());
            long sequence = reader.lastSequence(stream) + 1;
            drafts.add(new Draft(stream, sequence, EntryFormat.write(ids.get().toString(), stream,
                    sequence, sender.actor(), sender.onBehalfOf(), sender.commandId(),
                    Part.of(drafts.size() + 1, events.size()), null, event), List.of(),
                    List.of()));
        }
        return drafts;
    }
}
