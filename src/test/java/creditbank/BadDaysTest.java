package creditbank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.account.IdentityForm;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.audit.Verification;
import creditbank.audit.Verification.Outcome;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.Receipt;
import creditbank.projections.Projection;
import creditbank.store.SqliteFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadDaysTest {

    private static final int PAGE = 4_096;

    @TempDir
    Path folder;

    private Path ledger() {
        return folder.resolve("data").resolve("ledger.db");
    }

    private Path key(String name) {
        return folder.resolve("keys").resolve(name);
    }

    private void business() {
        try (Bank bank = Sample.open(folder)) {
            Sample.business(bank);
        }
    }

    private static void execute(Path file, String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private Verification.Report verify() {
        return new Verification(
                folder.resolve("data"), Projection.all(), ZoneOffset.UTC, Locale.ENGLISH)
                .verify(folder, (_, _) -> { });
    }

    // ------------------------------------------------------------------ the ledger's file

    @Test
    void a_ledger_that_is_another_programs_file_is_refused_and_not_touched() throws Exception {
        Files.createDirectories(ledger().getParent());
        execute(ledger(), "CREATE TABLE notes (text TEXT)");
        byte[] before = Files.readAllBytes(ledger());
        assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(SqliteFailure.class)
                .hasMessageContaining("belongs to another program")
                .hasMessageContaining("ledger.db");
        assertThat(Files.readAllBytes(ledger())).isEqualTo(before);
    }

    @Test
    void a_ledger_that_is_no_database_is_refused_and_not_touched() throws Exception {
        Files.createDirectories(ledger().getParent());
        Files.writeString(ledger(), "not a ledger\n".repeat(1_000));
        assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(SqliteFailure.class)
                .hasMessageContaining("is damaged");
        assertThat(ledger()).hasContent("not a ledger\n".repeat(1_000));
    }

    @Test
    void a_ledger_whose_making_was_cut_short_is_made_to_the_end() throws Exception {
        Files.createDirectories(ledger().getParent());
        execute(ledger(), "PRAGMA journal_mode = WAL");
        assertThat(Files.size(ledger())).isPositive();
        business();
        assertThat(verify().holds()).isTrue();
    }

    @Test
    void a_ledger_that_cannot_be_written_is_refused_with_what_to_do() throws Exception {
        business();
        assertThat(ledger().toFile().setReadOnly()).isTrue();
        if (Files.isWritable(ledger())) {
            // Rights do not bind this user, so the file beside it is what cannot be written.
            System.out.println("BadDaysTest: the user may write read-only files; a journal that"
                    + " cannot be made stands in for them");
            Files.createDirectory(ledger().resolveSibling("ledger.db-wal"));
        }
        assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(SqliteFailure.class)
                .hasMessageContaining("cannot be written").hasMessageContaining("right to write");
    }

    @Test
    void a_damaged_last_page_fails_loudly_and_loses_nothing_else() throws Exception {
        business();
        byte[] bytes = Files.readAllBytes(ledger());
        byte[] damaged = bytes.clone();
        Arrays.fill(damaged, bytes.length - PAGE, bytes.length, (byte) 0x5a);
        Files.write(ledger(), damaged);
        assertThatThrownBy(this::useWhatIsDamaged)
                .isInstanceOfAny(SqliteFailure.class, LedgerFailure.class)
                .hasMessageContaining("damaged");
        assertThat(verify().checks())
                .anySatisfy(c -> assertThat(c.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD));
        Files.write(ledger(), bytes);
        assertThat(verify().holds()).isTrue();
    }

    private void useWhatIsDamaged() {
        try (Bank bank = Sample.open(folder)) {
            bank.ledger().reader().read(0, 100);
            Sample.record(bank, Sample.account(bank, "three"), "M-1");
        }
    }

    @Test
    void an_older_ledger_beside_newer_views_is_refused_and_the_views_can_be_deleted()
            throws Exception {
        business();
        Path older = folder.resolve("older.db");
        Files.copy(ledger(), older);
        try (Bank bank = Sample.open(folder)) {
            Sample.account(bank, "three");
            bank.follower().catchUp(_ -> { });
        }
        Files.copy(older, ledger(), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("made from 11 entries that are not those of the ledger, which"
                        + " holds 10")
                .hasMessageContaining("delete index.db and views.db");
        Files.delete(ledger().resolveSibling("index.db"));
        assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("have folded 11 entries, but the ledger holds 10")
                .hasMessageContaining("delete views.db");
        Files.delete(ledger().resolveSibling("views.db"));
        try (Bank bank = Sample.open(folder)) {
            bank.follower().catchUp(_ -> { });
        }
        assertThat(verify().holds()).isTrue();
    }

    @Test
    void an_older_ledger_that_has_grown_past_the_views_is_refused_too() throws Exception {
        business();
        Path older = folder.resolve("older.db");
        Files.copy(ledger(), older);
        Path views = ledger().resolveSibling("views.db");
        Path newer = folder.resolve("newer-views.db");
        try (Bank bank = Sample.open(folder)) {
            Sample.account(bank, "three");
            bank.follower().catchUp(_ -> { });
        }
        Files.copy(views, newer);
        Files.delete(views);
        Files.delete(ledger().resolveSibling("index.db"));
        Files.copy(older, ledger(), StandardCopyOption.REPLACE_EXISTING);
        try (Bank bank = Sample.open(folder)) {
            Sample.account(bank, "four");
            Sample.account(bank, "five");
            bank.follower().catchUp(_ -> { });
        }
        Files.copy(newer, views, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The views are of another ledger")
                .hasMessageContaining("at its position, 10, this ledger holds")
                .hasMessageContaining("delete views.db");
        Files.delete(views);
        try (Bank bank = Sample.open(folder)) {
            bank.follower().catchUp(_ -> { });
        }
        assertThat(verify().holds()).isTrue();
    }

    @Test
    void a_backup_made_while_the_bank_runs_is_restored_as_the_readme_says() throws Exception {
        business();
        Path backup = folder.resolve("backup.db");
        Path journal = folder.resolve("left-wal");
        try (Bank bank = Sample.open(folder)) {
            Sample.account(bank, "three");
            try (Connection connection =
                    DriverManager.getConnection("jdbc:sqlite:" + ledger());
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("backup to '" + backup + "'");
            }
            Sample.account(bank, "four");
            bank.follower().catchUp(_ -> { });
            Files.copy(ledger().resolveSibling("ledger.db-wal"), journal);
        }
        // As a killed bank leaves it: beside another ledger it would be taken for its own.
        Files.copy(journal, ledger().resolveSibling("ledger.db-wal"));
        for (String name : List.of("ledger.db", "index.db", "views.db")) {
            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(ledger().resolveSibling(name + suffix));
            }
        }
        Files.copy(backup, ledger());
        try (Bank bank = Sample.open(folder)) {
            assertThat(bank.ledger().reader().size()).isEqualTo(11);
            bank.follower().catchUp(_ -> { });
        }
        assertThat(verify().holds()).isTrue();
    }

    // ------------------------------------------------------------------ two at once

    @Test
    void a_second_bank_on_the_same_folder_is_refused_and_the_first_goes_on() {
        try (Bank bank = Sample.open(folder)) {
            assertThatThrownBy(() -> Sample.open(folder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is in use by another process of the bank");
            Sample.business(bank);
        }
        assertThat(verify().holds()).isTrue();
    }

    @Test
    void a_second_process_on_the_same_folder_is_refused() throws Exception {
        try (Bank bank = Sample.open(folder)) {
            Sample.business(bank);
            Path said = folder.resolve("said.txt");
            Process second = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m", "--enable-native-access=ALL-UNNAMED",
                    "-cp", System.getProperty("java.class.path"),
                    BusyBank.class.getName(), folder.toString(), "0")
                    .redirectErrorStream(true).redirectOutput(said.toFile()).start();
            try {
                assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(second.exitValue()).isNotZero();
                assertThat(said).content()
                        .contains("is in use by another process of the bank");
            } finally {
                second.destroyForcibly();
            }
            assertThat(bank.ledger().reader().size()).isEqualTo(10);
        }
    }

    // ------------------------------------------------------------------ keys

    @Test
    void a_bank_with_entries_does_not_open_without_its_keys() throws Exception {
        business();
        for (String name : new String[] {"master.key", "claims.key", "keys.db"}) {
            Path aside = folder.resolve(name);
            Files.move(key(name), aside);
            assertThatThrownBy(() -> Sample.open(folder)).as(name)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(name + " is missing")
                    .hasMessageContaining("backup of the keys folder");
            assertThat(key(name)).doesNotExist();
            Files.move(aside, key(name));
        }
        Sample.open(folder).close();
    }

    @Test
    void a_claims_key_of_another_bank_is_refused() throws Exception {
        business();
        Files.writeString(key("claims.key"), "5a".repeat(32) + "\n");
        assertThatThrownBy(() -> Sample.open(folder))
                .hasMessageContaining("claims.key is not the one that");
    }

    @Test
    void a_master_key_of_another_bank_is_refused() throws Exception {
        business();
        Files.writeString(key("master.key"), "5a".repeat(32) + "\n");
        assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("master.key is not the one that");
        Files.writeString(key("master.key"), "5a5a\n");
        assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not a key of 32 bytes");
    }

    // ------------------------------------------------------------------ erasing

    @Test
    void an_erasure_that_was_cut_short_is_finished_at_the_next_start() throws Exception {
        LearnerId learner;
        try (Bank bank = Sample.open(folder)) {
            Sample.register(bank);
            learner = Sample.account(bank, "one");
        }
        Path before = folder.resolve("keys-before.db");
        Files.copy(key("keys.db"), before);
        try (Bank bank = Sample.open(folder)) {
            bank.counter().erase(Sample.sender("erase"), learner, "本人申请");
        }
        // As if the process had ended between the event and the destruction of the key.
        Files.copy(before, key("keys.db"), StandardCopyOption.REPLACE_EXISTING);
        execute(key("keys.db"), "INSERT INTO erasing VALUES ('" + learner + "')");
        assertThat(count("keys")).isEqualTo(1);
        Sample.open(folder).close();
        assertThat(count("keys")).isZero();
        assertThat(count("erasing")).isZero();
    }

    @Test
    void an_erasure_while_another_program_reads_the_keys_says_so_and_is_finished_later()
            throws Exception {
        try (Bank bank = Sample.open(folder)) {
            Sample.register(bank);
            LearnerId learner = Sample.account(bank, "one");
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + key("keys.db"));
                    Statement reading = other.createStatement()) {
                other.setAutoCommit(false);
                reading.executeQuery("SELECT count(*) FROM keys").close();
                assertThatThrownBy(() ->
                        bank.counter().erase(Sample.sender("erase"), learner, "本人申请"))
                        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.refusal())
                                .isInstanceOf(Refusal.ErasureUnfinished.class));
                other.rollback();
            }
            assertThat(count("erasing")).isEqualTo(1);
            Receipt again = bank.counter().erase(Sample.sender("erase"), learner, "本人申请");
            assertThat(again.id()).isEqualTo(learner.text());
            assertThat(count("erasing")).isZero();
            assertThat(Files.size(key("keys.db-wal"))).isLessThan(100_000);
        }
    }

    @Test
    void a_second_erasure_does_not_make_the_bank_forget_the_first() throws Exception {
        LearnerId learner;
        try (Bank bank = Sample.open(folder)) {
            Sample.register(bank);
            learner = Sample.account(bank, "one");
            bank.counter().erase(Sample.sender("erase"), learner, "本人申请");
            assertThatThrownBy(() ->
                    bank.counter().erase(Sample.sender("other"), learner, "本人申请"))
                    .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.refusal())
                            .isInstanceOf(Refusal.AccountErased.class));
        }
        assertThat(count("keys")).isZero();
    }

    @Test
    void an_erasure_that_never_came_about_leaves_the_key_alone() throws Exception {
        LearnerId learner;
        try (Bank bank = Sample.open(folder)) {
            Sample.register(bank);
            learner = Sample.account(bank, "one");
        }
        execute(key("keys.db"), "INSERT INTO erasing VALUES ('" + learner + "')");
        try (Bank bank = Sample.open(folder)) {
            Sample.record(bank, learner, "K-1");
        }
        assertThat(count("keys")).isEqualTo(1);
        assertThat(count("erasing")).isZero();
    }

    private int count(String table) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + key("keys.db"));
                Statement statement = connection.createStatement()) {
            return statement.executeQuery("SELECT count(*) FROM " + table).getInt(1);
        }
    }

    @Test
    void commands_of_an_erased_learner_sent_again_get_their_first_answers() {
        try (Bank bank = Sample.open(folder)) {
            Sample.register(bank);
            LearnerId learner = Sample.account(bank, "one");
            Receipt recorded = Sample.record(bank, learner, "K-1");
            Receipt erased = bank.counter().erase(Sample.sender("erase"), learner, "本人申请");
            assertThat(bank.counter().erase(Sample.sender("erase"), learner, "本人申请"))
                    .isEqualTo(erased);
            assertThat(Sample.record(bank, learner, "K-1")).isEqualTo(recorded);
            assertThatThrownBy(() -> Sample.record(bank, learner, "K-2"))
                    .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.refusal())
                            .isInstanceOf(Refusal.AccountErased.class));
        }
    }

    // ------------------------------------------------------------------ a full disk

    @Test
    void on_a_full_disk_nothing_is_half_written_and_with_space_the_bank_goes_on()
            throws Exception {
        Path disk = Files.createDirectory(folder.resolve("data"));
        if (run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()) != 0) {
            System.out.println("BadDaysTest: left out the full disk, since this user may not"
                    + " mount a small one");
            Assumptions.abort("no small disk to fill");
        }
        try (Bank bank = Sample.open(folder)) {
            Sample.business(bank);
            LearnerId learner = Sample.account(bank, "three");
            fill(disk.resolve("filler"));
            long size = bank.ledger().reader().size();
            long stood = recordUntilRefused(bank, learner);
            assertThat(bank.ledger().reader().size()).isEqualTo(size + stood);
            assertThatThrownBy(() -> bank.counter().open(Sample.sender("open four"),
                    new IdentityForm(null, "PASSPORT", null, "P-4", null)))
                    .isInstanceOf(Refused.class);
            Files.delete(disk.resolve("filler"));
            Receipt receipt = Sample.record(bank, learner, "F-" + stood);
            assertThat(receipt.position()).isEqualTo(size + stood);
            Sample.account(bank, "four");
            bank.follower().catchUp(_ -> { });
            assertThat(verify().checks()).allSatisfy(c ->
                    assertThat(c.outcome()).as(c.sentence()).isEqualTo(Outcome.HOLDS));
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    /** Answers how many records still found room. */
    private static long recordUntilRefused(Bank bank, LearnerId learner) {
        for (int i = 0; i < 10_000; i++) {
            try {
                Sample.record(bank, learner, "F-" + i);
            } catch (Refused e) {
                assertThat(e.refusal()).isInstanceOfSatisfying(Refusal.LedgerNotWritable.class,
                        full -> assertThat(full.cause()).contains("No space is left")
                                .contains("goes on by itself"));
                return i;
            }
        }
        throw new AssertionError("the disk never filled up");
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[PAGE];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            System.out.println("BadDaysTest: " + e.getMessage());
            return -1;
        }
    }
}
