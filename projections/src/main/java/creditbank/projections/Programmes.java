package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.programme.ProgrammeEvent.ProgrammeClosed;
import creditbank.api.programme.ProgrammeEvent.ProgrammeDefined;
import creditbank.api.programme.ProgrammeEvent.ProgrammeRevised;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.value.Sector;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which programmes are there, what do they ask for now, and may anybody still enrol? */
public final class Programmes implements Projection {

    /** @param made the step that defined it, or revised the one before */
    public record Version(int version, Step made) {
    }

    /** @param until the last day on which somebody may enrol */
    public record Closure(LocalDate until, Step step) {
    }

    /**
     * A programme as it stands.
     *
     * @param plan     of the newest version; those of all stand in the entries of their steps
     * @param versions in their order, the first having number 1
     * @param closure  absent while it is open
     */
    public record Programme(ProgrammeId id, Plan plan, List<Version> versions,
            @Nullable Closure closure) {

        public Programme {
            versions = List.copyOf(versions);
        }

        public ProgrammeVersion newest() {
            return new ProgrammeVersion(id, versions.size());
        }

        Programme revised(Plan now, Version version) {
            List<Version> more = new ArrayList<>(versions);
            more.add(version);
            return new Programme(id, now, more, closure);
        }

        Programme closed(Closure now) {
            return new Programme(id, plan, versions, now);
        }
    }

    private static final String BY_INSTITUTION = "by_institution";
    private static final String BY_SECTOR = "by_sector";

    /** Key: the programme's id. */
    public static final View<Programme> PROGRAMMES = new View<>("programmes", Programme.class,
            List.of(new View.Index<>(BY_INSTITUTION, p -> p.plan().institution() + "|" + p.id()),
                    new View.Index<>(BY_SECTOR, p -> p.plan().sector() + "|" + p.id())));

    // ------------------------------------------------------------------ questions

    public static @Nullable Programme get(Views views, ProgrammeId programme) {
        return views.get(PROGRAMMES, programme.text());
    }

    /**
     * All by id, or those of one institution or one sector by id. Of one institution those of all
     * sectors: they are few.
     */
    public static Views.Range of(
            @Nullable InstitutionId institution, @Nullable Sector sector, int limit) {
        if (institution != null) {
            return Views.Range.of(BY_INSTITUTION, institution + "|", limit);
        }
        return sector != null ? Views.Range.of(BY_SECTOR, sector + "|", limit)
                : Views.Range.ofKeys("", limit);
    }

    // ------------------------------------------------------------------ fold

    @Override
    public String name() {
        return "programmes";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<View<?>> views() {
        return List.of(PROGRAMMES);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof ProgrammeEvent event) {
            Step step = Step.of(entry);
            Version made = new Version(event.programme().version(), step);
            ProgrammeId id = event.programme().id();
            documents.put(PROGRAMMES, id.text(), switch (event) {
                case ProgrammeDefined e -> new Programme(id, e.plan(), List.of(made), null);
                case ProgrammeRevised e -> known(documents, id).revised(e.plan(), made);
                case ProgrammeClosed e ->
                        known(documents, id).closed(new Closure(e.until(), step));
            });
        }
    }

    private static Programme known(Documents documents, ProgrammeId id) {
        return Objects.requireNonNull(documents.get(PROGRAMMES, id.text()),
                () -> "No programme " + id + " was ever defined");
    }
}
