package creditbank.institution;

import static creditbank.api.Refused.refuseIf;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionCommand;
import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionCommand.ReinstateInstitution;
import creditbank.api.institution.InstitutionCommand.SuspendInstitution;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionEvent.InstitutionReinstated;
import creditbank.api.institution.InstitutionEvent.InstitutionSuspended;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Sector;
import java.util.List;

/** An institution as decisions see it. */
public sealed interface Institution {

    record Unregistered() implements Institution {
    }

    record Active(Sector sector) implements Institution {
    }

    record Suspended(Sector sector) implements Institution {
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
                c.region(), c.organisationCode(),
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
                    new Active(e.sector());
            case InstitutionSuspended _ when state instanceof Active active ->
                    new Suspended(active.sector());
            case InstitutionReinstated _ when state instanceof Suspended suspended ->
                    new Active(suspended.sector());
            case InstitutionRegistered _, InstitutionSuspended _, InstitutionReinstated _ ->
                    throw new IllegalStateException(event + " cannot follow " + state);
        };
    }

    /** The sector of an institution that may record; refuses for one that may not. */
    static Sector recordingSector(Institution state,
            InstitutionId id) {
        return switch (state) {
            case Active active -> active.sector();
            case Suspended _ -> throw new Refused(new Refusal.InstitutionSuspended(id));
            case Unregistered _ -> throw new Refused(new Refusal.InstitutionUnknown(id.text()));
        };
    }
}
