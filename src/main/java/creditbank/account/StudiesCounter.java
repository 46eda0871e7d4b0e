package creditbank.account;

import static creditbank.api.Refused.inField;

import creditbank.account.StudiesForms.AskingForm;
import creditbank.account.StudiesForms.EnrolmentForm;
import creditbank.account.StudiesForms.GraduationForm;
import creditbank.account.StudiesForms.RecognitionForm;
import creditbank.account.StudiesForms.RedemptionForm;
import creditbank.account.StudiesForms.TransferForm;
import creditbank.account.StudiesForms.VersionForm;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AchievementId;
import creditbank.api.account.EnrolmentCommand.MoveEnrolment;
import creditbank.api.account.EnrolmentCommand.WithdrawEnrolment;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.api.account.RecognitionCommand.RecogniseCredits;
import creditbank.api.account.RecognitionCommand.WithdrawRecognition;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.RedemptionCommand.Graduate;
import creditbank.api.account.RedemptionCommand.ReverseRedemption;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.TransferCommand.AcceptTransfer;
import creditbank.api.account.TransferCommand.DeclineTransfer;
import creditbank.api.account.TransferCommand.LapseTransfer;
import creditbank.api.account.TransferCommand.RequestTransfer;
import creditbank.api.account.TransferCommand.WithdrawTransfer;
import creditbank.api.account.TransferId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.programme.Progress;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.AttributesForm;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.value.Forms;
import creditbank.api.value.Rule;
import creditbank.api.value.Sealed;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Receipt;
import creditbank.ledger.Sender;
import creditbank.ledger.axon.Commands;
import creditbank.privacy.Sealing;
import creditbank.rulebook.Ask;
import creditbank.rulebook.Case;
import creditbank.rulebook.Door;
import creditbank.rulebook.Engine;
import creditbank.rulebook.Rulebook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The counter for studies: enrolments, what is recognised towards them, what credits are used for
 * and where they go. Reads forms, seals what is said of a learner, and sends the command; and
 * answers what would be, without writing anything.
 */
public final class StudiesCounter {

    private final Counter counter;
    private final Commands commands;
    private final LedgerReader ledger;
    private final Sealing sealing;
    private final Surroundings around;

    public StudiesCounter(Counter counter, Commands commands, LedgerReader ledger,
            Sealing sealing, Surroundings around) {
        this.counter = counter;
        this.commands = commands;
        this.ledger = ledger;
        this.sealing = sealing;
        this.around = around;
    }

    // ------------------------------------------------------------------ enrolments

    public Receipt enrol(
            Sender sender, LearnerId learner, InstitutionId school, EnrolmentForm form) {
        return commands.send(form.read(learner, school), sender);
    }

    public Receipt move(Sender sender, EnrolmentId enrolment, InstitutionId school,
            @Nullable VersionForm programme, @Nullable String reason) {
        ProgrammeVersion to = StudiesForms.required(
                "programme", programme, VersionForm::programme);
        return counter.withKey(sender, enrolment.learner(), key -> commands.send(
                new MoveEnrolment(enrolment, to, school,
                        counter.reason(key, enrolment.learner(), reason)), sender));
    }

    public Receipt withdraw(Sender sender, EnrolmentId enrolment, InstitutionId school,
            @Nullable String on, @Nullable String reason) {
        LocalDate day = StudiesForms.day("on", on);
        return counter.withKey(sender, enrolment.learner(), key -> commands.send(
                new WithdrawEnrolment(enrolment, school, day,
                        counter.reason(key, enrolment.learner(), reason)), sender));
    }

    public Receipt graduate(Sender sender, EnrolmentId enrolment, InstitutionId school,
            GraduationForm form) {
        Attributes ofLearner = personal(form.learner());
        return counter.withKey(sender, enrolment.learner(), key -> commands.send(new Graduate(
                enrolment, school, form.readDay(), request(form.request()), ofLearner,
                sealed(key, enrolment.learner(), ofLearner)), sender));
    }

    // ------------------------------------------------------------------ recognition

    public Receipt recognise(
            Sender sender, LearnerId learner, InstitutionId school, RecognitionForm form) {
        AskingForm asking = form.asking();
        Attributes ofLearner = personal(form.learner());
        return counter.withKey(sender, learner, key -> commands.send(new RecogniseCredits(
                enrolment(learner, form), school, asking.readRulebook(), asking.readAsked(),
                asking.readDay(), request(form.request()), ofLearner,
                sealed(key, learner, ofLearner), asking.readAgreement()), sender));
    }

