package creditbank.api.agreement;

import creditbank.api.Command;
import creditbank.api.value.Reason;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the parties of an agreement can ask of its stream. For which party somebody acts, and who
 * that is as entries name actors ({@code user/college}), stands in the command: it takes a person
 * for each side.
 */
public sealed interface AgreementCommand extends Command {

    AgreementId agreement();

    /** The party that asks. */
    Party party();

    @Override
    default String stream() {
        return agreement().stream();
    }

    record ProposeAgreement(AgreementId agreement, AgreementTerms terms, Party party,
            String proposer) implements AgreementCommand {
    }

    /** Agrees for a party; with the last of them the agreement is in force on its days. */
    record AcceptAgreement(AgreementId agreement, Party party, String acceptor)
            implements AgreementCommand {
    }

    /**
     * Takes a proposal back or declines it, or ends an agreement in force for all its parties.
     *
     * @param until the last day in force; absent for a proposal
     */
    record EndAgreement(AgreementId agreement, Party party, @Nullable LocalDate until,
            Reason reason) implements AgreementCommand {
    }
}
