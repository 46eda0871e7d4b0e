package creditbank.api.institution;

import creditbank.api.Command;
import creditbank.api.value.Claim;
import creditbank.api.value.Country;
import creditbank.api.value.OrganisationCode;
import creditbank.api.value.Reason;
import creditbank.api.value.Region;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.api.value.Texts;
import org.jspecify.annotations.Nullable;

/** What a registrar can ask of an institution's stream. */
public sealed interface InstitutionCommand extends Command {

    InstitutionId institution();

    @Override
    default String stream() {
        return institution().stream();
    }

    /**
     * @param name              as people read it, at most 120 characters
     * @param region            where in China it sits; absent for bodies abroad
     * @param country           where it sits; may be left out where a region says it
     * @param organisationCode  its unified social credit code, where it has one
     * @param organisationClaim keeps a second institution from the same code; goes with the code
     */
    record RegisterInstitution(
            InstitutionId institution,
            String name,
            Sector sector,
            InstitutionKind kind,
            @Nullable Region region,
            @Nullable Country country,
            @Nullable OrganisationCode organisationCode,
            @Nullable Claim organisationClaim) implements InstitutionCommand {

        public static final int LONGEST_NAME = 120;

        public RegisterInstitution {
            name = Texts.line(name, LONGEST_NAME);
            if (region != null && country != null && !country.equals(Country.CHINA)) {
                throw Rule.REGION_OF_ANOTHER_COUNTRY.brokenIn("country", country);
            }
        }
    }

    /** A suspended institution records nothing; what it recorded stays. */
    record SuspendInstitution(InstitutionId institution, Reason reason)
            implements InstitutionCommand {
    }

    record ReinstateInstitution(InstitutionId institution, Reason reason)
            implements InstitutionCommand {
    }
}
