package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.rulebook.RulebookEvent.RulebookApproved;
import creditbank.api.rulebook.RulebookEvent.RulebookProposed;
import creditbank.api.rulebook.RulebookEvent.RulebookSuperseded;
import creditbank.api.rulebook.RulebookEvent.RulebookWithdrawn;
import creditbank.api.rulebook.RulebookHead;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which rulebooks are there, who put them in force, and on which days are they? */
public final class Rulebooks implements Projection {

    /** What was last decided on a version; {@link Rulebook#inForce} says on which days it is. */
    public enum Status {
        PROPOSED,
        /** Approved, and not ended since. */
        IN_FORCE,
        /** Another version takes its place; until that begins it is in force. */
        SUPERSEDED,
        /** Taken back as a proposal, or ended with a last day that may be still to come. */
        WITHDRAWN
    }

    /**
     * A version as it stands. Its text stands in the entry at the position of {@code proposed}.
     *
     * @param head         what stands above its clauses, as it was proposed
     * @param inForce      its days as they are now; absent while it is not approved
     * @param ended        the step that superseded or withdrew it
     * @param supersededBy the number of the version that takes its place
     */
    public record Rulebook(
            RulebookVersion rulebook,
            Status status,
            RulebookHead head,
            @Nullable DaysInForce inForce,
            Step proposed,
            @Nullable Step approved,
            @Nullable Step ended,
            @Nullable Integer supersededBy) {

        public boolean isInForce(LocalDate day) {
            return inForce != null && inForce.includes(day);
        }

        Rulebook approved(Step step) {
            return new Rulebook(rulebook, Status.IN_FORCE, head, head.inForce(), proposed, step,
                    null, null);
        }

        Rulebook ended(Status now, @Nullable LocalDate until, Step step, @Nullable Integer by) {
            return new Rulebook(rulebook, now, head, inForce == null || until == null
                    ? null : inForce.endingWith(until), proposed, approved, step, by);
        }
    }

    private static final String BY_JURISDICTION = "by_jurisdiction";

    /** Key: rulebook, at sign, version with leading zeros. */
    public static final View<Rulebook> RULEBOOKS = new View<>("rulebooks", Rulebook.class,
            List.of(new View.Index<>(BY_JURISDICTION,
                    r -> r.head().jurisdiction() + "|" + key(r.rulebook()))));

    private static String key(RulebookVersion rulebook) {
        return rulebook.id() + "@" + View.ordered(rulebook.version());
    }

    // ------------------------------------------------------------------ questions

    public static @Nullable Rulebook get(Views views, RulebookVersion rulebook) {
        return views.get(RULEBOOKS, key(rulebook));
    }

    /** All versions by id, or those of one jurisdiction by id. */
    public static Views.Range of(@Nullable Jurisdiction jurisdiction, int limit) {
        return jurisdiction == null ? Views.Range.ofKeys("", limit)
                : Views.Range.of(BY_JURISDICTION, jurisdiction + "|", limit);
    }

    // ------------------------------------------------------------------ fold

    @Override
    public String name() {
        return "rulebooks";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<View<?>> views() {
        return List.of(RULEBOOKS);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof RulebookEvent event) {
            Step step = Step.of(entry);
            documents.put(RULEBOOKS, key(event.rulebook()), switch (event) {
                case RulebookProposed e -> new Rulebook(e.rulebook(), Status.PROPOSED, e.head(),
                        null, step, null, null, null);
                case RulebookApproved e -> known(documents, e).approved(step);
                case RulebookSuperseded e ->
                        known(documents, e).ended(Status.SUPERSEDED, e.until(), step, e.by());
                case RulebookWithdrawn e ->
                        known(documents, e).ended(Status.WITHDRAWN, e.until(), step, null);
            });
        }
    }

    private static Rulebook known(Documents documents, RulebookEvent event) {
        return Objects.requireNonNull(documents.get(RULEBOOKS, key(event.rulebook())),
                () -> "No version " + event.rulebook() + " was ever proposed");
    }
}