    @Nullable Sealed sealed(SecretKey key, LearnerId learner, Attributes ofLearner) {
        return ofLearner.isEmpty() ? null : counter.seal(key, learner, PersonalField.OF_LEARNER,
                EntryFormat.JSON.writeValueAsString(ofLearner));
    }

    static Attributes request(@Nullable Map<String, @Nullable Object> form) {
        return stated("request", form, Cases.AWARDING);
    }

    /** What is wrong with it is said, but not what it says. */
    static Attributes personal(@Nullable Map<String, @Nullable Object> form) {
        try {
            return stated("learner", form, Cases.ENROLLED_ON);
        } catch (Refused e) {
            throw e.refusal() instanceof Refusal.ValueInvalid invalid
                    ? new Refused(invalid.found(Rule.lengthOf(invalid.found()))) : e;
        }
    }

    /** @param known the name of what the bank itself says, beside what it is told */
    private static Attributes stated(
            String field, @Nullable Map<String, @Nullable Object> form, String known) {
        Attributes stated = AttributesForm.read(field, form);
        if (stated.get(known) != null) {
            throw Rule.ATTRIBUTE_NAME_RESERVED.brokenIn(field, known);
        }
        if (stated.values().size() >= Attributes.MOST) {
            throw Rule.LIST_TOO_LONG.brokenIn(field, stated.values().size());
        }
        return stated;
    }

    static EnrolmentId enrolment(LearnerId learner, RecognitionForm form) {
        EnrolmentId enrolment = form.readEnrolment();
        Refused.refuseIf(!enrolment.learner().equals(learner),
                () -> new Refusal.EnrolmentUnknown(enrolment.toString()));
        return enrolment;
    }

    public Receipt withdrawRecognition(Sender sender, RecognitionId recognition,
            InstitutionId school, @Nullable String achievement, @Nullable String reason) {
        AchievementId evidence = inField("achievement",
                () -> AchievementId.parse(Forms.required(achievement)));
        return counter.withKey(sender, recognition.learner(), key -> commands.send(
                new WithdrawRecognition(recognition, evidence, school,
                        counter.reason(key, recognition.learner(), reason)), sender));
    }

    // ------------------------------------------------------------------ redemption

    public Receipt redeem(
            Sender sender, LearnerId learner, InstitutionId by, RedemptionForm form) {
        return commands.send(form.read(learner, by), sender);
    }

    public Receipt reverse(Sender sender, RedemptionId redemption, InstitutionId by,
            @Nullable String on, @Nullable String reason) {
        LocalDate day = StudiesForms.day("on", on);
        return counter.withKey(sender, redemption.learner(), key -> commands.send(
                new ReverseRedemption(redemption, by, day,
                        counter.reason(key, redemption.learner(), reason)), sender));
    }

    // ------------------------------------------------------------------ transfer

    public Receipt requestTransfer(
            Sender sender, LearnerId learner, InstitutionId from, TransferForm form) {
        Attributes ofLearner = personal(form.learner());
        return counter.withKey(sender, learner, key -> commands.send(form.read(learner, from,
                request(form.request()), ofLearner,
                sealed(key, learner, ofLearner)), sender));
    }

    public Receipt acceptTransfer(Sender sender, TransferId transfer, InstitutionId school) {
        return commands.send(new AcceptTransfer(transfer, school), sender);
    }

    public Receipt declineTransfer(Sender sender, TransferId transfer, InstitutionId school,
            @Nullable String reason) {
        return counter.withKey(sender, transfer.learner(), key -> commands.send(
                new DeclineTransfer(transfer, school,
                        counter.reason(key, transfer.learner(), reason)), sender));
    }

    public Receipt withdrawTransfer(Sender sender, TransferId transfer, InstitutionId school,
            @Nullable String reason) {
        return counter.withKey(sender, transfer.learner(), key -> commands.send(
                new WithdrawTransfer(transfer, school,
                        counter.reason(key, transfer.learner(), reason)), sender));
    }

    /** @param school one of the two; null for the learner, or the bank itself */
    public Receipt lapseTransfer(
            Sender sender, TransferId transfer, @Nullable InstitutionId school) {
        return commands.send(new LapseTransfer(transfer, school), sender);
    }

    /** What would go where, as what; nothing is written, and the day may be one to come. */
    public Decision whatIfTransferred(LearnerId learner, InstitutionId from, TransferForm form) {
        return commands.ask(() -> {
            RequestTransfer offer = form.read(learner, from,
                    request(form.request()),
                    personal(form.learner()), null);
            return Transfer.decided(load(learner), offer,
                    offer.on() == null ? around.today() : offer.on(), around);
        });
    }

    // ------------------------------------------------------------------ questions

