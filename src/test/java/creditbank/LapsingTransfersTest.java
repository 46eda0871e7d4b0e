package creditbank;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.account.AchievementForm;
import creditbank.account.AchievementForm.CreditsForm;
import creditbank.account.IdentityForm;
import creditbank.account.StudiesForms.TransferForm;
import creditbank.account.StudiesForms.VersionForm;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.account.TransferEvent.TransferLapsed;
import creditbank.api.account.TransferId;
import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.rulebook.RulebookCommand.ApproveRulebook;
import creditbank.api.rulebook.RulebookCommand.ProposeRulebook;
import creditbank.api.value.Sector;
import creditbank.enactment.RulebookForm;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Sender;
import creditbank.projections.Transfers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LapsingTransfersTest {

    private static final String RULES = """
            rulebook: university-rules
            version: 1
            jurisdiction: {institution: university}
            title: {zh: 学分转换, en: Credits transferred}
            source: {title: Rules of a test, mark: P}
            in-force: {from: 2020-01-01}
            unit: CN
            clauses:
              - id: own-credits
                summary: {zh: 按原学分计, en: Own credits}
                awards: {credits: own}
            """;
    private static final Instant BEGUN = Instant.parse("2026-11-22T03:00:00Z");

    /** Days pass when a test says so. */
    private static final class Days extends Clock {
        private Instant now = BEGUN;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TempDir
    Path folder;

    private final Days days = new Days();
    private int commands;

    private Sender sender(String actor) {
        return new Sender(actor, null, "command-" + ++commands, null);
    }

    private static void register(Bank bank, Sender sender, String id) {
        bank.commands().send(new RegisterInstitution(new InstitutionId(id), "学校",
                Sector.VOCATIONAL, InstitutionKind.COLLEGE, null, null, null, null), sender);
    }

    private TransferId offered(Bank bank) {
        register(bank, sender("user/registrar"), "college");
        register(bank, sender("user/registrar"), "university");
        ProposeRulebook proposal = RulebookForm.of(RULES.getBytes(StandardCharsets.UTF_8))
                .proposal("user/registrar");
        bank.commands().send(proposal, sender("user/registrar"));
        bank.commands().send(new ApproveRulebook(proposal.rulebook(), "user/approver"),
                sender("user/approver"));
        LearnerId learner = new LearnerId(bank.counter().open(sender("user/college"),
                new IdentityForm("王小明", "PASSPORT", null, "E12345678", null)).id());
        bank.counter().record(sender("user/college"), learner, new AchievementForm("COURSE",
                "college", null, "K-1", "机械制图", null, null, null, null,
                new CreditsForm("4.50", "CN"), "2024-06-30", null, null, null, null));
        return TransferId.parse(bank.studies().requestTransfer(sender("user/college"), learner,
                new InstitutionId("college"), new TransferForm(null, "university", null,
                        new VersionForm("university-rules", 1), null, null, "2026-12-01", null,
                        null, null)).id());
    }

    @Test
    void what_nobody_answered_lapses_once_its_last_day_has_passed() {
        try (Bank bank = Bank.open(folder, folder.resolve("keys"), days)) {
            TransferId transfer = offered(bank);
            bank.follower().start();
            followed(bank);
            days.now = Instant.parse("2026-12-01T23:59:59Z");
            assertThat(bank.lapsing().round()).isZero();
            days.now = Instant.parse("2026-12-05T00:00:00Z");
            assertThat(bank.lapsing().round()).isEqualTo(1);
            followed(bank);
            assertThat(bank.lapsing().round()).isZero();
            long last = bank.ledger().reader().size() - 1;
            var entry = EntryFormat.read(bank.ledger().reader().read(last, 1).getFirst());
            assertThat(entry.actor()).isEqualTo(LapsingTransfers.ACTOR);
            assertThat(entry.event()).isInstanceOfSatisfying(TransferLapsed.class,
                    e -> assertThat(e.on()).isEqualTo(LocalDate.of(2026, 12, 2)));
            assertThat(Objects.requireNonNull(Transfers.get(bank.views(), transfer)).state())
                    .isEqualTo(Transfers.State.LAPSED);
        }
    }

    @Test
    void what_is_refused_for_another_cause_than_that_it_ended_is_told() {
        List<String> told = new ArrayList<>();
        Handler listening = listening(told);
        Logger log = Logger.getLogger(LapsingTransfers.class.getName());
        log.addHandler(listening);
        try (Bank bank = Bank.open(folder, folder.resolve("keys"), days)) {
            TransferId transfer = offered(bank);
            bank.follower().start();
            followed(bank);
            days.now = Instant.parse("2026-12-05T00:00:00Z");
            for (Refusal quiet : List.of(new Refusal.TransferEnded(transfer),
                    new Refusal.AccountErased(transfer.learner()),
                    new Refusal.AccountRestricted(transfer.learner()))) {
                assertThat(refusing(bank, quiet)).isZero();
            }
            assertThat(told).isEmpty();
            assertThat(refusing(bank, new Refusal.LedgerNotWritable("disk full"))).isZero();
            assertThat(told).containsExactly("Transfers that lapsed are left waiting:"
                    + " ledger-not-writable, 1 of them, the first is " + transfer);
        } finally {
            log.removeHandler(listening);
        }
    }

    private static Handler listening(List<String> told) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(line.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is held open.
            }
        };
    }

    private int refusing(Bank bank, Refusal refusal) {
        try (LapsingTransfers lapsing = new LapsingTransfers(bank.views(), days, _ -> {
            throw new Refused(refusal);
        })) {
            return lapsing.round();
        }
    }

    private static void followed(Bank bank) {
        bank.follower().await(bank.ledger().reader().size() - 1, Duration.ofSeconds(20));
    }
}
