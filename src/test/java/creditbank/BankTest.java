package creditbank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.account.AchievementForm;
import creditbank.account.AchievementForm.CreditsForm;
import creditbank.account.IdentityForm;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.institution.InstitutionForm;
import creditbank.ledger.Receipt;
import creditbank.ledger.Sender;
import creditbank.projections.Balance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BankTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneId.of("Asia/Shanghai"));

    @TempDir
    Path folder;

    @Test
    void the_files_of_a_bank_are_readable_by_its_own_user_alone() throws IOException {
        Path data = folder.resolve("private");
        try (Bank bank = Bank.open(data, data.resolve("keys"), Clock.systemUTC())) {
            assertThat(bank.isNew()).isTrue();
            for (String file : List.of("ledger.db", "ledger.db-wal", "index.db", "views.db",
                    "keys/keys.db", "keys/keys.lock")) {
                assertThat(Files.getPosixFilePermissions(data.resolve(file))).as(file)
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    @Test
    void two_banks_with_one_keys_folder_are_not_open_at_once() {
        Path other = folder.resolve("other");
        try (Bank bank = open()) {
            assertThat(bank.isNew()).isTrue();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> Bank.open(other, folder.resolve("keys"), CLOCK))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("Another bank serves with the keys in "
                                + folder.resolve("keys").toAbsolutePath());
            }
        }
        Bank.open(other, folder.resolve("keys"), CLOCK).close();
        open().close();
    }

    @Test
    void what_an_institution_records_is_in_the_balance_also_after_opening_anew() {
        LearnerId learner;
        try (Bank bank = open()) {
            bank.follower().start();
            register(bank);
            learner = new LearnerId(bank.counter().open(sender("open"), person()).id());
            Receipt receipt = bank.counter().record(sender("record"), learner, course("K-1"));
            bank.follower().await(receipt.position(), Duration.ofSeconds(10));
            assertThat(balance(bank, learner)).containsExactly(450L);
        }
        try (Bank bank = open()) {
            assertThat(balance(bank, learner)).containsExactly(450L);
            bank.counter().record(sender("record-2"), learner, course("K-2"));
            bank.follower().catchUp(_ -> { });
            assertThat(balance(bank, learner)).containsExactly(900L);
        }
    }

    @Test
    void the_same_record_of_the_same_institution_is_refused_with_where_it_stands() {
        try (Bank bank = open()) {
            register(bank);
            LearnerId learner =
                    new LearnerId(bank.counter().open(sender("open"), person()).id());
            Receipt first = bank.counter().record(sender("one"), learner, course("K-1"));
            assertThatThrownBy(() ->
                    bank.counter().record(sender("two"), learner, course("K-1")))
                    .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.refusal())
                            .isInstanceOfSatisfying(Refusal.AchievementAlreadyRecorded.class,
                                    a -> assertThat(a.position()).isEqualTo(first.position())));
        }
    }

    @Test
    void a_command_sent_twice_has_one_effect_and_gets_the_first_answer() {
        try (Bank bank = open()) {
            register(bank);
            Receipt opened = bank.counter().open(sender("open"), person());
            assertThat(bank.counter().open(sender("open"), person())).isEqualTo(opened);
            LearnerId learner = new LearnerId(opened.id());
            Receipt first = bank.counter().record(sender("one"), learner, course("K-1"));
            assertThat(bank.counter().record(sender("one"), learner, course("K-1")))
                    .isEqualTo(first);
            assertThat(bank.ledger().reader().size()).isEqualTo(3);
        }
    }

    private Bank open() {
        return Bank.open(folder.resolve("data"), folder.resolve("keys"), CLOCK);
    }

    private static void register(Bank bank) {
        bank.commands().send(new InstitutionForm("test-college", "试验学院", "VOCATIONAL",
                "COLLEGE", "210600", null, null).read(bank.claims()), sender("register"));
    }

    private static Sender sender(String command) {
        return new Sender("user/test", null,
                UUID.nameUUIDFromBytes(command.getBytes()).toString(), null);
    }

    private static IdentityForm person() {
        return new IdentityForm("王小明", "RESIDENT_ID", null, "11010519491231002X", null);
    }

    private static AchievementForm course(String key) {
        return new AchievementForm("COURSE", "test-college", null, key, "机械制图", "ME101", null,
                "64", "90", new CreditsForm("4.5", "CN"), "2024-06-30", null, null, null,
                null);
    }

    private static java.util.List<Long> balance(Bank bank, LearnerId learner) {
        return Balance.of(bank.views(), learner, LocalDate.of(2026, 11, 22)).lines().stream()
                .map(Balance.Line::available).toList();
    }
}
