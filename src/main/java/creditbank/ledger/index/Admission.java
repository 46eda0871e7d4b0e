package creditbank.ledger.index;

import creditbank.api.value.Claim;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which commits of a batch may stand, decided one after the other before anything is written. A
 * commit at odds with what stands, or with an earlier one of the batch, is left out alone.
 */
public final class Admission {

    private final Layers layers;
    private final Recent run;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();
    /** Last sequences of streams that only the file knows: many commits rest on the same few. */
    private final Map<String, Long> ends = new HashMap<>();

    private Admission(Layers standing, long next) {
        this.run = new Recent(next);
        this.layers = standing.under(run);
    }

    /**
     * Decides a batch.
     *
     * @param standing the index of what stands
     * @param next     the position of the next entry
     */
    public static Admission of(List<Commit> batch, Layers standing, long next) {
        Admission admission = new Admission(standing, next);
        batch.forEach(commit -> admission.outcomes.add(admission.admit(commit)));
        return admission;
    }

    private Outcome admit(Commit commit) {
        for (Map.Entry<String, Long> stream : commit.unchanged().entrySet()) {
            if (!lastSequence(stream.getKey()).equals(stream.getValue())) {
                return new Outcome.StreamMoved(stream.getKey());
            }
        }
        long known = layers.positionOfCommand(commit.commandId());
        if (known >= 0) {
            return new Outcome.CommandKnown(known);
        }
        long first = run.to();
        Recent itself = new Recent(first);
        for (Draft draft : commit.drafts()) {
            Outcome refused = refused(draft, itself);
            if (refused != null) {
                return refused;
            }
            itself.add(draft.stream(), draft.sequence(), commit.commandId(), draft.releases(),
                    draft.claims());
        }
        run.add(itself);
        drafts.addAll(commit.drafts());
        return new Outcome.Appended(first);
    }

    /** Why a draft cannot follow what stands and the drafts of its own commit, or null. */
    private @Nullable Outcome refused(Draft draft, Recent itself) {
        Recent.Tail before = itself.tail(draft.stream());
        long end = before == null ? lastSequence(draft.stream()) : before.last();
        if (end + 1 != draft.sequence()) {
            return new Outcome.StreamMoved(draft.stream());
        }
        for (Claim claim : draft.releases()) {
            if (holder(claim, itself) < 0) {
                return new Outcome.ClaimNotHeld(claim);
            }
        }
        for (int i = 0; i < draft.claims().size(); i++) {
            Claim claim = draft.claims().get(i);
            if (draft.claims().subList(0, i).contains(claim)) {
                return new Outcome.ClaimTaken(claim, itself.to());
            }
            if (draft.releases().contains(claim)) {
                continue;
            }
            long holder = holder(claim, itself);
            if (holder >= 0) {
                return new Outcome.ClaimTaken(claim, holder);
            }
        }
        return null;
    }

    private long holder(Claim claim, Recent itself) {
        Long holder = itself.claim(claim.text());
        return holder == null ? layers.positionOfClaim(claim.text()) : holder;
    }

    private Long lastSequence(String stream) {
        Recent.Tail tail = run.tail(stream);
        return tail == null ? ends.computeIfAbsent(stream, layers::lastSequence) : tail.last();
    }

    /** The outcome of each commit, should what was admitted be written durably. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** What was admitted, in order. */
    public List<Draft> drafts() {
        return drafts;
    }

    /** What the admitted entries add to the index. */
    public Recent run() {
        return run;
    }
}
