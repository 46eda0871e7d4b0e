package creditbank.ledger;

import creditbank.api.Event;
import creditbank.api.account.AccountEvent;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.rulebook.RulebookEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The written names of events, for ever. A class may be renamed; its line here may not change. A
 * test walks the sealed interfaces and holds every event to a line, an example and a fold.
 */
public final class EventTypes {

    /** A stored name and the revision that is written now. */
    public record EventType(String name, int revision, Class<? extends Event> type) {
    }

    public static final List<EventType> ALL = List.of(
            new EventType("institution.registered", 1,
                    InstitutionEvent.InstitutionRegistered.class),
            new EventType("institution.suspended", 1,
                    InstitutionEvent.InstitutionSuspended.class),
            new EventType("institution.reinstated", 1,
                    InstitutionEvent.InstitutionReinstated.class),
            new EventType("rulebook.proposed", 1, RulebookEvent.RulebookProposed.class),
            new EventType("rulebook.approved", 1, RulebookEvent.RulebookApproved.class),
            new EventType("rulebook.superseded", 1, RulebookEvent.RulebookSuperseded.class),
            new EventType("rulebook.withdrawn", 1, RulebookEvent.RulebookWithdrawn.class),
            new EventType("account.opened", 1, AccountEvent.AccountOpened.class),
            new EventType("account.restricted", 1, AccountEvent.AccountRestricted.class),
            new EventType("account.restriction-lifted", 1, AccountEvent.RestrictionLifted.class),
            new EventType("identity.corrected", 1, AccountEvent.IdentityCorrected.class),
            new EventType("learner.erased", 1, AccountEvent.LearnerErased.class),
            new EventType("achievement.recorded", 1, AccountEvent.AchievementRecorded.class),
            new EventType("achievement.corrected", 1, AccountEvent.AchievementCorrected.class),
            new EventType("achievement.revoked", 1, AccountEvent.AchievementRevoked.class));

    private static final Map<Class<?>, EventType> BY_CLASS =
            ALL.stream().collect(Collectors.toMap(EventType::type, Function.identity()));
    private static final Map<String, EventType> BY_NAME =
            ALL.stream().collect(Collectors.toMap(EventType::name, Function.identity()));

    private EventTypes() {
    }

    static EventType of(Event event) {
        EventType type = BY_CLASS.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException(event.getClass() + " has no stored name");
        }
        return type;
    }

    static EventType named(String name, int revision) {
        EventType type = BY_NAME.get(name);
        if (type == null || type.revision() != revision) {
            throw new IllegalArgumentException("This version of the bank does not know the event "
                    + name + " in revision " + revision + "; use the version that wrote it or a"
                    + " newer one");
        }
        return type;
    }
}
