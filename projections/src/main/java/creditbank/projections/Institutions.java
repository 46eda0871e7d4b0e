package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionEvent.InstitutionReinstated;
import creditbank.api.institution.InstitutionEvent.InstitutionSuspended;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.Country;
import creditbank.api.value.OrganisationCode;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which institutions does the bank know, and which of them may record? */
public final class Institutions implements Projection {

    /** @param position of the entry that registered it */
    public record Institution(
            InstitutionId id,
            String name,
            Sector sector,
            InstitutionKind kind,
            @Nullable Region region,
            @Nullable Country country,
            @Nullable OrganisationCode organisationCode,
            boolean suspended,
            Instant registeredAt,
            long position) {

        Institution suspended(boolean now) {
            return new Institution(id, name, sector, kind, region, country, organisationCode,
                    now, registeredAt, position);
        }
    }

    /** Key: the institution's id. */
    public static final View<Institution> INSTITUTIONS =
            new View<>("institutions", Institution.class, List.of());

    @Override
    public String name() {
        return "institutions";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public List<View<?>> views() {
        return List.of(INSTITUTIONS);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof InstitutionEvent event) {
            documents.put(INSTITUTIONS, event.institution().text(), switch (event) {
                case InstitutionRegistered e -> new Institution(
                        e.institution(), e.name(), e.sector(), e.kind(), e.region(),
                        e.country(), e.organisationCode(), false, entry.recordedAt(),
                        entry.position());
                case InstitutionSuspended e -> known(documents, e).suspended(true);
                case InstitutionReinstated e -> known(documents, e).suspended(false);
            });
        }
    }

    private static Institution known(Documents documents, InstitutionEvent event) {
        return Objects.requireNonNull(documents.get(INSTITUTIONS, event.institution().text()),
                () -> "No institution " + event.institution() + " was ever registered");
    }
}
