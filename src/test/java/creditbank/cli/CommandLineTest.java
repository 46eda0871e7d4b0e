package creditbank.cli;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.api.digest.DigestEvent;
import creditbank.api.digest.DigestEvent.StateDigested;
import creditbank.api.digest.StateDigest;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Digest;
import creditbank.intake.FileReading;
import creditbank.intake.Outcome;
import creditbank.ledger.Drafts;
import creditbank.ledger.Sender;
import creditbank.projections.Accounts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLineTest {

    private static final String PROFILE = """
            title: a small profile
            institution: {id: cli-college, name: 命令行学院, sector: VOCATIONAL, kind: COLLEGE}
            learner:
              documentKind: {value: PASSPORT}
              documentNumber: {column: passport}
            achievement:
              kind: {value: COURSE}
              issuer: {value: cli-college}
              recordKey: {column: key}
              title: {column: title}
              credits:
                amount: {column: credits}
                unit: {value: CN}
              happenedOn: {column: day}
            """;
    private static final String ROWS = """
            passport,key,title,credits,day
            P1,K1,焊接,2.50,2024-06-30
            P2,K2,焊接,2.50,2024-06-30
            P2,K3,铸造,nine,2024-06-30
            """;

    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {
    }

    private Said say(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandLineOfTheBank.execute(
                new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Said(code, out.toString(), err.toString());
    }

    private Said sayInFolder(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return say(all.toArray(String[]::new));
    }

    private Said importing(String rows, String... more) throws IOException {
        Path profile = Files.writeString(folder.resolve("small.yaml"), PROFILE);
        Path file = Files.writeString(folder.resolve("rows.csv"), rows);
        List<String> all = new ArrayList<>(List.of(
                "import", file.toString(), "--profile", profile.toString()));
        all.addAll(List.of(more));
        return sayInFolder(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "import", "verify", "evidence", "replay", "rebuild-views",
        "witness"})
    void every_command_has_help(String command) {
        Said said = say(command, "--help");
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("creditbank " + command);
        assertThat(say("--help").out()).contains(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imprt", "imprt --help", "verify --dta x", "import"})
    void what_is_not_understood_says_so_with_2(String line) {
        Said said = say(line.split(" "));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "replay", "rebuild-views"})
    void a_folder_without_a_bank_is_named_with_3_and_stays_as_it_was(String command) {
        Said said = sayInFolder(command);
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).contains("no bank");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /** As serving the bank does. */
    private void publish() {
        Path data = folder.resolve("data");
        try (Bank bank = Bank.open(data, data.resolve("keys"), Clock.systemDefaultZone())) {
            assertThat(bank.publish("bank.example.org/log").awaitPublished(
                    bank.ledger().reader().size(), Duration.ofSeconds(30))).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_file_goes_in_but_for_the_rows_that_cannot_and_again_changes_nothing()
            throws IOException {
        Said dry = importing(ROWS, "--dry-run");
        assertThat(dry.code()).isEqualTo(1);
        assertThat(dry.out()).contains("nothing was changed", "2 achievements", "5.00",
                "number-malformed");
        Said first = importing(ROWS);
        assertThat(first.code()).isEqualTo(1);
        assertThat(first.out()).contains("2 achievements recorded", "2 accounts opened",
                "Credits recorded: 5.00 CN", "Rejected: 1 row, number-malformed");
        Path rejected = folder.resolve("rows.csv.rejected");
        assertThat(rejected).content().contains("铸造", "number-malformed");
        Said again = importing(ROWS);
        assertThat(again.out()).contains("no achievements recorded, 2 stood already");
        Said mended = importing(Files.readString(rejected).replace("nine", "9"));
        assertThat(mended.code()).isZero();
        assertThat(mended.out()).contains("1 achievement recorded");
        assertThat(sayInFolder("rebuild-views").out()).contains("from 6 entries");
        Said unsigned = sayInFolder("verify");
        assertThat(unsigned.code()).isEqualTo(1);
        assertThat(unsigned.out()).contains("nothing was signed for")
                .doesNotContain("DOES NOT HOLD");
        publish();
        Said verified = sayInFolder("verify");
        assertThat(verified.out()).contains("Everything holds").contains("14.00");
        assertThat(verified.code()).isZero();
    }

    @Test
    void a_replay_prints_the_same_digests_again_and_all_about_a_learner() throws IOException {
        importing(ROWS);
        Said said = sayInFolder("replay", "--position", "3");
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("position 3, recorded at", "achievements (version")
                .containsPattern("[0-9a-f]{64}  accounts");
        assertThat(sayInFolder("replay", "--position", "3").out()).isEqualTo(said.out());
        assertThat(sayInFolder("replay").out()).isNotEqualTo(said.out());
        Path data = folder.resolve("data");
        String learner;
        try (Bank bank = Bank.open(data, data.resolve("keys"), Clock.systemDefaultZone())) {
            learner = bank.ledger().reader().streams("learner/").iterator().next()
                    .substring("learner/".length());
            assertThat(sayInFolder("replay", "--position", "3").out()).isEqualTo(said.out());
        }
        assertThat(sayInFolder("replay", "--learner", learner).out())
                .contains("\"status\" : \"OPEN\"", "\"documentNumber\" : \"P");
    }

    @Test
    void a_replay_says_whether_the_bank_stated_the_same() throws IOException {
        importing(ROWS);
        Path data = folder.resolve("data");
        long end;
        try (Bank bank = Bank.open(data, data.resolve("keys"), Clock.systemDefaultZone())) {
            bank.follower().catchUp(_ -> { });
            end = bank.digests().record(new Sender("user/auditor", null, "look-1", null)) - 1;
        }
        Said agrees = sayInFolder("replay", "--position", end + "");
        assertThat(agrees.code()).isZero();
        assertThat(agrees.out()).contains("as the bank stated").doesNotContain("ANOTHER ONE");
        try (Bank bank = Bank.open(data, data.resolve("keys"), Clock.systemDefaultZone())) {
            bank.ledger().append(Drafts.commit("look-2", Drafts.draft("look-2",
                    DigestEvent.STREAM, 1, new StateDigested(List.of(new StateDigest("accounts",
                            new Accounts().version(), end + 1, new Digest("0".repeat(64))))))));
        }
        Said differs = sayInFolder("replay", "--position", end + "");
        assertThat(differs.code()).isEqualTo(1);
        assertThat(differs.out().lines().filter(line -> line.contains("ANOTHER ONE")))
                .singleElement().asString().contains("  accounts (version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--position -1;2;counted from 0", "--at yesterday;2;an instant",
        "--position 1 --at 2026-11-22T00:00:00Z;2;mutually exclusive",
        "--position 99;3;last entry stands at position", "--at 2001-01-01T00:00:00Z;3;first entry",
        "--learner 0000000000000000;3;0000000000000000"})
    void a_replay_of_what_is_not_there_says_so(String asked) throws IOException {
        importing(ROWS);
        String[] parts = asked.split(";");
        List<String> all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(parts[0].split(" ")));
        Said said = sayInFolder(all.toArray(String[]::new));
        assertThat(said.code()).isEqualTo(Integer.parseInt(parts[1]));
        assertThat(said.err()).containsIgnoringCase(parts[2]);
    }

    @Test
    void a_file_that_is_not_there_is_named_with_its_path() {
        Said said = sayInFolder("import", "/nope/rows.csv");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).contains("/nope/rows.csv");
    }

    @Test
    void what_became_of_a_file_is_said_in_one_language() {
        StringWriter out = new StringWriter();
        new ImportReport(new PrintWriter(out, true), Locale.SIMPLIFIED_CHINESE).print(
                new Outcome(false, new FileReading(FileReading.Form.CSV, "UTF-8", true, ',', 9, 1,
                        List.of("x")), true, 1, 1, 0, Map.of("未完成", 2L), Map.of("required", 1L),
                        1, Map.of(CreditUnit.CN, 450L), Map.of(CreditUnit.CN, 100L), List.of(),
                        true, null), Path.of("rows.rejected"));
        assertThat(out.toString()).contains("登记成果 1 项", "登记的学分：4.50 CN", "已存在的学分：1.00 CN",
                "略过：2 行，未完成", "退回：1 行，required", "已登记方案中的机构")
                .doesNotContain("Credits", "rows,");
    }

    @Test
    void a_user_is_bound_to_what_the_role_says_and_the_option_is_named() throws IOException {
        importing(ROWS);
        Said unbound = sayInFolder("add-user", "a", "--role", "INSTITUTION");
        assertThat(unbound.code()).isEqualTo(2);
        assertThat(unbound.err()).contains("--institution ID");
        Said unknown = sayInFolder(
                "add-user", "b", "--role", "INSTITUTION", "--institution", "nowhere");
        assertThat(unknown.code()).isZero();
        assertThat(unknown.err()).contains("knows no institution/nowhere");
        Said known = sayInFolder(
                "add-user", "c", "--role", "INSTITUTION", "--institution", "cli-college");
        assertThat(known.code()).isZero();
        assertThat(known.err()).isEmpty();
        assertThat(sayInFolder("add-user", "d", "--role", "INSTITUTION", "--institution", "No!")
                .err()).contains("lower-case letters");
    }

    @Test
    void a_ledger_that_was_tampered_with_is_told_with_1() throws IOException, SQLException {
        importing(ROWS);
        sayInFolder("rebuild-views");
        try (Connection ledger = DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("data/ledger.db"));
                Statement statement = ledger.createStatement()) {
            statement.executeUpdate("UPDATE entries SET bytes ="
                    + " CAST(replace(CAST(bytes AS TEXT), '2.50', '9.50') AS BLOB)"
                    + " WHERE stream LIKE 'learner/%' AND sequence = 1");
        }
        Said said = sayInFolder("verify");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("DOES NOT HOLD")
                .contains("are not those that were written");
    }

    @Test
    void damaged_keys_are_told_with_1_and_without_the_keys_the_rest_is_verified()
            throws IOException {
        importing(ROWS);
        sayInFolder("rebuild-views");
        publish();
        assertThat(sayInFolder("verify").out()).contains("2 keys").contains("Everything holds");
        Path keys = folder.resolve("data/keys/keys.db");
        byte[] bytes = Files.readAllBytes(keys);
        byte[] damaged = bytes.clone();
        // The second page: the first table's.
        Arrays.fill(damaged, 4_096, 8_192, (byte) 0x5a);
        Files.write(keys, damaged);
        Said said = sayInFolder("verify");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("keys.db is damaged").contains("backup of the keys");
        Files.delete(keys);
        Said without = sayInFolder("verify");
        assertThat(without.code()).isZero();
        assertThat(without.out()).contains("keys of personal data are not looked at");
        assertThat(sayInFolder("verify", "--keys", folder.resolve("elsewhere").toString())
                .code()).isEqualTo(1);
    }

    @Test
    void evidence_is_written_once_and_verified_without_the_bank() throws IOException {
        importing(ROWS);
        String zip = folder.resolve("evidence.zip").toString();
        Said unsigned = sayInFolder("evidence", "--range", "0-1", "-o", zip);
        assertThat(unsigned.code()).isEqualTo(3);
        assertThat(unsigned.err()).contains("nothing was signed for yet");
        publish();
        Said written = sayInFolder("evidence", "--range", "0-1", "-o", zip);
        assertThat(written.out()).contains("evidence.zip: 2 entries");
        assertThat(sayInFolder("evidence", "--range", "0-1", "-o", zip).err())
                .contains("there already");
        Said own = say("verify", zip);
        assertThat(own.code()).isEqualTo(1);
        assertThat(own.out()).contains("NOT CHECKED", "own word");
        Path keys = folder.resolve("data/keys/log.key");
        String key = Files.readAllLines(keys).getLast();
        assertThat(say("verify", zip, "--verifier-key", key).out())
                .contains("Everything holds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evidence", "evidence -o x", "evidence --range 1 -o x",
        "evidence --range 0-1 --learner A -o x", "verify x --verifier-key nonsense",
        "verify --checkpoint /nope"})
    void what_evidence_is_of_and_what_it_is_checked_with_has_to_be_said(String line)
            throws IOException {
        importing(ROWS);
        Said said = sayInFolder(line.split(" "));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--learner 0000000000000000", "--institution nobody",
        "--range 0-1000000"})
    void evidence_of_what_is_not_there_is_refused_with_3(String what) throws IOException {
        importing(ROWS);
        publish();
        List<String> all = new ArrayList<>(List.of("evidence", "-o",
                folder.resolve("none.zip").toString()));
        all.addAll(List.of(what.split(" ")));
        Said said = sayInFolder(all.toArray(String[]::new));
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).isNotEmpty();
        assertThat(folder.resolve("none.zip")).doesNotExist();
    }

    @Test
    void what_only_reads_works_beside_an_open_bank() throws IOException {
        importing(ROWS);
        publish();
        Path data = folder.resolve("data");
        try (Bank open = Bank.open(data, data.resolve("keys"), Clock.systemDefaultZone())) {
            assertThat(open.isNew()).isFalse();
            for (String command : List.of("verify", "replay",
                    "evidence --range 0-1 -o " + folder.resolve("beside.zip"))) {
                Said said = sayInFolder(command.split(" "));
                assertThat(said.code()).as(said.err()).isZero();
            }
            assertThat(sayInFolder("replay", "--learner", "0000000000000000").err())
                    .contains("in use by another process");
        }
    }

    @Test
    void an_open_bank_is_not_imported_into_from_outside() throws IOException {
        Path data = folder.resolve("data");
        try (Bank open = Bank.open(data, data.resolve("keys"), Clock.systemDefaultZone())) {
            Said said = importing(ROWS);
            assertThat(said.code()).isEqualTo(3);
            assertThat(said.err()).contains("in use by another process", "--data FOLDER");
            assertThat(open.ledger().reader().size()).isZero();
        }
    }
}
