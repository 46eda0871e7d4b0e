package creditbank.account;

import creditbank.account.StudiesForms.AskingForm;
import creditbank.account.StudiesForms.RecognitionForm;
import creditbank.api.Command;
import creditbank.api.account.ApplicationCommand.AppealDecision;
import creditbank.api.account.ApplicationCommand.DismissAppeal;
import creditbank.api.account.ApplicationCommand.EndorseApplication;
import creditbank.api.account.ApplicationCommand.RejectApplication;
import creditbank.api.account.ApplicationCommand.ResubmitApplication;
import creditbank.api.account.ApplicationCommand.ReturnApplication;
import creditbank.api.account.ApplicationCommand.SubmitApplication;
import creditbank.api.account.ApplicationCommand.UpholdAppeal;
import creditbank.api.account.ApplicationCommand.WithdrawApplication;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.Asking;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.value.Reason;
import creditbank.ledger.Receipt;
import creditbank.ledger.Sender;
import creditbank.ledger.axon.Commands;
import java.time.LocalDate;
import java.util.function.Function;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The counter for applications: reads forms, seals what is said of a learner and every reason, and
 * sends the command; and answers what would come of an application, without writing anything.
 */
public final class ApplicationsCounter {

    private final Counter counter;
    private final StudiesCounter studies;
    private final Commands commands;
    private final Surroundings around;

    public ApplicationsCounter(Counter counter, StudiesCounter studies, Commands commands,
            Surroundings around) {
        this.counter = counter;
        this.studies = studies;
        this.commands = commands;
        this.around = around;
    }

    // ------------------------------------------------------------------ who applies

    /** @param school which applies for the learner; null where the learner does */
    public Receipt submit(Sender sender, LearnerId learner, @Nullable InstitutionId school,
            RecognitionForm form) {
        Attributes ofLearner = StudiesCounter.personal(form.learner());
        return counter.withKey(sender, learner, key -> commands.send(new SubmitApplication(
                StudiesCounter.enrolment(learner, form), school, sender.actor(),
                asking(key, learner, form.asking(), ofLearner), ofLearner, form.asking().readDay()),
                sender));
    }

    public Receipt resubmit(Sender sender, ApplicationId application,
            @Nullable InstitutionId school, AskingForm form) {
        Attributes ofLearner = StudiesCounter.personal(form.learner());
        return counter.withKey(sender, application.learner(), key -> commands.send(
                new ResubmitApplication(application, school, sender.actor(),
                        asking(key, application.learner(), form, ofLearner), ofLearner,
                        form.readDay()), sender));
    }

    private Asking asking(
            SecretKey key, LearnerId learner, AskingForm form, Attributes ofLearner) {
        return new Asking(form.readRulebook(), form.readAsked(),
                StudiesCounter.request(form.request()), studies.sealed(key, learner, ofLearner),
                form.readAgreement());
    }

    public Receipt withdraw(
            Sender sender, ApplicationId application, @Nullable InstitutionId school) {
        return commands.send(new WithdrawApplication(application, school), sender);
    }

    public Receipt appeal(Sender sender, ApplicationId application,
            @Nullable InstitutionId school, @Nullable String reason) {
        return because(sender, application, reason, why -> new AppealDecision(
                application, school, why));
    }

    // ------------------------------------------------------------------ who decides

    /** @param by which institution; null where the bank does */
    public Receipt endorse(Sender sender, ApplicationId application,
            @Nullable InstitutionId by, @Nullable String on) {
        LocalDate day = StudiesForms.day("on", on);
        return commands.send(
                new EndorseApplication(application, by, sender.actor(), day), sender);
    }

    public Receipt giveBack(Sender sender, ApplicationId application,
            @Nullable InstitutionId by, @Nullable String on, @Nullable String reason) {
        LocalDate day = StudiesForms.day("on", on);
        return because(sender, application, reason, why -> new ReturnApplication(
                application, by, sender.actor(), day, why));
    }

    public Receipt reject(Sender sender, ApplicationId application,
            @Nullable InstitutionId by, @Nullable String on, @Nullable String reason) {
        LocalDate day = StudiesForms.day("on", on);
        return because(sender, application, reason, why -> new RejectApplication(
                application, by, sender.actor(), day, why));
    }

    public Receipt dismiss(Sender sender, ApplicationId application, @Nullable String reason) {
        return because(sender, application, reason, why -> new DismissAppeal(
                application, sender.actor(), why));
    }

    public Receipt uphold(Sender sender, ApplicationId application, @Nullable String reason) {
        return because(sender, application, reason, why -> new UpholdAppeal(
                application, sender.actor(), why));
    }

    private Receipt because(Sender sender, ApplicationId application, @Nullable String reason,
            Function<Reason, Command> command) {
        LearnerId learner = application.learner();
        return counter.withKey(sender, learner, key -> commands.send(
                command.apply(counter.reason(key, learner, reason)), sender));
    }

    // ------------------------------------------------------------------ questions

    /** What would be decided if its last step were passed today. */
    public Decision preview(ApplicationId id) {
        return commands.ask(() -> {
            Account.Open open = studies.load(id.learner());
            Application application = Application.known(open, id);
            Asking asking = application.asking();
            return Recognition.decided(open, Enrolment.known(open, application.enrolment()),
                    asking.rulebook(), asking.asked(), around.today(), asking.request(),
                    asking.ofLearner() == null ? Attributes.NONE
                            : around.opened(id.learner(), asking.ofLearner()),
                    asking.agreement(), around);
        });
    }
}
