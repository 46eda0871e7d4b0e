package creditbank.account;

import static creditbank.api.Refused.inField;
import static creditbank.api.Refused.within;

import creditbank.account.AchievementForm.CreditsForm;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.EnrolmentCommand.EnrolLearner;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RedemptionCommand.RedeemCredits;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.account.TransferCommand.RequestTransfer;
import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.recognition.Wish;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Forms;
import creditbank.api.value.Rule;
import creditbank.api.value.Sealed;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is asked about studies and credits, as it arrives: text that may be wrong. */
public interface StudiesForms {

    /** How many lines may be asked for at once. */
    int MOST_ASKED = 500;

    /** One version of a programme or of a rulebook. */
    record VersionForm(@Nullable String id, @Nullable Integer version) {

        ProgrammeVersion programme() {
            return new ProgrammeVersion(
                    inField("id", () -> new ProgrammeId(Forms.required(id))), number());
        }

        RulebookVersion rulebook() {
            return new RulebookVersion(
                    inField("id", () -> new RulebookId(Forms.required(id))), number());
        }

        private int number() {
            if (version == null) {
                throw Rule.REQUIRED.brokenIn("version", "");
            }
            if (version < 1) {
                throw Rule.ID_MALFORMED.brokenIn("version", version);
            }
            return version;
        }
    }

    /**
     * @param school    who awards what the programme leads to; an institution may leave itself out
     * @param employer  of an apprentice, enrolled at both at once
     * @param on        from which day on; today if left out
     * @param admission the achievement that opened the door
     */
    record EnrolmentForm(@Nullable VersionForm programme, @Nullable String school,
            @Nullable String employer, @Nullable String on, @Nullable String admission) {

        EnrolLearner read(LearnerId learner, InstitutionId by) {
            return new EnrolLearner(learner, required("programme", programme,
                    VersionForm::programme), by,
                    inField("employer", () -> Forms.optional(employer, InstitutionId::new)),
                    day("on", on), inField("admission",
                    () -> Forms.optional(admission, AchievementId::parse)));
        }
    }

    /** One piece of evidence towards one or several targets, all of them or none. */
    record WishForm(@Nullable String evidence, @Nullable List<@Nullable String> targets) {

        private Wish read() {
            if (targets == null || targets.isEmpty()) {
                throw Rule.REQUIRED.brokenIn("targets", "");
            }
            return new Wish(
                    inField("evidence", () -> new EvidenceId(
                            AchievementId.parse(Forms.required(evidence)).toString())),
                    each("targets", targets, target -> new TargetId(Forms.required(target))));
        }
    }

    /**
     * @param asked     the lines to decide on; whatever counts most if left out
     * @param on        the day it is decided for; today if left out
     * @param request   what rulebooks may ask about the application, by name
     * @param learner   what rulebooks may ask about the learner, by name: kept sealed
     * @param agreement the mutual recognition agreement it rests on, if it does
     */
    record RecognitionForm(@Nullable String enrolment, @Nullable VersionForm rulebook,
            @Nullable List<@Nullable WishForm> asked, @Nullable String on,
            @Nullable Map<String, @Nullable Object> request,
            @Nullable Map<String, @Nullable Object> learner,
            @Nullable String agreement, @Nullable String school) {

        EnrolmentId readEnrolment() {
            return inField("enrolment", () -> EnrolmentId.parse(Forms.required(enrolment)));
        }

        AskingForm asking() {
            return new AskingForm(rulebook, asked, on, request, learner, agreement);
        }
    }

    /**
     * What is asked of a rulebook: a recognition without the studies it is towards.
     *
     * @param rulebook  under which it is decided
     * @param asked     as in {@link RecognitionForm}, and so are the others
     */
    record AskingForm(@Nullable VersionForm rulebook,
            @Nullable List<@Nullable WishForm> asked, @Nullable String on,
            @Nullable Map<String, @Nullable Object> request,
            @Nullable Map<String, @Nullable Object> learner, @Nullable String agreement) {

        RulebookVersion readRulebook() {
            return required("rulebook", rulebook, VersionForm::rulebook);
        }

        @Nullable List<Wish> readAsked() {
            return asked == null ? null : wishes(asked);
        }

        @Nullable LocalDate readDay() {
            return day("on", on);
        }

        @Nullable AgreementId readAgreement() {
            return inField("agreement", () -> Forms.optional(agreement, AgreementId::new));
        }
    }

