package creditbank.institution;

import creditbank.api.institution.InstitutionId;
import java.util.function.Function;

/** How each institution stands, for decisions of other streams. */
@FunctionalInterface
public interface InstitutionRoll extends Function<InstitutionId, Institution> {
}
