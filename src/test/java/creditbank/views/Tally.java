package creditbank.views;

import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionEvent.InstitutionReinstated;
import creditbank.api.institution.InstitutionEvent.InstitutionSuspended;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.Sector;
import creditbank.projections.Documents;
import creditbank.projections.Projection;
import creditbank.projections.View;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A small fold for tests: counts what was said of each institution, and can be made to fail. */
final class Tally implements Projection {

    /** @param active whether it stands in the index by name */
    record Count(String id, String name, long times, boolean active) {
    }

    static final String BY_NAME = "by_name";
    static final View<Count> COUNTS = new View<>("tally", Count.class, List.of(
            new View.Index<>(BY_NAME, c -> c.active() ? c.name() + "|" + c.id() : null)));

    /** An institution of this name cannot be folded. */
    static final String INDIGESTIBLE = "indigestible";

    private final int version;

    Tally(int version) {
        this.version = version;
    }

    @Override
    public String name() {
        return "tally";
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public List<View<?>> views() {
        return List.of(COUNTS);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        switch (entry.event()) {
            case InstitutionRegistered e -> {
                if (e.name().equals(INDIGESTIBLE)) {
                    throw new IllegalStateException("cannot fold " + entry.position());
                }
                Count was = documents.get(COUNTS, e.institution().text());
                documents.put(COUNTS, e.institution().text(), new Count(e.institution().text(),
                        e.name(), was == null ? 1 : was.times() + 1, true));
            }
            case InstitutionSuspended e -> active(documents, e.institution(), false);
            case InstitutionReinstated e -> active(documents, e.institution(), true);
            default -> {
                // Nothing else is said of institutions.
            }
        }
    }

    private static void active(Documents documents, InstitutionId id, boolean now) {
        Count was = Objects.requireNonNull(documents.get(COUNTS, id.text()));
        documents.put(COUNTS, id.text(), new Count(was.id(), was.name(), was.times() + 1, now));
    }

    static Event registered(String id, String name) {
        return new InstitutionRegistered(new InstitutionId(id), name, Sector.VOCATIONAL,
                InstitutionKind.COLLEGE, null, null, null, List.of());
    }

    static Event suspended(String id) {
        return new InstitutionSuspended(new InstitutionId(id));
    }

    static Event reinstated(String id) {
        return new InstitutionReinstated(new InstitutionId(id));
    }

    static Recorded entry(long position, Event event) {
        return new Recorded(position, "id-" + position, "s", position, Instant.EPOCH,
                "user/test", null, "c-" + position, null, null, event);
    }
}
