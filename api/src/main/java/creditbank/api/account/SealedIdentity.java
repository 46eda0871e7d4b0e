package creditbank.api.account;

import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Sealed;
import org.jspecify.annotations.Nullable;

/** Who a learner is, as the ledger keeps it: only the kind of document is in clear. */
public record SealedIdentity(
        @Nullable Sealed name,
        DocumentKind documentKind,
        @Nullable InstitutionId documentIssuer,
        Sealed documentNumber,
        @Nullable Sealed birthday) {
}
