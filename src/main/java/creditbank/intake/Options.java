package creditbank.intake;

import creditbank.api.institution.InstitutionId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How an import is to be done.
 *
 * @param dryRun              decide everything, record nothing
 * @param as                  the institution that imports, whose rows alone are taken; {@code null}
 *                            for a registrar, who takes the issuer from the profile or the rows
 * @param registerInstitution whether the institution a profile describes may be registered, if the
 *                            bank does not know it
 * @param actor               who imports, such as {@code user/registrar}
 * @param rejected            where the rejected rows are written, if there are any; they hold
 *                            personal data in clear. {@code null}: nowhere
 */
public record Options(boolean dryRun, @Nullable InstitutionId as, boolean registerInstitution,
        String actor, @Nullable Path rejected) {

    Options rejectedTo(Path path) {
        return new Options(dryRun, as, registerInstitution, actor, path);
    }
}
