package creditbank.institution;

import static creditbank.api.Refused.inField;

import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.Country;
import creditbank.api.value.Forms;
import creditbank.api.value.OrganisationCode;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import creditbank.api.value.Texts;
import creditbank.privacy.Claims;
import org.jspecify.annotations.Nullable;

/** An institution as it arrives in a request: text that may be wrong. */
public record InstitutionForm(
        @Nullable String id,
        @Nullable String name,
        @Nullable String sector,
        @Nullable String kind,
        @Nullable String region,
        @Nullable String country,
        @Nullable String organisationCode) {

    public RegisterInstitution read(Claims claims) {
        OrganisationCode code = inField("organisationCode",
                () -> Forms.optional(organisationCode, OrganisationCode::new));
        return new RegisterInstitution(
                inField("id", () -> new InstitutionId(Forms.required(id))),
                inField("name", () -> Texts.line(
                        Forms.required(name), RegisterInstitution.LONGEST_NAME)),
                inField("sector", () -> Texts.choice(Sector.class, Forms.required(sector))),
                inField("kind", () -> Texts.choice(InstitutionKind.class, Forms.required(kind))),
                inField("region", () -> Forms.optional(region, Region::new)),
                inField("country", () -> Forms.optional(country, Country::new)),
                code, code == null ? null : claims.ofOrganisation(code));
    }
}