    /**
     * @param from      the school that lets go; an institution may leave itself out
     * @param to        the school the credits go to
     * @param programme of that school, on whose courses and groups they are mapped
     * @param asked     what goes, and on what it is mapped; whatever counts most if left out
     * @param on        the day it is decided for; today if left out
     * @param answerBy  the last day for an answer; what is usual if left out
     * @param request   what rulebooks may ask about the application, by name
     * @param learner   what rulebooks may ask about the learner, by name: kept sealed
     * @param agreement the mutual recognition agreement it rests on, if it does
     */
    record TransferForm(@Nullable String from, @Nullable String to,
            @Nullable VersionForm programme, @Nullable VersionForm rulebook,
            @Nullable List<@Nullable WishForm> asked, @Nullable String on,
            @Nullable String answerBy, @Nullable Map<String, @Nullable Object> request,
            @Nullable Map<String, @Nullable Object> learner, @Nullable String agreement) {

        RequestTransfer read(LearnerId account, InstitutionId school, Attributes stated,
                Attributes ofLearner, @Nullable Sealed sealed) {
            return new RequestTransfer(account, school,
                    inField("to", () -> new InstitutionId(Forms.required(to))),
                    programme == null ? null : within("programme", programme::programme),
                    required("rulebook", rulebook, VersionForm::rulebook),
                    asked == null ? null : wishes(asked), day("on", on),
                    day("answerBy", answerBy), stated, ofLearner, sealed,
                    inField("agreement", () -> Forms.optional(agreement, AgreementId::new)));
        }
    }

    /**
     * @param on      the day of graduation; today if left out
     * @param request what rulebooks may ask about the application, by name
     * @param learner what rulebooks may ask about the learner, by name: kept sealed
     */
    record GraduationForm(@Nullable String on, @Nullable Map<String, @Nullable Object> request,
            @Nullable Map<String, @Nullable Object> learner, @Nullable String school) {

        @Nullable LocalDate readDay() {
            return day("on", on);
        }
    }

    /** What an institution gives against credits: one of these and no other. */
    record PurposeForm(@Nullable String certificate, @Nullable String entitlement) {

        private RedemptionPurpose.ForAmount read() {
            List<RedemptionPurpose.ForAmount> stated = new ArrayList<>();
            if (certificate != null) {
                stated.add(inField("certificate", () -> new RedemptionPurpose.Certificate(
                        Forms.required(certificate))));
            }
            if (entitlement != null) {
                stated.add(inField("entitlement", () -> new RedemptionPurpose.Entitlement(
                        Forms.required(entitlement))));
            }
            if (stated.isEmpty()) {
                throw Rule.REQUIRED.brokenBy("");
            }
            if (stated.size() > 1) {
                throw Rule.GIVEN_TWICE.brokenBy(stated.size());
            }
            return stated.getFirst();
        }
    }

    /**
     * @param from the achievements whose credits are used, in this order; those that expire first
     *             if left out
     * @param by   who gives something for the credits; an institution may leave itself out
     */
    record RedemptionForm(@Nullable PurposeForm purpose, @Nullable CreditsForm credits,
            @Nullable List<@Nullable String> from, @Nullable String on, @Nullable String by) {

        RedeemCredits read(LearnerId learner, InstitutionId who) {
            return new RedeemCredits(learner, who, required("purpose", purpose,
                    PurposeForm::read), required("credits", credits, RedemptionForm::credits),
                    from == null ? List.of() : each("from", from,
                            id -> AchievementId.parse(Forms.required(id))), day("on", on));
        }

        private static Credits credits(CreditsForm form) {
            CreditUnit unit = inField("unit",
                    () -> CreditUnit.of(Forms.required(form.unit())));
            return inField("amount", () -> Credits.of(Forms.required(form.amount()), unit));
        }
    }

    // ------------------------------------------------------------------ parts

    static <F, T> T required(String field, @Nullable F form, Function<F, T> reading) {
        if (form == null) {
            throw Rule.REQUIRED.brokenIn(field, "");
        }
        return within(field, () -> reading.apply(form));
    }

    static @Nullable LocalDate day(String field, @Nullable String text) {
        LocalDate day = inField(field, () -> Forms.dateIfAny(text));
        if (day != null && day.isBefore(Achievement.EARLIEST)) {
            throw Rule.DATE_TOO_EARLY.brokenIn(field, day);
        }
        return day;
    }

    /** Each line is answered one by one, so their number is what is limited. */
    private static List<Wish> wishes(List<@Nullable WishForm> asked) {
        List<Wish> wishes = each("asked", asked, WishForm::read);
        int lines = wishes.stream().mapToInt(wish -> wish.targets().size()).sum();
        if (lines > MOST_ASKED) {
            throw Rule.LIST_TOO_LONG.brokenIn("asked", lines);
        }
        return wishes;
    }

    private static <F, T> List<T> each(
            String field, List<@Nullable F> forms, Function<F, T> reading) {
        if (forms.size() > MOST_ASKED) {
            throw Rule.LIST_TOO_LONG.brokenIn(field, forms.size());
        }
        List<T> read = new ArrayList<>();
        for (F form : forms) {
            read.add(required(field + "." + read.size(), form, reading));
        }
        return read;
    }
}
