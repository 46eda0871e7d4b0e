package creditbank.api.institution;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.Event;
import creditbank.api.value.Claim;
import creditbank.api.value.Country;
import creditbank.api.value.OrganisationCode;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts of an institution's stream. */
public sealed interface InstitutionEvent extends Event {

    InstitutionId institution();

    /**
     * A fact that a body may record achievements from now on.
     *
     * @param region  where in China it sits; absent for bodies abroad
     * @param country where it sits; absent where it is not known, or a region says it
     */
    record InstitutionRegistered(
            InstitutionId institution,
            String name,
            Sector sector,
            InstitutionKind kind,
            @Nullable Region region,
            @Nullable Country country,
            @Nullable OrganisationCode organisationCode,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Claim> claims)
            implements InstitutionEvent {

        @SuppressWarnings("NullAway") // an absent list is read as null
        public InstitutionRegistered {
            claims = claims == null ? List.of() : List.copyOf(claims);
        }
    }

    /** A fact that it may record nothing until it is reinstated. */
    record InstitutionSuspended(InstitutionId institution) implements InstitutionEvent {
    }

    /** A fact that it may record again. */
    record InstitutionReinstated(InstitutionId institution) implements InstitutionEvent {
    }
}
