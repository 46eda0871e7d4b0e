package creditbank.sample;

import creditbank.Bank;
import creditbank.account.AchievementForm;
import creditbank.account.AchievementForm.CreditsForm;
import creditbank.account.IdentityForm;
import creditbank.account.StudiesForms.EnrolmentForm;
import creditbank.account.StudiesForms.RecognitionForm;
import creditbank.account.StudiesForms.TransferForm;
import creditbank.account.StudiesForms.VersionForm;
import creditbank.account.StudiesForms.WishForm;
import creditbank.agreement.AgreementForm;
import creditbank.api.Refused;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.ResidentId;
import creditbank.api.account.TransferId;
import creditbank.api.agreement.AgreementCommand.AcceptAgreement;
import creditbank.api.agreement.AgreementCommand.ProposeAgreement;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeCommand.DefineProgramme;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.rulebook.RulebookCommand.ApproveRulebook;
import creditbank.api.rulebook.RulebookCommand.ProposeRulebook;
import creditbank.enactment.RulebookForm;
import creditbank.institution.InstitutionForm;
import creditbank.ledger.Receipt;
import creditbank.ledger.Sender;
import creditbank.sample.SamplePlan.Course;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Fills a bank with the sample: always the same people and records, each command with an id of its
 * own, so a fill that was cut short is simply filled again.
 */
final class SampleBank {

    private static final String REGISTRAR = "user/registrar";
    private static final String APPROVER = "user/approver";
    /** The sample's users of institutions, by the parties they act for. */
    private static final Map<String, String> USERS = Map.of(
            "institution/sample-vocational-college", "user/college",
            "institution/sample-open-university", "user/university",
            "institution/sample-skills-evaluation", "user/evaluator");

    private static final int LEARNERS = 36;
    private static final String VOCATIONAL_SCHOOL = "sample-vocational";
    private static final String VOCATIONAL_COLLEGE = "sample-vocational-college";
    private static final String OPEN_UNIVERSITY = "sample-open-university";
    private static final String EVALUATION = "sample-skills-evaluation";

    private final Bank bank;
    private final SamplePlan plan = SamplePlan.read();
    private final Random dice = new Random(2026);

    SampleBank(Bank bank) {
        this.bank = bank;
    }

    /** Whether this bank began as a sample. */
    static boolean begunIn(Bank bank) {
        return bank.ledger().reader()
                .positionOfCommand(commandId(bank, "institution/sample-no1-high")).isPresent();
    }

    /** Answers the sample's learners; the first goes 中职 → 高职 → open university. */
    List<LearnerId> fill() {
        for (InstitutionForm institution : plan.institutions()) {
            bank.commands().send(institution.read(bank.claims()),
                    sender(null, "institution/" + institution.id()));
        }
        plan.rulebooks().forEach(this::enact);
        for (SamplePlan.Programme each : plan.programmes()) {
            bank.commands().send(
                    new DefineProgramme(new ProgrammeId(each.id()), each.plan().read()),
                    sender(each.plan().institution(), "programme/" + each.id()));
        }
        plan.agreements().forEach(this::agree);
        List<LearnerId> learners = new ArrayList<>();
        for (int n = 0; n < LEARNERS; n++) {
            learners.add(open(n));
        }
        for (int n = 0; n < LEARNERS; n++) {
            switch (n % 4) {
                case 0 -> vocationalChain(learners.get(n), n);
                case 1 -> generalPath(learners.get(n), n);
                case 2 -> adultPath(learners.get(n), n);
                default -> apprentice(learners.get(n), n);
            }
        }
        mistakes(learners);
        studies(learners.getFirst());
        transfer(learners.get(4));
        application(learners.get(8));
        teachers(learners);
        return learners;
    }

    /** One registrar proposes, the other approves. */
    private void enact(String rulebook) {
        ProposeRulebook proposal = shipped(rulebook).proposal(REGISTRAR);
        bank.commands().send(proposal, new Sender(
                REGISTRAR, null, commandId(bank, "proposal/" + rulebook), null));
        bank.commands().send(new ApproveRulebook(proposal.rulebook(), APPROVER), new Sender(
                APPROVER, null, commandId(bank, "approval/" + rulebook), null));
    }

    /** The first party proposes, the second accepts: as the users who act for them would. */
    private void agree(AgreementForm form) {
        Party first = new Party(Objects.requireNonNull(form.parties()).getFirst());
        Party second = new Party(form.parties().getLast());
        String proposer = Objects.requireNonNull(USERS.get(first.text()));
        String acceptor = Objects.requireNonNull(USERS.get(second.text()));
        ProposeAgreement proposal = form.proposal(first, proposer);
        bank.commands().send(proposal, new Sender(proposer, first.text(),
                commandId(bank, "agreement/" + form.id()), null));
        bank.commands().send(new AcceptAgreement(proposal.agreement(), second, acceptor),
                new Sender(acceptor, second.text(),
                        commandId(bank, "acceptance/" + form.id()), null));
    }

