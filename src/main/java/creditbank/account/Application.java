package creditbank.account;

import static creditbank.api.Refused.refuseIf;

import creditbank.account.Account.Open;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.ApplicationCommand;
import creditbank.api.account.ApplicationCommand.AppealDecision;
import creditbank.api.account.ApplicationCommand.DismissAppeal;
import creditbank.api.account.ApplicationCommand.EndorseApplication;
import creditbank.api.account.ApplicationCommand.RejectApplication;
import creditbank.api.account.ApplicationCommand.ResubmitApplication;
import creditbank.api.account.ApplicationCommand.ReturnApplication;
import creditbank.api.account.ApplicationCommand.SubmitApplication;
import creditbank.api.account.ApplicationCommand.UpholdAppeal;
import creditbank.api.account.ApplicationCommand.WithdrawApplication;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.ApplicationEvent.AppealDismissed;
import creditbank.api.account.ApplicationEvent.AppealUpheld;
import creditbank.api.account.ApplicationEvent.Applicant;
import creditbank.api.account.ApplicationEvent.ApplicationAppealed;
import creditbank.api.account.ApplicationEvent.ApplicationApproved;
import creditbank.api.account.ApplicationEvent.ApplicationEndorsed;
import creditbank.api.account.ApplicationEvent.ApplicationRejected;
import creditbank.api.account.ApplicationEvent.ApplicationResubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationReturned;
import creditbank.api.account.ApplicationEvent.ApplicationSubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationWithdrawn;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.ApplicationStanding;
import creditbank.api.account.ApplicationStanding.Appealed;
import creditbank.api.account.ApplicationStanding.Approved;
import creditbank.api.account.ApplicationStanding.Dismissed;
import creditbank.api.account.ApplicationStanding.Rejected;
import creditbank.api.account.ApplicationStanding.Returned;
import creditbank.api.account.ApplicationStanding.Waiting;
import creditbank.api.account.ApplicationStanding.Withdrawn;
import creditbank.api.account.Asking;
import creditbank.api.account.Desk;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.Turn;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.Wish;
import creditbank.api.rulebook.StepBy;
import creditbank.institution.Institution;
import creditbank.rulebook.Procedure;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application for recognition (认定申请) on its way through the steps its rulebook asks for, as later
 * decisions see it. While it waits nothing is bound; what counts is decided with its approval.
 *
 * @param submittedBy who sent it last, as entries name them
 */
