package creditbank.institution;

import static creditbank.api.Refused.refuseIf;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionCommand;
import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionCommand.ReinstateInstitution;
import creditbank.api.institution.InstitutionCommand.SuspendInstitution;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionEvent.InstitutionReinstated;
import creditbank.api.institution.InstitutionEvent.InstitutionSuspended;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.Country;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An institution as decisions see it. */
public sealed interface Institution {

    record Unregistered() implements Institution {
    }

    /** @see InstitutionRegistered */
    sealed interface Registered extends Institution {

        Sector sector();

        InstitutionKind kind();

        /** Where in China it sits; null for bodies abroad. */
        @Nullable Region region();

        /** Where it sits; null where it is not known, or a region says it. */
        @Nullable Country country();
    }

    record Active(Sector sector, InstitutionKind kind, @Nullable Region region,
            @Nullable Country country) implements Registered {
    }

    record Suspended(Sector sector, InstitutionKind kind, @Nullable Region region,
            @Nullable Country country) implements Registered {
    }

    Institution NONE = new Unregistered();

    static List<InstitutionEvent> decide(Institution state, InstitutionCommand command) {
        return List.of(switch (command) {
            case RegisterInstitution c -> register(state, c);
            case SuspendInstitution c -> suspend(state, c);
            case ReinstateInstitution c -> reinstate(state, c);
        });
    }

    private static InstitutionEvent register(Institution state, RegisterInstitution c) {
        refuseIf(!(state instanceof Unregistered),
                () -> new Refusal.InstitutionAlreadyRegistered(c.institution()));
        return new InstitutionRegistered(c.institution(), c.name(), c.sector(), c.kind(),
                c.region(), c.country(), c.organisationCode(),
                c.organisationClaim() == null ? List.of() : List.of(c.organisationClaim()));
    }

    private static InstitutionEvent suspend(Institution state, SuspendInstitution c) {
        refuseIf(state instanceof Unregistered,
                () -> new Refusal.InstitutionUnknown(c.institution().text()));
        refuseIf(state instanceof Suspended,
                () -> new Refusal.InstitutionSuspended(c.institution()));
        return new InstitutionSuspended(c.institution());
    }

    private static InstitutionEvent reinstate(Institution state, ReinstateInstitution c) {
        refuseIf(state instanceof Unregistered,
                () -> new Refusal.InstitutionUnknown(c.institution().text()));
        refuseIf(state instanceof Active,
                () -> new Refusal.InstitutionNotSuspended(c.institution()));
        return new InstitutionReinstated(c.institution());
    }

    static Institution evolve(Institution state, InstitutionEvent event) {
        return switch (event) {
            case InstitutionRegistered e when state instanceof Unregistered ->
                    new Active(e.sector(), e.kind(), e.region(), e.country());
            case InstitutionSuspended _ when state instanceof Active a ->
                    new Suspended(a.sector(), a.kind(), a.region(), a.country());
            case InstitutionReinstated _ when state instanceof Suspended s ->
                    new Active(s.sector(), s.kind(), s.region(), s.country());
            case InstitutionRegistered _, InstitutionSuspended _, InstitutionReinstated _ ->
                    throw new IllegalStateException(event + " cannot follow " + state);
        };
    }

    /** The sector of an institution that may record; refuses for one that may not. */
    static Sector recordingSector(Institution state, InstitutionId id) {
        return active(state, id).sector();
    }

    /** An institution that may act; refuses for one that may not. */
    static Active active(Institution state, InstitutionId id) {
        return switch (registered(state, id)) {
            case Active active -> active;
            case Suspended _ -> throw new Refused(new Refusal.InstitutionSuspended(id));
        };
    }

    /** All parties that stand for an institution that the bank knows; refuses any other. */
    static List<Party> standingFor(Institution state, InstitutionId id) {
        Registered known = registered(state, id);
        return Party.standingFor(id, known.region(), known.country());
    }

    /** An institution that the bank knows; refuses for any other. */
    static Registered registered(Institution state, InstitutionId id) {
        return switch (state) {
            case Registered registered -> registered;
            case Unregistered _ -> throw new Refused(new Refusal.InstitutionUnknown(id.text()));
        };
    }
}
