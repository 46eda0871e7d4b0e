package creditbank.ledger;

import creditbank.api.Event;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.rulebook.RulebookEvent;

/**
 * The answer to a command that stands. Made from its entries alone, so a command sent twice gets
 * the same answer twice.
 *
 * @param id       what the command was about: an institution, an account, an achievement, or a
 *                 rulebook version such as {@code kr-acbs-bachelor/1}
 * @param position of the first entry
 * @param sequence of the last entry in its stream: the version of the stream from now on
 */
public record Receipt(String id, long position, long sequence) {

    public static Receipt of(Event first, long position, long lastSequence) {
        String id = switch (first) {
            case AchievementRecorded e -> e.id().toString();
            case AchievementCorrected e -> e.id().toString();
            case AchievementRevoked e -> e.id().toString();
            case AccountEvent e -> e.learner().text();
            case InstitutionEvent e -> e.institution().text();
            case RulebookEvent e -> e.rulebook().id() + "/" + e.rulebook().version();
            default -> throw new IllegalArgumentException(first + " has no id to answer with");
        };
        return new Receipt(id, position, lastSequence);
    }

    /** As it was given the first time. */
    public static Receipt again(LedgerReader ledger, long position) {
        var entries = ledger.read(position, 64).stream().map(EntryFormat::read).toList();
        var first = entries.getFirst();
        var last = entries.stream()
                .takeWhile(e -> e.commandId().equals(first.commandId()))
                .reduce(first, (_, later) -> later);
        return of(first.event(), position, last.sequence());
    }
}