public record Application(ApplicationId id, EnrolmentId enrolment, String submittedBy,
        Asking asking, ApplicationStanding standing) {

    // ------------------------------------------------------------------ decide

    static List<AccountEvent> decide(Open open, ApplicationCommand command, Surroundings around) {
        return switch (command) {
            case SubmitApplication c -> List.of(submit(open, c, around));
            case ResubmitApplication c -> List.of(resubmit(open, c, around));
            case WithdrawApplication c -> List.of(withdraw(open, c, around.today()));
            case EndorseApplication c -> endorse(open, c, around);
            case ReturnApplication c -> List.of(giveBack(open, c, around.today()));
            case RejectApplication c -> List.of(reject(open, c, around));
            case AppealDecision c -> List.of(appeal(open, c, around.today()));
            case DismissAppeal c -> {
                Application application = known(open, c.application());
                appealed(application, c.actor());
                yield List.of(new AppealDismissed(c.application(), c.actor(), around.today()));
            }
            case UpholdAppeal c -> List.of(uphold(open, c, around));
        };
    }

    private static ApplicationEvent submit(Open open, SubmitApplication c, Surroundings around) {
        Enrolment enrolment = studying(open, c.enrolment(), c.school());
        refuseIfOpen(open, c.enrolment(), c.asking(), null);
        LocalDate on = enrolment.notBefore(Account.day(c.on(), around.today(), "on"));
        Turn first = first(open, enrolment, c.asking(), c.ofLearner(), on, around);
        return new ApplicationSubmitted(
                new ApplicationId(open.learner(), open.applications().size() + 1), c.enrolment(),
                enrolment.school(), c.school() == null ? Applicant.LEARNER : Applicant.SCHOOL,
                c.actor(), c.asking(), on, first);
    }

    private static ApplicationEvent resubmit(
            Open open, ResubmitApplication c, Surroundings around) {
        Application application = known(open, c.application());
        Enrolment enrolment = studying(open, application.enrolment(), c.school());
        refuseIf(!(application.standing() instanceof Returned),
                () -> new Refusal.ApplicationNotReturned(c.application()));
        refuseIfOpen(open, application.enrolment(), c.asking(), application);
        LocalDate on = application.day(c.on(), around.today());
        return new ApplicationResubmitted(c.application(), c.actor(), c.asking(), on,
                first(open, enrolment, c.asking(), c.ofLearner(), on, around));
    }

    /** Two desks do not decide on the same lines, whatever else is said of them. */
    private static void refuseIfOpen(
            Open open, EnrolmentId enrolment, Asking asking, @Nullable Application itself) {
        open.applications().stream()
                .filter(each -> each != itself && each.enrolment().equals(enrolment)
                        && each.asksLike(asking)
                        && (each.standing() instanceof Waiting
                        || each.standing() instanceof Returned))
                .findFirst().ifPresent(each -> {
                    throw new Refused(new Refusal.ApplicationOpen(each.id()));
                });
    }

    private boolean asksLike(Asking other) {
        return asking.rulebook().equals(other.rulebook())
                && Objects.equals(lines(asking), lines(other));
    }

    /** In whichever order they are asked; null where whatever counts most is. */
    private static @Nullable Set<Wish> lines(Asking asking) {
        return asking.asked() == null ? null : Set.copyOf(asking.asked());
    }

    /** What cannot be decided at all is refused now, and not after everybody endorsed it. */
    private static Turn first(Open open, Enrolment enrolment, Asking asking,
            Attributes ofLearner, LocalDate on, Surroundings around) {
        Institution.active(around.institution(enrolment.school()), enrolment.school());
        Procedure procedure = around.rulebook(asking.rulebook()).procedure();
        refuseIf(procedure.steps().isEmpty(),
                () -> new Refusal.NoApplicationNeeded(asking.rulebook()));
        if (procedure.asksIssuer()) {
            issuer(open, asking);
        }
        Recognition.decided(open, enrolment, asking, ofLearner, on, null, around);
        return turn(open, enrolment, asking, procedure.steps().getFirst(), on);
    }

    private static Turn turn(Open open, Enrolment enrolment, Asking asking, Procedure.Step step,
            LocalDate from) {
        Period within = step.within();
        return new Turn(step.id(), switch (step.by()) {
            case SCHOOL -> new Desk(StepBy.SCHOOL, enrolment.school());
            case ISSUER -> new Desk(StepBy.ISSUER, issuer(open, asking));
            case BANK -> Desk.BANK;
        }, within == null ? null : from.plus(within));
    }

    /** Of all the evidence that is named; corrections leave it who it is. */
    private static InstitutionId issuer(Open open, Asking asking) {
        List<InstitutionId> issuers = asking.asked() == null ? List.of()
                : open.achievements().stream()
                        .filter(held -> asking.asked().stream()
                                .anyMatch(wish -> wish.evidence().equals(held.evidence())))
                        .map(Held::issuer).distinct().toList();
        refuseIf(issuers.size() != 1, () -> new Refusal.NotOneIssuer(asking.rulebook()));
        return issuers.getFirst();
    }

    private static ApplicationEvent withdraw(
            Open open, WithdrawApplication c, LocalDate today) {
        Application application = asked(open, c.application(), c.school());
        refuseIf(!(application.standing() instanceof Waiting
                        || application.standing() instanceof Returned),
                () -> new Refusal.ApplicationDecided(c.application()));
        return new ApplicationWithdrawn(c.application(), today);
    }

    private static List<AccountEvent> endorse(
            Open open, EndorseApplication c, Surroundings around) {
        Application application = known(open, c.application());
        Turn turn = application.turn(c.institution(), c.actor());
        if (c.institution() != null) {
            Institution.active(around.institution(c.institution()), c.institution());
        }
        LocalDate on = application.day(c.on(), around.today());
        Enrolment enrolment = studying(open, application.enrolment(), null);
        Procedure procedure = around.rulebook(application.asking().rulebook()).procedure();
        Optional<Procedure.Step> next = procedure.behind(turn.step());
        return next.isPresent()
                ? List.of(new ApplicationEndorsed(c.application(), turn.step(), turn.at(), on,
                        turn(open, enrolment, application.asking(), next.get(), on)))
                : approve(open, application, enrolment, turn, procedure, on, c.actor(), around);
    }

    private static List<AccountEvent> approve(Open open, Application application,
            Enrolment enrolment, Turn turn, Procedure procedure, LocalDate on, String actor,
            Surroundings around) {
        Asking asking = application.asking();
        refuseUnlessInForce(application, on, around);
        Institution.active(around.institution(enrolment.school()), enrolment.school());
        Attributes ofLearner = asking.ofLearner() == null ? Attributes.NONE
                : around.opened(open.learner(), asking.ofLearner());
        RecognitionDecided decided = Recognition.decided(
                open, enrolment, asking, ofLearner, on, application.id(), around);
        return List.of(new ApplicationApproved(application.id(), turn.step(), turn.at(), actor,
                on, decided.id(), decided.decision().refused().isEmpty() ? null
                        : appealUntil(procedure, around.today())), decided);
    }

    /** Says that it can be asked anew, which a decision at once cannot say. */
    private static void refuseUnlessInForce(
            Application application, LocalDate on, Surroundings around) {
        RulebookVersion rulebook = application.asking().rulebook();
        try {
            around.refuseUnlessInForce(rulebook, on);
        } catch (Refused notInForce) {
            throw new Refused(
                    new Refusal.ApplicationRulesEnded(application.id(), rulebook, on));
        }
    }

    /** Counted from the day on which it is told, whichever day it was decided for. */
    private static @Nullable LocalDate appealUntil(Procedure procedure, LocalDate today) {
        return procedure.appeal() == null ? null : today.plus(procedure.appeal());
    }

    private static ApplicationEvent giveBack(Open open, ReturnApplication c, LocalDate today) {
        Application application = known(open, c.application());
        Turn turn = application.turn(c.institution(), c.actor());
        return new ApplicationReturned(c.application(), turn.step(), turn.at(),
                application.day(c.on(), today));
    }

    private static ApplicationEvent reject(Open open, RejectApplication c, Surroundings around) {
        Application application = known(open, c.application());
        Turn turn = application.turn(c.institution(), c.actor());
        Procedure procedure = around.rulebook(application.asking().rulebook()).procedure();
        return new ApplicationRejected(c.application(), turn.step(), turn.at(), c.actor(),
                application.day(c.on(), around.today()),
                appealUntil(procedure, around.today()));
    }

    private static ApplicationEvent appeal(Open open, AppealDecision c, LocalDate today) {
        Application application = asked(open, c.application(), c.school());
        LocalDate until = application.appealUntil();
        if (until == null) {
            throw new Refused(new Refusal.NothingToAppeal(c.application()));
        }
        refuseIf(today.isAfter(until), () -> new Refusal.AppealTooLate(c.application(), until));
        return new ApplicationAppealed(c.application(), today);
    }

    private static ApplicationEvent uphold(Open open, UpholdAppeal c, Surroundings around) {
        Application application = known(open, c.application());
        Turn decided = appealed(application, c.actor()).turn();
        Enrolment enrolment = studying(open, application.enrolment(), null);
        Procedure.Step step = around.rulebook(application.asking().rulebook()).procedure()
                .step(decided.step()).orElseThrow();
        return new AppealUpheld(c.application(), c.actor(), around.today(),
                turn(open, enrolment, application.asking(), step, around.today()));
    }

    // ------------------------------------------------------------------ who and when

    static Application known(Open open, ApplicationId id) {
        return find(open, id).orElseThrow(
                () -> new Refused(new Refusal.ApplicationUnknown(id.toString())));
    }

    /** For whoever asked: the learner, or the school. */
    private static Application asked(
            Open open, ApplicationId id, @Nullable InstitutionId school) {
        Application application = known(open, id);
        InstitutionId whose = Enrolment.known(open, application.enrolment()).school();
        refuseIf(school != null && !school.equals(whose),
                () -> new Refusal.NotYourInstitution(school, whose));
        return application;
    }

    private static Enrolment studying(
            Open open, EnrolmentId id, @Nullable InstitutionId school) {
        return Enrolment.active(
                open, id, school == null ? Enrolment.known(open, id).school() : school);
    }

    /** Where it waits, for who is to decide there. */
    private Turn turn(@Nullable InstitutionId institution, String actor) {
        if (!(standing instanceof Waiting(Turn turn, _, String notBy))) {
            throw new Refused(new Refusal.ApplicationNotWaiting(id));
        }
        boolean theirs = institution == null ? turn.at().equals(Desk.BANK)
                : institution.equals(turn.at().institution());
        refuseIf(!theirs, () -> new Refusal.NotYourStep(id, turn.step(), turn.at()));
        refuseIf(actor.equals(notBy), () -> new Refusal.DecidedByYourself(id));
        refuseIf(institution != null && actor.equals(submittedBy),
                () -> new Refusal.SubmittedByYourself(id));
        return turn;
    }

    private static Appealed appealed(Application application, String actor) {
        if (!(application.standing() instanceof Appealed appealed)) {
            throw new Refused(new Refusal.ApplicationNotAppealed(application.id()));
        }
        refuseIf(actor.equals(appealed.decidedBy()),
                () -> new Refusal.DecidedByYourself(application.id()));
        return appealed;
    }

    private @Nullable LocalDate appealUntil() {
        return switch (standing) {
            case Approved approved -> approved.appealUntil();
            case Rejected rejected -> rejected.appealUntil();
            case Waiting _, Returned _, Appealed _, Dismissed _, Withdrawn _ -> null;
        };
    }

    /** A step is not taken before the one that led to it. */
    private LocalDate day(@Nullable LocalDate stated, LocalDate today) {
        return Account.notBefore(standing.since(), Account.day(stated, today, "on"));
    }

    // ------------------------------------------------------------------ evolve

    private static Optional<Application> find(Open open, ApplicationId id) {
        return id.learner().equals(open.learner()) && id.number() <= open.applications().size()
                ? Optional.of(open.applications().get(id.number() - 1)) : Optional.empty();
    }

    /** Whether a decision is what an application was approved for, or needed none. */
    static boolean approved(Open open, RecognitionDecided event) {
        return event.application() == null || find(open, event.application())
                .filter(application -> application.standing() instanceof Approved approved
                        && approved.recognition().equals(event.id()))
                .isPresent();
    }

    static Open evolve(Open open, ApplicationEvent event) {
        if (event instanceof ApplicationSubmitted e) {
            if (e.id().number() != open.applications().size() + 1) {
                throw new IllegalStateException(event + " cannot follow " + open);
            }
            return open.withApplications(open.applications().plus(new Application(e.id(),
                    e.enrolment(), e.submittedBy(), e.asking(), ApplicationStanding.of(e))));
        }
        Application was = find(open, event.id()).orElseThrow(
                () -> new IllegalStateException(event + " cannot follow " + open));
        ApplicationStanding now = was.standing.after(event);
        return open.with(event instanceof ApplicationResubmitted e
                ? new Application(was.id, was.enrolment, e.submittedBy(), e.asking(), now)
                : new Application(was.id, was.enrolment, was.submittedBy, was.asking, now));
    }
}
