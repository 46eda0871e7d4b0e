package creditbank.ledger;

import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.EnrolmentEvent;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RedemptionEvent;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.TransferEvent;
import creditbank.api.account.TransferEvent.TransferUndone;
import creditbank.api.account.TransferEvent.TransferWithdrawn;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.rulebook.RulebookEvent;
import java.util.List;

/**
 * The answer to a command that stands. Made from its entries alone, so a command sent twice gets
 * the same answer twice.
 *
 * @param id       what the command was about: an institution, an account, an achievement, an
 *                 enrolment, an application, a recognition, a redemption, a transfer, a
 *                 programme, an agreement, or a rulebook version such as
 *                 {@code kr-acbs-bachelor/1}
 * @param position of the first entry
 * @param sequence of the last entry in its stream: the version of the stream from now on
 */
public record Receipt(String id, long position, long sequence) {

    /** As many entries as most commands have, and a few more. */
    private static final int FEW = 4;

    public static Receipt of(Event first, long position, long lastSequence) {
        String id = switch (first) {
            case AchievementRecorded e -> e.id().toString();
            case AchievementCorrected e -> e.id().toString();
            case AchievementRevoked e -> e.id().toString();
            case EnrolmentEvent e -> e.id().toString();
            case ApplicationEvent e -> e.id().toString();
            case RecognitionDecided e -> e.id().toString();
            // What a correction or revocation undoes stands before it.
            case RecognitionWithdrawn e when e.cause() == Cause.MISTAKE -> e.id().toString();
            case RecognitionWithdrawn e -> e.achievement().toString();
            case RedemptionQuestioned e -> e.achievement().toString();
            case TransferUndone e -> e.achievement().toString();
            case TransferWithdrawn e when e.achievement() != null -> e.achievement().toString();
            case TransferEvent e -> e.id().toString();
            case RedemptionEvent e -> e.id().toString();
            case AccountEvent e -> e.learner().text();
            case InstitutionEvent e -> e.institution().text();
            case ProgrammeEvent e -> e.programme().id().text();
            case RulebookEvent e -> e.rulebook().id() + "/" + e.rulebook().version();
            case AgreementEvent e -> e.agreement().text();
            default -> throw new IllegalArgumentException(first + " has no id to answer with");
        };
        return new Receipt(id, position, lastSequence);
    }

    /** As it was given the first time. */
    public static Receipt again(LedgerReader ledger, long position) {
        Recorded first = EntryFormat.read(ledger.read(position, 1).getFirst());
        Recorded last = first;
        List<Recorded> more;
        do {
            more = ledger.read(last.position() + 1, FEW).stream().map(EntryFormat::read)
                    .takeWhile(e -> e.commandId().equals(first.commandId())).toList();
            last = more.isEmpty() ? last : more.getLast();
        } while (more.size() == FEW);
        return of(first.event(), position, last.sequence());
    }
}
