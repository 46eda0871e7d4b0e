package creditbank.bench;

import creditbank.Bank;
import creditbank.account.AchievementForm;
import creditbank.account.AchievementForm.CreditsForm;
import creditbank.account.IdentityForm;
import creditbank.account.StudiesForms.EnrolmentForm;
import creditbank.account.StudiesForms.RecognitionForm;
import creditbank.account.StudiesForms.VersionForm;
import creditbank.api.account.LearnerId;
import creditbank.api.programme.ProgrammeCommand.DefineProgramme;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.RulebookCommand.ApproveRulebook;
import creditbank.api.institution.InstitutionId;
import creditbank.enactment.RulebookForm;
import creditbank.institution.InstitutionForm;
import creditbank.ledger.Sender;
import creditbank.programme.PlanForm;
import creditbank.programme.PlanForm.TitleForm;
import creditbank.rulebook.Rulebook;
import creditbank.rulebook.RulebookReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a changed rulebook would have changed for many learners, each with three certificates of
 * which a decision lets six credits count.
 */
final class ImpactBench {

    private static final InstitutionId COLLEGE = new InstitutionId("bench-college");
    private static final String RULEBOOK = """
            rulebook: bench-certificates
            version: 1
            jurisdiction: {institution: bench-college}
            title: {zh: 证书学分认定, en: Credits for certificates}
            source: {title: Rules of the bench college, mark: P}
            in-force: {from: 2020-01-01}
            unit: CN
            clauses:
              - id: certificates
                summary: {zh: 证书按其学分计，最多%s学分, en: "Own credits, at most %s"}
                selects: {evidence: {kind: SKILL_CERTIFICATE}}
                awards: {credits: own}
                limits: [{name: most, counts: credits, at-most: "%s"}]
            """;

    private final Path folder;
    private final int learners;

    ImpactBench(Path folder, int learners) {
        this.folder = folder;
        this.learners = learners;
    }

    /** @param changed learners whose credits would change */
    record Result(double seconds, long changed, long entries) {
    }

    Result run() throws Exception {
        try (Bank bank = Bank.open(folder.resolve("impact"), folder.resolve("impact-keys"),
                Clock.systemDefaultZone())) {
            bank.commands().send(new InstitutionForm(COLLEGE.text(), "Bench College",
                    "VOCATIONAL", "COLLEGE", null, null, null).read(bank.claims()), sender(bank));
            enact(bank);
            bank.commands().send(new DefineProgramme(new ProgrammeId("bench-programme"),
                    new PlanForm(new TitleForm("专业", "Programme"), COLLEGE.text(), "VOCATIONAL",
                            null, null, "CN", "80.00", null, null, null).read()), sender(bank));
            AtomicLong next = new AtomicLong();
            ConcurrentSkipListSet<String> accounts = new ConcurrentSkipListSet<>();
            CommandsBench.inParallel(512, learners,
                    () -> accounts.add(learner(bank, next.incrementAndGet())));
            Rulebook tried = read("4.00");
            long changed = 0;
            long begun = System.nanoTime();
            for (String account : accounts) {
                changed += bank.studies().impact(tried, new LearnerId(account)).isEmpty() ? 0 : 1;
            }
            return new Result((System.nanoTime() - begun) / 1e9, changed,
                    bank.ledger().reader().size());
        }
    }

    private static void enact(Bank bank) {
        bank.commands().send(RulebookForm.of(text("6.00").getBytes(StandardCharsets.UTF_8))
                .proposal("user/bench"), sender(bank));
        bank.commands().send(new ApproveRulebook(
                new RulebookVersion(new RulebookId("bench-certificates"), 1), "user/approver"),
                sender(bank));
    }

    private static String learner(Bank bank, long n) {
        LearnerId learner = new LearnerId(bank.counter().open(sender(bank),
                new IdentityForm("名字", "PASSPORT", null, "P" + n, null)).id());
        for (int i = 0; i < 3; i++) {
            bank.counter().record(sender(bank), learner, new AchievementForm("SKILL_CERTIFICATE",
                    COLLEGE.text(), null, n + "-" + i, "电工", null, "INTERMEDIATE", null, null,
                    new CreditsForm("2.50", "CN"), "2024-06-30", null, null,
                    "Z" + n + "-" + i, Map.of()));
        }
        String enrolment = bank.studies().enrol(sender(bank), learner, COLLEGE,
                new EnrolmentForm(new VersionForm("bench-programme", 1), null, null,
                        "2024-09-01", null)).id();
        bank.studies().recognise(sender(bank), learner, COLLEGE, new RecognitionForm(enrolment,
                new VersionForm("bench-certificates", 1), null, "2024-09-02", null, null, null,
                null));
        return learner.text();
    }

    private static Rulebook read(String most) {
        return ((RulebookReader.Reading.Read) RulebookReader.read(text(most))).rulebook();
    }

    private static String text(String most) {
        return RULEBOOK.formatted(most, most, most);
    }

    private static Sender sender(Bank bank) {
        return new Sender("user/bench", null, bank.newCommandId(), null);
    }
}
