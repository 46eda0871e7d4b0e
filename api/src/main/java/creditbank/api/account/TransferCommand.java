package creditbank.api.account;

import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.Wish;
import creditbank.api.value.Reason;
import creditbank.api.value.Sealed;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked about credits that go from one school to another. */
public sealed interface TransferCommand extends AccountCommand {

    /**
     * Offers a learner's achievements to another school, converted under a rulebook, and reserves
     * them until that school answers.
     *
     * @param from            the school that lets go: the issuer of all that goes
     * @param to              the school they go to
     * @param programme       the programme of that school whose courses and groups they are mapped
     *                        on; absent where they go as they are
     * @param asked           what goes, and on what it is mapped; absent means whatever counts most
     *                        of what the school stated
     * @param on              the day it is decided for; absent means today
     * @param answerBy        the last day for an answer; absent means what is usual
     * @param request         what is said in asking
     * @param ofLearner       what is said of the learner; never stored in clear
     * @param sealedOfLearner the same, sealed, as it is stored; absent where nothing is said
     * @param agreement       the agreement it rests on, where the rulebook is not one of the
     *                        target's own jurisdiction
     */
    record RequestTransfer(LearnerId learner, InstitutionId from, InstitutionId to,
            @Nullable ProgrammeVersion programme, RulebookVersion rulebook,
            @Nullable List<Wish> asked, @Nullable LocalDate on, @Nullable LocalDate answerBy,
            Attributes request, Attributes ofLearner, @Nullable Sealed sealedOfLearner,
            @Nullable AgreementId agreement) implements TransferCommand {

        public RequestTransfer {
            asked = asked == null ? null : List.copyOf(asked);
        }
    }

    /** What is asked about a transfer that there is. */
    sealed interface OfTransfer extends TransferCommand {

        TransferId transfer();

        @Override
        default LearnerId learner() {
            return transfer().learner();
        }
    }

    /** @param school the one the credits go to: only it may */
    record AcceptTransfer(TransferId transfer, InstitutionId school) implements OfTransfer {
    }

    /** @param school the one the credits would go to: only it may */
    record DeclineTransfer(TransferId transfer, InstitutionId school, Reason reason)
            implements OfTransfer {
    }

    /** @param school the one that offered them: only it may */
    record WithdrawTransfer(TransferId transfer, InstitutionId school, Reason reason)
            implements OfTransfer {
    }

    /**
     * Ends a transfer whose last day for an answer has passed.
     *
     * @param school one of the two; absent where nobody asks for a school
     */
    record LapseTransfer(TransferId transfer, @Nullable InstitutionId school)
            implements OfTransfer {
    }
}
