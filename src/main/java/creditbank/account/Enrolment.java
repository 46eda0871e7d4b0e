package creditbank.account;

import static creditbank.api.Refused.refuseIf;

import creditbank.account.Account.Open;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AchievementId;
import creditbank.api.account.EnrolmentCommand;
import creditbank.api.account.EnrolmentCommand.EnrolLearner;
import creditbank.api.account.EnrolmentCommand.MoveEnrolment;
import creditbank.api.account.EnrolmentCommand.WithdrawEnrolment;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.EnrolmentEvent;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentMoved;
import creditbank.api.account.EnrolmentEvent.EnrolmentWithdrawn;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.value.Rule;
import creditbank.institution.Institution;
import creditbank.rulebook.Programme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a learner studies towards, as later decisions see it. */
public record Enrolment(EnrolmentId id, ProgrammeVersion programme, InstitutionId school,
        LocalDate from, @Nullable AchievementId admission, Status status) {

    public enum Status {
        ACTIVE,
        WITHDRAWN,
        GRADUATED
    }

    boolean isActive() {
        return status == Status.ACTIVE;
    }

    Enrolment as(Status now) {
        return new Enrolment(id, programme, school, from, admission, now);
    }

    /** Nothing is decided on studies before they begin. */
    LocalDate notBefore(LocalDate day) {
        return Account.notBefore(from, day);
    }

    /** They do not end before they begin, or before what counts towards them was recognised. */
    LocalDate ending(Open open, LocalDate day) {
        open.recognitions().stream()
                .filter(r -> r.enrolment().equals(id) && !r.lines().isEmpty())
                .forEach(r -> Account.notBefore(r.on(), day));
        return notBefore(day);
    }

    /** To another version of the same programme. */
    private boolean canMove(ProgrammeVersion now) {
        return isActive() && programme.id().equals(now.id()) && !programme.equals(now);
    }

    private Enrolment in(ProgrammeVersion now) {
        return new Enrolment(id, now, school, from, admission, status);
    }

    // ------------------------------------------------------------------ decide

    static List<AccountEvent> decide(Open open, EnrolmentCommand command, Surroundings around) {
        return switch (command) {
            case EnrolLearner c -> List.of(enrol(open, c, around));
            case MoveEnrolment c -> move(open, c, around);
            case WithdrawEnrolment c -> List.of(withdraw(open, c, around));
        };
    }

    private static EnrolmentEvent enrol(Open open, EnrolLearner c, Surroundings around) {
        LocalDate on = Account.day(c.on(), around.today(), "on");
        InstitutionId owner = around.plan(c.programme()).institution();
        refuseIf(!owner.equals(c.school()),
                () -> new Refusal.NotYourInstitution(c.school(), owner));
        Institution.active(around.institution(c.school()), c.school());
        InstitutionId employer = c.employer();
        if (employer != null) {
            if (employer.equals(c.school())) {
                throw Rule.EMPLOYER_IS_SCHOOL.brokenIn("employer", employer);
            }
            Institution.active(around.institution(employer), employer);
        }
        around.refuseUnlessOpen(c.programme().id(), on);
        refuseIfEnrolled(open, c.programme().id());
        if (c.admission() != null) {
            Account.holding(Account.held(open, c.admission()), on);
        }
        EnrolmentId id = new EnrolmentId(c.learner(), open.enrolments().size() + 1);
        return new EnrolmentBegun(id, c.programme(), c.school(), employer, on, c.admission());
    }

    /** What was recognised towards a course or group that the other version lacks is withdrawn. */
    private static List<AccountEvent> move(Open open, MoveEnrolment c, Surroundings around) {
        Enrolment enrolment = active(open, c.enrolment(), c.school());
        refuseIf(!enrolment.canMove(c.programme()), () -> new Refusal.EnrolmentCannotMove(
                c.enrolment(), enrolment.programme(), c.programme()));
        Programme now = around.programme(c.programme());
        List<AccountEvent> events = new ArrayList<>();
        events.add(new EnrolmentMoved(c.enrolment(), c.programme(), around.today()));
        events.addAll(Recognition.withdrawn(open,
                (r, line) -> r.enrolment().equals(c.enrolment())
                        && now.target(line.target()).isEmpty(),
                Cause.MOVED, around.today()));
        return events;
    }

    private static EnrolmentEvent withdraw(Open open, WithdrawEnrolment c, Surroundings around) {
        Enrolment enrolment = active(open, c.enrolment(), c.school());
        LocalDate on = enrolment.ending(open, Account.day(c.on(), around.today(), "on"));
        List<Posting> postings = Recognition.released(open,
                (r, _) -> r.enrolment().equals(c.enrolment()));
        return new EnrolmentWithdrawn(c.enrolment(), on, postings);
    }

    /** Nobody studies twice towards one programme at a time. */
    static void refuseIfEnrolled(Open open, ProgrammeId programme) {
        open.enrolments().stream().filter(Enrolment::isActive)
                .filter(e -> e.programme().id().equals(programme)).findFirst()
                .ifPresent(e -> {
                    throw new Refused(new Refusal.AlreadyEnrolled(e.id()));
                });
    }

    /** An enrolment that goes on, for the school whose it is. */
    static Enrolment active(Open open, EnrolmentId id, InstitutionId school) {
        Enrolment enrolment = known(open, id);
        refuseIf(!enrolment.school().equals(school),
                () -> new Refusal.NotYourInstitution(school, enrolment.school()));
        refuseIf(!enrolment.isActive(), () -> new Refusal.EnrolmentEnded(id));
        return enrolment;
    }

    static Enrolment known(Open open, EnrolmentId id) {
        refuseIf(!id.learner().equals(open.learner())
                        || id.number() > open.enrolments().size(),
                () -> new Refusal.EnrolmentUnknown(id.toString()));
        return open.enrolment(id);
    }

    // ------------------------------------------------------------------ evolve

    static Open evolve(Open open, EnrolmentEvent event) {
        return switch (event) {
            case EnrolmentBegun e when e.id().number() == open.enrolments().size() + 1 ->
                    open.withEnrolments(open.enrolments().plus(new Enrolment(e.id(),
                            e.programme(), e.school(), e.on(), e.admission(), Status.ACTIVE)));
            case EnrolmentMoved e when open.enrolment(e.id()).canMove(e.programme()) ->
                    open.with(open.enrolment(e.id()).in(e.programme()));
            case EnrolmentWithdrawn e when open.enrolment(e.id()).isActive() ->
                    open.posted(e.postings())
                            .with(open.enrolment(e.id()).as(Status.WITHDRAWN));
            case EnrolmentBegun _, EnrolmentMoved _, EnrolmentWithdrawn _ ->
                    throw new IllegalStateException(event + " cannot follow " + open);
        };
    }
}
