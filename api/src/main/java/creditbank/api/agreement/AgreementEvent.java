package creditbank.api.agreement;

import creditbank.api.Event;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Facts of an agreement's stream. */
public sealed interface AgreementEvent extends Event {

    AgreementId agreement();

    /** The party that did it. */
    Party party();

    /**
     * A fact that a party offers these terms to the others, and so has agreed to them itself.
     *
     * @param proposedBy an actor as entries name them; may not accept for another party
     */
    record AgreementProposed(AgreementId agreement, AgreementTerms terms, Party party,
            String proposedBy) implements AgreementEvent {
    }

    /**
     * A fact that a party agreed. With the last of them the agreement is in force on the days its
     * terms name.
     *
     * @param acceptedBy an actor as entries name them
     */
    record AgreementAccepted(AgreementId agreement, Party party, String acceptedBy)
            implements AgreementEvent {
    }

    /**
     * A fact that a proposal was taken back or declined, or that an agreement in force ends.
     *
     * @param until the last day in force; absent for a proposal, which never was
     */
    record AgreementEnded(AgreementId agreement, Party party, @Nullable LocalDate until)
            implements AgreementEvent {
    }
}
