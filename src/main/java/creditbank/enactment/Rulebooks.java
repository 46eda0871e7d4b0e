package creditbank.enactment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.rulebook.RulebookEvent.RulebookProposed;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.SeenStreams;
import creditbank.rulebook.Enactment;
import creditbank.rulebook.Rulebook;
import creditbank.rulebook.RulebookReader;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The approved rulebooks, read for the engine from their streams. An approved text never changes,
 * so what was read once is remembered and no commit depends on it; whether the version is in force
 * on a day is another question, because it may be ended.
 */
public final class Rulebooks implements ApprovedRulebooks {

    private static final int MOST_CACHED = 1_000;

    private final LedgerReader ledger;
    private final Cache<RulebookVersion, Rulebook> read =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();

    private final SeenStreams<Enactment.Versions> streams;

    public Rulebooks(LedgerReader ledger) {
        this.ledger = ledger;
        this.streams = new SeenStreams<>(ledger, Enactment.NONE,
                (versions, event) -> Enactment.evolve(versions, (RulebookEvent) event));
    }

    /** @throws Refused if there is no such version, or it is not approved */
    public Rulebook get(RulebookVersion rulebook) {
        return read.get(rulebook, this::read);
    }

    /**
     * Refuses unless an approved version is in force on a day. The commit depends on it: an end
     * that comes in between is not overlooked.
     */
    public void refuseUnlessInForce(RulebookVersion rulebook, LocalDate on) {
        Enactment.Version version = streams.get(rulebook.id().stream()).get(rulebook);
        Refused.refuseIf(!(version instanceof Enactment.Version.Approved(DaysInForce days)
                        && days.includes(on)),
                () -> new Refusal.RulebookNotInForce(rulebook, on));
    }

    /** Forgets what may have changed. */
    public void forget(String stream) {
        streams.forget(stream);
    }

    /** Once so, it stays so: no commit has to depend on it. */
    @Override
    public boolean test(RulebookId rulebook) {
        Enactment.Versions versions = Enactment.NONE;
        for (var entry : ledger.readStream(rulebook.stream(), 0)) {
            versions = Enactment.evolve(
                    versions, (RulebookEvent) EntryFormat.read(entry).event());
        }
        return versions.byNumber().values().stream()
                .anyMatch(Enactment.Version.Approved.class::isInstance);
    }

    private Rulebook read(RulebookVersion rulebook) {
        Enactment.Versions versions = Enactment.NONE;
        RulebookProposed proposal = null;
        for (var entry : ledger.readStream(rulebook.id().stream(), 0)) {
            RulebookEvent event = (RulebookEvent) EntryFormat.read(entry).event();
            versions = Enactment.evolve(versions, event);
            // The last proposal of a number counts: an earlier one was taken back.
            if (event instanceof RulebookProposed proposed
                    && proposed.rulebook().equals(rulebook)) {
                proposal = proposed;
            }
        }
        return read(rulebook, versions.get(rulebook), proposal);
    }

    private static Rulebook read(RulebookVersion rulebook, Enactment.@Nullable Version stands,
            @Nullable RulebookProposed proposal) {
        if (stands == null || proposal == null) {
            throw new Refused(new Refusal.RulebookUnknown(rulebook));
        }
        Refused.refuseIf(!(stands instanceof Enactment.Version.Approved),
                () -> new Refusal.RulebookNotApproved(rulebook));
        return switch (RulebookReader.read(proposal.text())) {
            case RulebookReader.Reading.Read(Rulebook approved) -> approved;
            case RulebookReader.Reading.Unreadable unreadable ->
                    throw new IllegalStateException("The approved rulebook " + rulebook
                            + " cannot be read by this version of the bank: "
                            + unreadable.mistakes().getFirst());
        };
    }
}