    /** How far a learner is towards a programme on a day; see {@link Studies}. */
    public Progress progress(EnrolmentId enrolment, LocalDate on) {
        return progress(enrolment, on, history(enrolment.learner()));
    }

    /**
     * The same, as it was known once.
     *
     * @param history the first events of the learner's stream
     */
    public Progress progress(EnrolmentId enrolment, LocalDate on, List<AccountEvent> history) {
        return commands.ask(() -> {
            Account.Open open = opened(history, enrolment.learner());
            return new Studies(open, Enrolment.known(open, enrolment), on, around).progress();
        });
    }

    /**
     * What would be decided; nothing is written, and the day may be one to come.
     *
     * @param only      the school that asks: it sees what its own programmes would give; null for
     *                  whoever sees them all
     * @param programme another programme or version to try; the form then names no enrolment
     */
    public Decision whatIf(LearnerId learner, @Nullable InstitutionId only, RecognitionForm form,
            @Nullable VersionForm programme) {
        return commands.ask(() -> {
            Account.Open open = load(learner);
            AskingForm asking = form.asking();
            LocalDate stated = asking.readDay();
            LocalDate on = stated == null ? around.today() : stated;
            Enrolment enrolment = programme == null
                    ? Enrolment.known(open, enrolment(learner, form))
                    : tried(open, StudiesForms.required(
                            "programme", programme, VersionForm::programme), on);
            Refused.refuseIf(only != null && !only.equals(enrolment.school()),
                    () -> new Refusal.NotYourInstitution(only, enrolment.school()));
            if (only != null && !open.isKnownTo(only)) {
                throw new Refused(new Refusal.NotYourLearner(only, learner));
            }
            return Recognition.decided(open, enrolment, asking.readRulebook(),
                    asking.readAsked(), on, request(form.request()),
                    personal(form.learner()), asking.readAgreement(), around);
        });
    }

    /**
     * Which doors stand open for a learner, and what would open the others.
     *
     * @param rulebooks approved versions, in the order in which they are answered
     * @param ofLearner what is said of the learner in asking, such as the learner group
     */
    public Map<RulebookVersion, List<Door>> doors(LearnerId learner, LocalDate on,
            List<RulebookVersion> rulebooks, @Nullable Map<String, @Nullable Object> ofLearner) {
        Attributes said = personal(ofLearner);
        return commands.ask(() -> {
            Account.Open open = load(learner);
            Case in = new Cases(open, null, around).of(
                    open.achievements().stream().filter(held -> held.holdsOn(on)).toList(), on,
                    Attributes.NONE, said, new Ask.Exactly(List.of()));
            Map<RulebookVersion, List<Door>> doors = new LinkedHashMap<>();
            rulebooks.forEach(version ->
                    doors.put(version, Engine.doors(in, around.rulebook(version))));
            return doors;
        });
    }

    /**
     * What would have come of it for a learner, had a rulebook said this.
     *
     * @throws Impact.CannotBeTried where the learner was erased
     */
    public Map<EnrolmentId, List<Impact.Change>> impact(Rulebook rulebook, LearnerId learner) {
        return impact(rulebook, history(learner));
    }

    /**
     * The same, as it was known once.
     *
     * @param history the first events of the learner's stream
     */
    public Map<EnrolmentId, List<Impact.Change>> impact(
            Rulebook rulebook, List<AccountEvent> history) {
        return commands.ask(() -> new Impact(this::ofLearner, around, rulebook).on(history));
    }

    private Attributes ofLearner(RecognitionDecided e) {
        return e.ofLearner() == null ? Attributes.NONE
                : sealing.open(e.learner(), PersonalField.OF_LEARNER, e.ofLearner())
                        .map(text -> EntryFormat.JSON.readValue(text, Attributes.class))
                        .orElseThrow(Impact.CannotBeTried::new);
    }

    private Enrolment tried(Account.Open open, ProgrammeVersion programme, LocalDate on) {
        return new Enrolment(new EnrolmentId(open.learner(), open.enrolments().size() + 1),
                programme, around.plan(programme).institution(), on, null,
                Enrolment.Status.ACTIVE);
    }

    Account.Open load(LearnerId learner) {
        return opened(history(learner), learner);
    }

    private static Account.Open opened(List<AccountEvent> history, LearnerId learner) {
        Account state = Account.NONE;
        for (AccountEvent event : history) {
            state = Account.evolve(state, event);
        }
        return Account.opened(state, learner);
    }

    private List<AccountEvent> history(LearnerId learner) {
        List<AccountEvent> history = new ArrayList<>();
        for (Entry entry : ledger.readStream(learner.stream(), 0)) {
            history.add((AccountEvent) EntryFormat.read(entry).event());
        }
        return history;
    }
}