    private static RulebookForm shipped(String rulebook) {
        try (InputStream in = SampleBank.class.getResourceAsStream(
                "/rulebooks/" + rulebook + ".yaml")) {
            return RulebookForm.of(Objects.requireNonNull(in, rulebook).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LearnerId open(int n) {
        String name = plan.surnames().get(n % plan.surnames().size())
                + plan.givenNames().get(n * 5 % plan.givenNames().size());
        LocalDate birthday = LocalDate.of(1970 + n, 1 + n % 12, 1 + n * 7 % 28);
        IdentityForm form = new IdentityForm(name, "RESIDENT_ID", null,
                residentId("999999" + birthday.toString().replace("-", "")
                        + String.format("%03d", n + 1)), null);
        return new LearnerId(
                bank.counter().open(sender(VOCATIONAL_SCHOOL, "learner/" + n), form).id());
    }

    private static String residentId(String seventeen) {
        for (char check : "0123456789X".toCharArray()) {
            try {
                return new ResidentId(seventeen + check).plain();
            } catch (Refused wrong) {
                // One of the eleven fits.
            }
        }
        throw new IllegalStateException("no check character fits");
    }

    // ------------------------------------------------------------------ four ways to learn

    private void vocationalChain(LearnerId learner, int n) {
        courses(learner, n, VOCATIONAL_SCHOOL, LocalDate.of(2018, 1, 15));
        diploma(learner, n, VOCATIONAL_SCHOOL, "SECONDARY_VOCATIONAL",
                "99-" + (2019000 + n), LocalDate.of(2019, 7, 1));
        courses(learner, n, VOCATIONAL_COLLEGE, LocalDate.of(2021, 1, 15));
        certificate(learner, n, n % 8 == 0 ? "INTERMEDIATE" : "ELEMENTARY",
                LocalDate.of(2021, 5, 20));
        diploma(learner, n, VOCATIONAL_COLLEGE, null,
                "999911202206" + String.format("%06d", n + 1), LocalDate.of(2022, 7, 1));
        courses(learner, n, OPEN_UNIVERSITY, LocalDate.of(2024, 1, 15));
        if (n % 8 == 0) {
            certificate(learner, n + 100, "ADVANCED", LocalDate.of(2024, 6, 10));
        }
    }

    private void generalPath(LearnerId learner, int n) {
        courses(learner, n, "sample-no1-high", LocalDate.of(2020, 6, 20));
        courses(learner, n, "sample-normal-univ", LocalDate.of(2022, 6, 20));
        if (n % 3 == 0) {
            diploma(learner, n, "sample-normal-univ", null,
                    "999921202405" + String.format("%06d", n + 1), LocalDate.of(2024, 7, 1));
        }
    }

    private void adultPath(LearnerId learner, int n) {
        courses(learner, n, OPEN_UNIVERSITY, LocalDate.of(2023, 6, 30));
        outcome(learner, n, "sample-community", AchievementKind.COMMUNITY_LEARNING, "SQ",
                "智慧助老数字生活", "1.00", LocalDate.of(2025, 3, 8), null);
        outcome(learner, n, "sample-adult-school", AchievementKind.TRAINING, "PX",
                "电子商务培训", "2.00", LocalDate.of(2024, 11, 2), LocalDate.of(2026, 11, 1));
        certificate(learner, n, "ELEMENTARY", LocalDate.of(2025, 5, 18));
    }

    private void apprentice(LearnerId learner, int n) {
        courses(learner, n, "sample-machinery-college", LocalDate.of(2024, 6, 28));
        AchievementForm form = form("sample-machinery-college", AchievementKind.APPRENTICESHIP,
                "XT-" + n, "现代学徒制岗位实践", "XT", "12.00", LocalDate.of(2025, 6, 28), null,
                null, null);
        record(learner, "apprenticeship/" + n, new AchievementForm(form.kind(), form.issuer(),
                "sample-robotics", form.recordKey(), form.title(), form.subject(), null,
                "480.00", "良好", form.credits(), form.happenedOn(), null, null, null,
                null));
        if (n % 3 == 0) {
            outcome(learner, n, "sample-skills-contest", AchievementKind.COMPETITION_AWARD, "JS",
                    "省职业院校技能大赛 机电一体化", "2.00", LocalDate.of(2025, 4, 12), null);
        }
    }

    /** Every bank knows mistakes: one is corrected, one taken back. */
    private void mistakes(List<LearnerId> learners) {
        AchievementId first =
                new AchievementId(learners.get(1), 1);
        Course course = Objects.requireNonNull(plan.courses().get("sample-no1-high")).getFirst();
        bank.counter().correct(sender("sample-no1-high", "correction/1"), first,
                form("sample-no1-high", AchievementKind.COURSE, course.subject() + "-1",
                        course.title(), course.subject(), "3.00", LocalDate.of(2020, 6, 20),
                        null, null, null),
                "学分登记有误，应为 3 学分");
        bank.counter().revoke(sender("sample-community", "revocation/1"),
                new AchievementId(learners.get(2), 4),
                new InstitutionId("sample-community"), "2025-09-01", "活动未达到学时要求");
    }

    /**
     * The first learner studies at the college with a diploma of the vocational school and an X
     * certificate, recognised step by step, then at the open university with what the college taught.
     */
    private void studies(LearnerId learner) {
        AchievementId admission = new AchievementId(learner, 4);
        EnrolmentId college = enrol(learner, "sample-mechatronics", VOCATIONAL_COLLEGE,
                "2019-09-01", admission);
        AchievementId certificate = new AchievementId(learner, 8);
        ApplicationId application = apply(college, certificate, "course/GZ-RB", "2021-06-15");
        endorse(application, "college", VOCATIONAL_COLLEGE, "2021-06-16");
        endorse(application, "academic-affairs", VOCATIONAL_COLLEGE, "2021-06-18");
        endorse(application, "issuer", EVALUATION, "2021-06-22");
        endorse(application, "bank", null, "2021-06-25");
        EnrolmentId open = enrol(learner, "sample-open-automation", OPEN_UNIVERSITY,
                "2023-09-01", new AchievementId(learner, 9));
        recognise(OPEN_UNIVERSITY, open, "cn-guangdong-replacement", List.of(
                        wish(new AchievementId(learner, 5), "course/GZ-PLC"),
                        wish(new AchievementId(learner, 7), "course/GZ-RB")),
                "2023-09-20", "sample-college-and-open-university");
    }

    /**
     * Another learner of the college takes a course along to the open university, which teaches it
     * under the same code. It is of the day on which the bank is filled: nothing is received before
     * it is accepted.
     */
    private void transfer(LearnerId learner) {
        Receipt offered = bank.studies().requestTransfer(
                sender(VOCATIONAL_COLLEGE, "transfer/1"), learner,
                new InstitutionId(VOCATIONAL_COLLEGE), new TransferForm(null, OPEN_UNIVERSITY,
                        new VersionForm("sample-open-automation", 1),
                        new VersionForm("cn-guangdong-replacement", 1), List.of(
                                wish(new AchievementId(learner, 5), "course/GZ-PLC")),
                        null, null, null, null, "sample-college-and-open-university"));
        bank.studies().acceptTransfer(sender(OPEN_UNIVERSITY, "transfer/1/acceptance"),
                TransferId.parse(offered.id()), new InstitutionId(OPEN_UNIVERSITY));
    }

    /** Another learner of the college applies too, and the office of academic affairs has it. */
    private void application(LearnerId learner) {
        EnrolmentId college = enrol(learner, "sample-mechatronics", VOCATIONAL_COLLEGE,
                "2019-09-01", new AchievementId(learner, 4));
        ApplicationId application = apply(
                college, new AchievementId(learner, 8), "course/GZ-PLC", "2021-06-20");
        endorse(application, "college", VOCATIONAL_COLLEGE, "2021-06-21");
    }

    private ApplicationId apply(
            EnrolmentId enrolment, AchievementId certificate, String target, String on) {
        return ApplicationId.parse(bank.applications().submit(
                sender(null, "application/" + enrolment), enrolment.learner(), null,
                new RecognitionForm(enrolment.toString(),
                        new VersionForm("cn-x-course-replacement", 1),
                        List.of(wish(certificate, target)), on, null, null,
                        "sample-x-certificates", null)).id());
    }

    /** As the user who acts for the institution would, or a registrar for the bank. */
    private void endorse(ApplicationId application, String step, @Nullable String institution,
            String on) {
        String party = institution == null ? null : "institution/" + institution;
        String user = party == null ? REGISTRAR : Objects.requireNonNull(USERS.get(party));
        bank.applications().endorse(new Sender(user, party,
                        commandId(bank, "endorsement/" + application + "/" + step), null),
                application, institution == null ? null : new InstitutionId(institution), on);
    }

    /** Three teach at the college: one was long enough in an enterprise, one not yet, one never. */
    private void teachers(List<LearnerId> learners) {
        for (int n = 21; n <= 29; n += 4) {
            LearnerId teacher = learners.get(n);
            stated(teacher, n, VOCATIONAL_COLLEGE, AchievementKind.SERVICE, "RJ", "专任教师",
                    LocalDate.of(2024, 9, 1), Map.of("employed-as", "teacher"));
            if (n < 29) {
                stated(teacher, n, "sample-robotics", AchievementKind.ENTERPRISE_PRACTICE, "SJ",
                        "企业实践", LocalDate.of(2025, 8, 31), Map.of("months", n == 21 ? 10 : 6));
            }
        }
    }

    private void stated(LearnerId learner, int n, String issuer, AchievementKind kind,
            String code, String title, LocalDate on, Map<String, @Nullable Object> attributes) {
        AchievementForm form = form(issuer, kind, code + "-" + n, title, code, "0.00", on, null,
                null, null);
        record(learner, issuer + "/" + code + "/" + n, new AchievementForm(form.kind(),
                form.issuer(), null, form.recordKey(), form.title(), form.subject(), null, null,
                null, form.credits(), form.happenedOn(), null, null, null, attributes));
    }

    private EnrolmentId enrol(LearnerId learner, String programme, String school, String on,
            AchievementId admission) {
        Receipt receipt = bank.studies().enrol(sender(school, "enrolment/" + programme
                        + "/" + learner), learner,
                new InstitutionId(school), new EnrolmentForm(new VersionForm(programme, 1), null,
                        null, on, admission.toString()));
        return EnrolmentId.parse(receipt.id());
    }

    private void recognise(String school, EnrolmentId enrolment, String rulebook,
            @Nullable List<@Nullable WishForm> asked, String on, String agreement) {
        bank.studies().recognise(sender(school, "recognition/" + enrolment.number()),
                enrolment.learner(), new InstitutionId(school), new RecognitionForm(
                        enrolment.toString(), new VersionForm(rulebook, 1), asked, on, null, null,
                        agreement, null));
    }

    private static WishForm wish(AchievementId evidence, String target) {
        return new WishForm(evidence.toString(), List.of(target));
    }

    // ------------------------------------------------------------------ records

    private void courses(LearnerId learner, int n, String school, LocalDate first) {
        int term = 0;
        for (Course course : Objects.requireNonNull(plan.courses().get(school))) {
            record(learner, school + "/" + course.subject() + "/" + n,
                    form(school, AchievementKind.COURSE, course.subject() + "-" + n,
                            course.title(), course.subject(), course.credits(),
                            first.plusMonths(6L * term++), null, null,
                            String.valueOf(60 + dice.nextInt(40))));
        }
    }

    private void outcome(LearnerId learner, int n, String issuer, AchievementKind kind,
            String code, String title, String credits, LocalDate on, @Nullable LocalDate until) {
        record(learner, issuer + "/" + code + "/" + n, form(issuer, kind, code + "-" + n, title,
                code, credits, on, until, null, null));
    }

    private void diploma(LearnerId learner, int n, String school, @Nullable String level,
            String number, LocalDate on) {
        AchievementForm form = form(school, AchievementKind.DIPLOMA, "BY-" + n, "毕业证书", null,
                "0.00", on, null, number, null);
        record(learner, school + "/diploma/" + n, new AchievementForm(form.kind(), form.issuer(),
                null, form.recordKey(), form.title(), null, level, null, null, form.credits(),
                form.happenedOn(), null, null, form.number(), null));
    }

    /** The number follows the published layout of 22 characters. */
    private void certificate(LearnerId learner, int n, String level, LocalDate on) {
        int grade = switch (level) {
            case "ELEMENTARY" -> 1;
            case "INTERMEDIATE" -> 2;
            default -> 3;
        };
        String number = "Y0099" + "21" + "009999" + on.toString().substring(2, 4) + grade
                + String.format("%06d", n + 1);
        AchievementForm form = form(EVALUATION, AchievementKind.SKILL_CERTIFICATE, "ZS-" + n,
                plan.certificates().get(n % plan.certificates().size()), null, "6.00", on,
                on.plusYears(10), number, null);
        record(learner, "certificate/" + n, new AchievementForm(form.kind(), form.issuer(), null,
                form.recordKey(), form.title(), null, level, null, null, form.credits(),
                form.happenedOn(), form.validUntil(), null, form.number(),
                Map.of("recognised-credits", 6)));
    }

    private static AchievementForm form(String issuer, AchievementKind kind, String key,
            String title, @Nullable String subject, String credits, LocalDate on,
            @Nullable LocalDate until, @Nullable String number, @Nullable String grade) {
        return new AchievementForm(kind.name(), issuer, null, key, title, subject, null, null,
                grade, new CreditsForm(credits, "CN"), on.toString(),
                until == null ? null : until.toString(), null, number, null);
    }

    private Receipt record(LearnerId learner, String command, AchievementForm form) {
        return bank.counter().record(sender(form.issuer(), command), learner, form);
    }

    private Sender sender(@Nullable String institution, String command) {
        return new Sender("system/sample",
                institution == null ? null : "institution/" + institution,
                commandId(bank, command), null);
    }

    private static String commandId(Bank bank, String command) {
        return bank.claims().commandId("sample", command);
    }
}
