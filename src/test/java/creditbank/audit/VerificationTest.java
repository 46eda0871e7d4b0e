package creditbank.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Bank;
import creditbank.Sample;
import creditbank.agreement.Terms;
import creditbank.api.account.EnrolmentCommand.EnrolLearner;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.api.account.RecognitionCommand.RecogniseCredits;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RedemptionCommand.Graduate;
import creditbank.api.account.TransferCommand.AcceptTransfer;
import creditbank.api.account.TransferCommand.RequestTransfer;
import creditbank.api.account.TransferId;
import creditbank.api.agreement.AgreementCommand.AcceptAgreement;
import creditbank.api.agreement.AgreementCommand.ProposeAgreement;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeCommand.DefineProgramme;
import creditbank.api.programme.ProgrammeCommand.ReviseProgramme;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.rulebook.RulebookCommand.ApproveRulebook;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Reason;
import creditbank.api.value.Sealed;
import creditbank.api.value.Sector;
import creditbank.api.value.Title;
import creditbank.audit.Verification.Check;
import creditbank.audit.Verification.Outcome;
import creditbank.audit.Verification.Report;
import creditbank.enactment.RulebookForm;
import creditbank.enactment.Texts;
import creditbank.formats.Samples;
import creditbank.institution.InstitutionForm;
import creditbank.ledger.EntryFormat;
import creditbank.projections.Projection;
import creditbank.store.SqliteFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VerificationTest {

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    private Path data() {
        return folder.resolve("data");
    }

    private void business() {
        try (Bank bank = Sample.open(folder)) {
            Sample.business(bank);
        }
    }

    private Report verify(Locale locale) {
        return verify(ZoneOffset.UTC, locale);
    }

    private Report verify(ZoneId zone, Locale locale) {
        return new Verification(data(), Projection.all(), zone, locale)
                .verify(scratch, (_, _) -> { });
    }

    private Report verify() {
        return verify(Locale.ENGLISH);
    }

    /** What somebody with an SQLite tool could do to a file. */
    private void tamper(String file, String... statements) throws Exception {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + data().resolve(file));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                assertThat(statement.executeUpdate(each)).as(each).isNotZero();
            }
        }
    }

    private static Map<String, Outcome> failed(Report report) {
        Map<String, Outcome> failed = new HashMap<>();
        report.checks().stream().filter(c -> c.outcome() != Outcome.HOLDS)
                .forEach(c -> failed.put(c.name(), c.outcome()));
        return failed;
    }

    private static void assertFailsAlone(Report report, String name, long position,
            String sentence) {
        assertThat(report.holds()).isFalse();
        assertThat(failed(report)).containsOnlyKeys(name);
        assertFails(report, name, position, sentence);
    }

    private static void assertFails(Report report, String name, long position, String sentence) {
        Check check = report.check(name);
        assertThat(check.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(check.sentence()).contains(sentence);
        assertThat(check.position()).isEqualTo(position);
    }

    private static void assertTheRestIsNotChecked(Report report, String... made) {
        assertThat(report.checks()).filteredOn(c -> !List.of(made).contains(c.name()))
                .allSatisfy(c -> {
                    assertThat(c.outcome()).isEqualTo(Outcome.NOT_CHECKED);
                    assertThat(c.sentence()).contains("ledger itself is not whole");
                });
        assertThat(report.checks()).extracting(Check::sentence).doesNotHaveDuplicates();
    }

    // ------------------------------------------------------------------ a bank that is whole

    /** Between the two zones lie 26 hours. */
    @Test
    void the_books_are_those_of_a_business_day_of_the_banks_zone() {
        business();
        String first = booksIn("Pacific/Kiritimati");
        String last = booksIn("Etc/GMT+12");
        assertThat(first).endsWith(" (Pacific/Kiritimati)");
        assertThat(last).endsWith(" (Etc/GMT+12)");
        assertThat(first.substring(0, 10)).isGreaterThan(last.substring(0, 10));
    }

    private String booksIn(String zone) {
        String said = verify(ZoneId.of(zone), Locale.ENGLISH).check("books").sentence();
        return said.substring(said.indexOf("; on ") + 5, said.indexOf("), recorded") + 1);
    }

    @Test
    void a_bank_that_is_whole_verifies_in_full_sentences() {
        business();
        Report report = verify();
        assertThat(failed(report)).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.checks()).extracting(Check::name).containsExactlyElementsOf(
                Stream.concat(Stream.of("positions", "entries", "columns", "times", "commands",
                                "sequences", "decisions", "claims", "index", "books"),
                        Projection.all().stream().map(p -> "views/" + p.name())).toList());
        assertThat(report.check("positions").sentence()).isEqualTo(
                "All 10 entries stand side by side, from position 0 without a hole.");
        assertThat(report.check("books").sentence())
                .contains("CN 16.50 = 12.00 + 0.00 + 0.00 + 0.00 + 4.50");
        assertThat(report.check("views/achievements").sentence())
                .contains("first 10 entries make of it: 7 documents");
    }

    @Test
    void what_was_read_stands_beside_the_account_and_verifies_with_it() {
        try (Bank bank = Sample.open(folder)) {
            Sample.business(bank);
            LearnerId learner = Sample.account(bank, "three");
            bank.accesses().record(Sample.sender("read"),
                    Map.of(learner, Set.of(PersonalField.IDENTITY_NAME)));
            bank.accesses().record(Sample.sender("read again"),
                    Map.of(learner, Set.of(PersonalField.REASON)));
            bank.follower().catchUp(_ -> { });
        }
        assertThat(failed(verify())).isEmpty();
    }

    @Test
    void one_of_a_thing_is_told_in_the_singular_and_none_in_words() {
        for (int grown = 0; grown < 4; grown++) {
            try (Bank bank = Sample.open(folder)) {
                switch (grown) {
                    case 0 -> { }
                    case 1 -> Sample.register(bank);
                    case 2 -> Sample.account(bank, "one");
                    default -> Sample.record(bank, Sample.account(bank, "one"), "M-1");
                }
                bank.follower().catchUp(_ -> { });
            }
            Report report = verify();
            assertThat(report.checks()).extracting(Check::sentence).allSatisfy(sentence ->
                    assertThat(sentence).doesNotContainPattern(
                            "\\b[01] (entries|commands|streams|events|rows|lines|documents|are)"));
        }
        assertThat(verify().check("views/institutions").sentence()).contains(": 1 document,");
        assertThat(verify().check("books").sentence()).contains("in 1 line;");
    }

    @Test
    void the_sentences_are_also_said_in_chinese() {
        business();
        assertThat(verify(Locale.SIMPLIFIED_CHINESE).check("positions").sentence())
                .isEqualTo("全部 10 条记录自位置 0 起依次相连，没有空缺。");
    }

    @Test
    void every_sentence_stands_in_both_languages_with_the_same_values() {
        ResourceBundle english = ResourceBundle.getBundle("verification", Locale.ROOT);
        ResourceBundle chinese = ResourceBundle.getBundle("verification", Locale.CHINESE);
        assertThat(chinese.keySet()).isEqualTo(english.keySet());
        for (String key : english.keySet()) {
            assertThat(chinese.getString(key)).as(key).isNotEqualTo(english.getString(key));
            for (String value : List.of("{0}", "{1}", "{2}", "{3}", "{4}", "{5}", "{6}")) {
                assertThat(chinese.getString(key).contains(value)).as(key + value)
                        .isEqualTo(english.getString(key).contains(value));
            }
        }
    }

    @Test
    void an_empty_bank_verifies() {
        Sample.open(folder).close();
        assertThat(failed(verify())).isEmpty();
    }

    @Test
    void a_running_bank_verifies_while_it_goes_on_writing() {
        try (Bank bank = Sample.open(folder)) {
            Sample.business(bank);
            bank.follower().start();
            LearnerId learner = Sample.account(bank, "three");
            Thread writer = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 500; i++) {
                    Sample.record(bank, learner, "R-" + i);
                }
            });
            for (int i = 0; i < 3; i++) {
                assertThat(failed(verify())).isEmpty();
            }
            assertThat(writer).satisfies(Thread::join);
            assertThat(bank.ledger().reader().size()).isEqualTo(511);
        }
        assertThat(verify().holds()).isTrue();
    }

    @Test
    void verifying_changes_no_file_and_leaves_none_behind() throws Exception {
        business();
        Map<Path, byte[]> before = contents(folder);
        verify();
        Map<Path, byte[]> after = contents(folder);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((file, bytes) -> assertThat(after.get(file)).as("" + file)
                .isEqualTo(bytes));
        assertThat(contents(scratch)).isEmpty();
    }

    private static Map<Path, byte[]> contents(Path folder) throws IOException {
        Map<Path, byte[]> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Files.readAllBytes(file));
            }
        }
        return contents;
    }

    @Test
    void progress_only_grows_and_ends_with_all_entries_of_both_passes() {
        business();
        List<Long> done = new ArrayList<>();
        new Verification(data(), Projection.all(), ZoneOffset.UTC, Locale.ENGLISH)
                .verify(scratch, (now, of) -> {
                    assertThat(of).isEqualTo(20);
                    done.add(now);
                });
        assertThat(done).isSorted().last().isEqualTo(20L);
    }

    @Test
    void a_folder_without_a_ledger_is_refused_in_plain_words() {
        assertThatThrownBy(this::verify).isInstanceOf(SqliteFailure.class)
                .hasMessageContaining("There is no file").hasMessageContaining("ledger.db");
    }

    @Test
    void a_file_of_another_application_is_refused() throws Exception {
        Files.createDirectories(data());
        execute("CREATE TABLE notes (text TEXT)");
        assertThatThrownBy(this::verify).isInstanceOf(SqliteFailure.class)
                .hasMessageContaining("belongs to another program");
    }

    private void execute(String statement) throws Exception {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + data().resolve("ledger.db"));
                Statement change = connection.createStatement()) {
            change.executeUpdate(statement);
        }
    }

    // ------------------------------------------------------------------ entries

    @Test
    void a_changed_byte_of_an_entry_is_noticed() throws Exception {
        business();
        tamper("ledger.db", "UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT),"
                + " '\"4.50\"', '\"9.50\"') AS BLOB) WHERE position = 3");
        Report report = verify();
        assertFails(report, "entries", 3,
                "The bytes of the entry at position 3 are not those that were written.");
        assertThat(report.check("positions").outcome()).isEqualTo(Outcome.HOLDS);
        assertTheRestIsNotChecked(report, "positions", "entries");
    }

    @Test
    void an_entry_that_is_no_entry_is_noticed_also_with_a_right_checksum() throws Exception {
        business();
        tamper("ledger.db", "UPDATE entries SET bytes = x'', checksum = 0 WHERE position = 4");
        assertFails(verify(), "entries", 4, "The entry at position 4 cannot be read");
    }

    /** What somebody could do who also knows how the checksum is made. */
    private void forge(long position, String was, String is) throws Exception {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + data().resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            byte[] bytes = statement.executeQuery(
                    "SELECT bytes FROM entries WHERE position = " + position).getBytes(1);
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(text).contains(was);
            byte[] forged = text.replace(was, is).getBytes(StandardCharsets.UTF_8);
            var crc = new CRC32C();
            crc.update(forged);
            try (var update = connection.prepareStatement(
                    "UPDATE entries SET bytes = ?, checksum = ? WHERE position = ?")) {
                update.setBytes(1, forged);
                update.setLong(2, crc.getValue());
                update.setLong(3, position);
                assertThat(update.executeUpdate()).isEqualTo(1);
            }
        }
    }

    @Test
    void a_changed_amount_with_a_right_checksum_does_not_get_past_the_views() throws Exception {
        business();
        forge(2, "\"4.50\"", "\"9.50\"");
        Report report = verify();
        // The ledger by itself is consistent: only what was made of it earlier disagrees. With
        // the views deleted, only a proof that was published before can notice this.
        assertThat(failed(report)).containsOnlyKeys("views/achievements");
        assertThat(report.check("views/achievements").sentence())
                .contains("is not what the ledger makes of it");
    }

    @Test
    void a_row_deleted_in_the_middle_is_noticed() throws Exception {
        business();
        tamper("ledger.db", "DELETE FROM entries WHERE position = 5");
        Report report = verify();
        assertFails(report, "positions", 5, "The entry at position 5 is missing:"
                + " the next one found stands at position 6.");
        assertTheRestIsNotChecked(report, "positions", "entries", "columns", "times");
    }

    @Test
    void the_first_row_deleted_is_noticed() throws Exception {
        business();
        tamper("ledger.db", "DELETE FROM entries WHERE position = 0");
        assertFails(verify(), "positions", 0, "The entry at position 0 is missing");
    }

    @Test
    void the_last_row_deleted_is_noticed_by_what_was_made_of_it() throws Exception {
        business();
        tamper("ledger.db", "DELETE FROM entries WHERE position = 9");
        Report report = verify();
        assertThat(report.check("positions").outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(report.check("index").sentence())
                .contains("index.db covers 10 entries, but the ledger holds 9");
        assertThat(report.check("views/accounts").sentence())
                .contains("has folded 10 entries, but the ledger holds 9");
    }

    @Test
    void the_last_entry_dropped_with_all_its_traces_is_for_a_witness_to_notice()
            throws Exception {
        business();
        tamper("ledger.db", "DELETE FROM entries WHERE position = 9");
        Files.delete(data().resolve("index.db"));
        Files.delete(data().resolve("views.db"));
        Report report = verify();
        // Nothing within the files says that there ever was more: all that can be checked holds.
        // Only a checkpoint that somebody else kept shows that the ledger was longer.
        assertThat(report.checks()).noneMatch(c -> c.outcome() == Outcome.DOES_NOT_HOLD);
        assertThat(failed(report).keySet())
                .allMatch(name -> name.startsWith("views/") || name.equals("index"));
        assertThat(report.check("index").sentence()).contains("There is no index.db");
    }

    @Test
    void an_index_of_another_ledger_is_noticed() throws Exception {
        business();
        tamper("index.db", "UPDATE covered SET last = '00000000-0000-4000-8000-000000000000'");
        Report report = verify();
        assertThat(failed(report)).containsOnlyKeys("index");
        assertThat(report.check("index").sentence())
                .contains("made from 10 entries of which the last is not that of the ledger");
    }

    /** Read from the index of a bank that was closed. */
    private String claimOf(long position) throws Exception {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + data().resolve("index.db"));
                Statement statement = connection.createStatement()) {
            return statement.executeQuery("SELECT claim FROM claims WHERE position = " + position)
                    .getString(1);
        }
    }

    @Test
    void a_claim_that_two_entries_take_is_noticed_by_the_entries_alone() throws Exception {
        business();
        forge(8, claimOf(8), claimOf(2));
        assertFails(verify(), "claims", 8, "which the entry at position 2 already holds");
    }

    @Test
    void a_command_that_comes_twice_is_noticed_by_the_entries_alone() throws Exception {
        business();
        forge(9, Sample.sender("erase two").commandId(),
                Sample.sender("record K-1").commandId());
        assertFails(verify(), "commands", 9, "which stands complete up to position 2 already");
    }

    @Test
    void a_command_that_comes_twice_in_a_row_is_noticed_too() throws Exception {
        business();
        forge(3, Sample.sender("record K-2").commandId(), Sample.sender("record K-1").commandId());
        assertFails(verify(), "commands", 3, "which stands complete up to position 2 already");
    }

    @Test
    void an_entry_that_a_command_lacks_is_noticed() throws Exception {
        business();
        forge(3, "\",\"data\":", "\",\"part\":{\"number\":1,\"of\":2},\"data\":");
        assertFails(verify(), "commands", 3, "is entry 1 of 2 of command");
        forge(3, "\"number\":1", "\"number\":2");
        assertFails(verify(), "commands", 3, "is entry 2 of 2 of command");
    }

    @Test
    void two_entries_that_changed_their_bytes_are_noticed() throws Exception {
        business();
        execute("CREATE TABLE kept AS SELECT * FROM entries");
        tamper("ledger.db", "UPDATE entries SET (bytes, checksum) ="
                + " (SELECT bytes, checksum FROM kept k"
                        + " WHERE k.position = 9 - entries.position) WHERE position IN (2, 7)");
        assertFails(verify(), "columns", 2, "The entry at position 2 is filed under");
    }

    @Test
    void two_entries_of_different_streams_that_changed_places_are_noticed() throws Exception {
        business();
        swap(6, 7);
        assertFails(verify(), "index", 6, "at position 7, but it stands at position 6");
    }

    @Test
    void two_entries_of_one_stream_that_changed_places_are_noticed() throws Exception {
        business();
        swap(2, 3);
        assertFails(verify(), "sequences", 2, "before its predecessor at position 3");
    }

    @Test
    void a_rulebook_that_is_listed_otherwise_than_its_text_says_is_noticed() throws Exception {
        business();
        try (Bank bank = Sample.open(folder)) {
            bank.commands().send(new RulebookForm(Texts.text(1, "2020-01-01", null))
                    .proposal("user/one"), Sample.sender("propose"));
            bank.commands().send(new ApproveRulebook(Texts.version(1), "user/other"),
                    Sample.sender("approve"));
            bank.follower().catchUp(_ -> { });
        }
        assertThat(verify().holds()).isTrue();
        forge(10, "\"from\":\"2020-01-01\"", "\"from\":\"2019-01-01\"");
        assertFails(verify(), "decisions", 10, "says otherwise than the rulebook in it");
    }

    @Test
    void a_version_of_a_programme_that_cannot_follow_the_one_before_is_noticed()
            throws Exception {
        business();
        ProgrammeVersion first = new ProgrammeVersion(new ProgrammeId("welding"), 1);
        Plan plan = new Plan(new Title("焊接", "Welding"), new InstitutionId(Sample.COLLEGE),
                Sector.VOCATIONAL, null, null, CreditUnit.CN, null, Attributes.NONE, List.of(),
                List.of());
        try (Bank bank = Sample.open(folder)) {
            bank.commands().send(new DefineProgramme(first.id(), plan),
                    Sample.sender("define"));
            bank.commands().send(new ReviseProgramme(first, plan, new Reason.Clear("修订")),
                    Sample.sender("revise"));
            bank.follower().catchUp(_ -> { });
        }
        assertThat(verify().holds()).isTrue();
        forge(11, "\"version\":2", "\"version\":3");
        assertFails(verify(), "decisions", 11, "cannot follow");
    }

    @Test
    void an_agreement_accepted_by_who_proposed_it_is_noticed() throws Exception {
        business();
        Party college = Party.of(new InstitutionId(Sample.COLLEGE));
        Party bankAbroad = new Party("bank/kr-acbs");
        try (Bank bank = Sample.open(folder)) {
            bank.commands().send(new RulebookForm(Texts.text(1, "2020-01-01", null))
                    .proposal("user/one"), Sample.sender("propose"));
            bank.commands().send(new ApproveRulebook(Texts.version(1), "user/other"),
                    Sample.sender("approve"));
            bank.commands().send(new ProposeAgreement(Terms.ID,
                    Terms.between("2020-01-01", null, college, bankAbroad), college,
                    "user/first"), Sample.sender("offer"));
            bank.commands().send(new AcceptAgreement(Terms.ID, bankAbroad, "user/other"),
                    Sample.sender("accept"));
            bank.follower().catchUp(_ -> { });
        }
        assertThat(verify().holds()).isTrue();
        forge(13, "\"acceptedBy\":\"user/other\"", "\"acceptedBy\":\"user/first\"");
        assertFails(verify(), "decisions", 13, "cannot follow what stands before it");
    }

    @Test
    void a_decision_is_made_again_and_one_that_says_otherwise_is_noticed() throws Exception {
        recognised(Attributes.NONE, null);
        assertThat(failed(verify())).isEmpty();
        assertThat(verify().check("decisions").sentence())
                .contains("One recognition, graduation or transfer was decided again")
                .doesNotContain("could not");
        forge(7, "\"credits\":{\"amount\":\"4.50\",\"unit\":\"CN\"},\"worth\"",
                "\"credits\":{\"amount\":\"4.00\",\"unit\":\"CN\"},\"worth\"");
        assertFails(verify(), "decisions", 7, "is not what its rulebook says");
    }

    @Test
    void a_recognition_that_binds_fewer_credits_than_it_should_is_noticed() throws Exception {
        recognised(Attributes.NONE, null);
        forge(7, BOUND, LESS_BOUND);
        assertFails(verify(), "decisions", 7, "is not what its rulebook says");
    }

    @Test
    void a_recognition_on_what_is_sealed_that_binds_fewer_credits_is_noticed() throws Exception {
        recognised(Attributes.NONE.with("learner-group", "veteran"), Samples.box("sealed"));
        forge(7, BOUND, LESS_BOUND);
        assertFails(verify(), "decisions", 7, "is not what its rulebook says");
    }

    private static final String BOUND = "\"from\":\"AVAILABLE\",\"to\":\"RESERVED\","
            + "\"credits\":{\"amount\":\"4.50\"";
    private static final String LESS_BOUND = BOUND.replace("4.50", "4.00");

    @Test
    void a_transfer_that_reserves_fewer_credits_than_it_should_is_noticed() throws Exception {
        transferred();
        forge(6, BOUND, LESS_BOUND);
        assertFails(verify(), "decisions", 6, "is not what its rulebook says");
    }

    @Test
    void an_acceptance_that_takes_fewer_credits_than_it_should_is_noticed() throws Exception {
        transferred();
        forge(7, "\"4.50\"", "\"4.00\"");
        assertFails(verify(), "decisions", 7, "is not what the transfer");
    }

    @Test
    void a_received_piece_that_says_otherwise_than_what_was_accepted_is_noticed()
            throws Exception {
        transferred();
        forge(8, "\"title\":\"", "\"title\":\"another ");
        assertFails(verify(), "decisions", 8, "is not what the transfer");
    }

    @Test
    void a_received_piece_with_other_credits_than_were_accepted_is_noticed() throws Exception {
        transferred();
        forge(8, "\"4.50\"", "\"9.50\"");
        assertFails(verify(), "decisions", 8, "is not what the transfer");
    }

    @Test
    void a_decision_on_what_is_sealed_is_counted_as_not_made_again() throws Exception {
        recognised(Attributes.NONE.with("learner-group", "veteran"), Samples.box("sealed"));
        assertThat(failed(verify())).isEmpty();
        assertThat(verify().check("decisions").sentence())
                .contains("No recognition, graduation or transfer was decided again",
                        "one could not be decided again");
    }

    @Test
    void a_graduation_is_decided_again_and_one_that_says_otherwise_is_noticed() throws Exception {
        recognised(Attributes.NONE, null);
        graduated(Attributes.NONE, null);
        assertThat(failed(verify())).isEmpty();
        assertThat(verify().check("decisions").sentence())
                .contains("2 recognitions, graduations and transfers were decided again")
                .doesNotContain("could not");
        forge(8, "\"credits\":{\"amount\":\"4.50\",\"unit\":\"CN\"},\"award\"",
                "\"credits\":{\"amount\":\"4.00\",\"unit\":\"CN\"},\"award\"");
        assertFails(verify(), "decisions", 8, "is not what its rulebook says");
    }

    @Test
    void a_graduation_on_what_is_sealed_is_counted_as_not_decided_again() throws Exception {
        recognised(Attributes.NONE, null);
        graduated(Attributes.NONE.with("learner-group", "veteran"), Samples.box("sealed"));
        assertThat(failed(verify())).isEmpty();
        assertThat(verify().check("decisions").sentence())
                .contains("One recognition, graduation or transfer was decided again",
                        "one could not be decided again");
    }

    /** With the diploma at position 8. */
    private void graduated(Attributes ofLearner, @Nullable Sealed sealed) {
        try (Bank bank = Sample.open(folder)) {
            EnrolmentId enrolment = ((RecognitionDecided) EntryFormat.read(
                    bank.ledger().reader().read(7, 1).getFirst()).event()).enrolment();
            bank.commands().send(new Graduate(enrolment, new InstitutionId(Sample.COLLEGE), null,
                    Attributes.NONE, ofLearner, sealed), Sample.sender("graduate"));
            bank.follower().catchUp(_ -> { });
        }
    }

    @Test
    void a_transfer_is_decided_again_and_one_that_says_otherwise_is_noticed() throws Exception {
        transferred();
        assertThat(failed(verify())).isEmpty();
        assertThat(verify().check("decisions").sentence())
                .contains("One recognition, graduation or transfer was decided again")
                .doesNotContain("could not");
        assertThat(verify().check("books").sentence())
                .contains("CN 9.00 = 4.50 + 0.00 + 0.00 + 0.00 + 0.00 + 4.50");
        forge(6, "\"credits\":{\"amount\":\"4.50\",\"unit\":\"CN\"},\"worth\"",
                "\"credits\":{\"amount\":\"4.00\",\"unit\":\"CN\"},\"worth\"");
        assertFails(verify(), "decisions", 6, "is not what its rulebook says");
    }

    /** A course of the college that another school took; the decision stands at position 6. */
    private void transferred() {
        InstitutionId other = new InstitutionId("test-university");
        try (Bank bank = Sample.open(folder)) {
            Sample.register(bank);
            bank.commands().send(new InstitutionForm(other.text(), "试验大学", "GENERAL",
                    "UNIVERSITY", "210600", null, null).read(bank.claims()),
                    Sample.sender("other"));
            bank.commands().send(new RulebookForm(Texts.text(1, "2020-01-01", null)
                    .replace("institution: example-college", "institution: " + other)
                    .replace("kind: SKILL_CERTIFICATE", "kind: COURSE"))
                    .proposal("user/one"), Sample.sender("propose"));
            bank.commands().send(new ApproveRulebook(Texts.version(1), "user/other"),
                    Sample.sender("approve"));
            LearnerId learner = Sample.account(bank, "one");
            Sample.record(bank, learner, "K-1");
            bank.commands().send(new RequestTransfer(learner, new InstitutionId(Sample.COLLEGE),
                    other, null, Texts.version(1), null, null, null, Attributes.NONE,
                    Attributes.NONE, null, null), Sample.sender("offer"));
            bank.commands().send(new AcceptTransfer(new TransferId(learner, 1), other),
                    Sample.sender("take"));
            bank.follower().catchUp(_ -> { });
        }
    }

    /** A course recognised by the college's own rules; the decision stands at position 7. */
    private void recognised(Attributes ofLearner, @Nullable Sealed sealed) {
        InstitutionId college = new InstitutionId(Sample.COLLEGE);
        ProgrammeVersion programme = new ProgrammeVersion(new ProgrammeId("mechanics"), 1);
        try (Bank bank = Sample.open(folder)) {
            Sample.register(bank);
            bank.commands().send(new RulebookForm(Texts.text(1, "2020-01-01", null)
                    .replace("institution: example-college", "institution: " + Sample.COLLEGE)
                    .replace("kind: SKILL_CERTIFICATE", "kind: COURSE"))
                    .proposal("user/one"), Sample.sender("propose"));
            bank.commands().send(new ApproveRulebook(Texts.version(1), "user/other"),
                    Sample.sender("approve"));
            bank.commands().send(new DefineProgramme(programme.id(), new Plan(
                    new Title("机械", "Mechanics"), college, Sector.VOCATIONAL, null, null,
                    CreditUnit.CN, null, Attributes.NONE, List.of(), List.of())),
                    Sample.sender("define"));
            LearnerId learner = Sample.account(bank, "one");
            Sample.record(bank, learner, "K-1");
            bank.commands().send(new EnrolLearner(
                    learner, programme, college, null, null, null), Sample.sender("enrol"));
            bank.commands().send(new RecogniseCredits(new EnrolmentId(learner, 1), college,
                    Texts.version(1), null, null, Attributes.NONE, ofLearner, sealed, null),
                    Sample.sender("recognise"));
            bank.follower().catchUp(_ -> { });
        }
    }

    private void swap(long one, long other) throws Exception {
        tamper("ledger.db", "UPDATE entries SET position = -1 WHERE position = " + one,
                "UPDATE entries SET position = " + one + " WHERE position = " + other,
                "UPDATE entries SET position = " + other + " WHERE position = -1");
    }

    @Test
    void a_stream_column_that_differs_from_the_bytes_is_noticed() throws Exception {
        business();
        tamper("ledger.db", "UPDATE entries SET stream = 'learner/X' WHERE position = 9");
        assertFails(verify(), "columns", 9, "is filed under learner/X 2, but its bytes say");
    }

    // ------------------------------------------------------------------ the index

    @Test
    void a_row_taken_out_of_the_index_is_noticed() throws Exception {
        business();
        tamper("index.db", "DELETE FROM claims WHERE position = 2");
        assertFailsAlone(verify(), "index", 2, "in its table claims");
        tamper("index.db", "DELETE FROM commands WHERE position = 1");
        assertFailsAlone(verify(), "index", 1, "in its table commands");
        tamper("index.db", "DELETE FROM streams WHERE position = 0");
        assertFailsAlone(verify(), "index", 0, "lacks institution/test-college 000000000000 of the"
                + " entry at position 0 in its table streams. Stop the bank and delete index.db");
    }

    @Test
    void a_row_put_into_the_index_is_noticed_wherever_it_sorts() throws Exception {
        business();
        for (String strange : List.of("a", "record/!", "zzz")) {
            tamper("index.db", "INSERT INTO claims VALUES ('" + strange + "', 4)");
            assertFailsAlone(verify(), "index", 4, "in its table claims that " + strange
                    + " stands at position 4, but no entry says so");
            tamper("index.db", "DELETE FROM claims WHERE claim = '" + strange + "'");
        }
        tamper("index.db", "INSERT INTO commands VALUES ('never-sent', 4)");
        assertFailsAlone(verify(), "index", 4, "in its table commands that never-sent");
    }

    @Test
    void a_row_of_the_index_that_points_elsewhere_is_noticed() throws Exception {
        business();
        tamper("index.db", "UPDATE claims SET position = 4 WHERE position = 2");
        assertFailsAlone(verify(), "index", 2, "at position 4, but it stands at position 2");
    }

    @Test
    void an_index_that_is_behind_is_checked_as_far_as_it_goes() throws Exception {
        business();
        Path index = data().resolve("index.db");
        Path older = Files.copy(index, folder.resolve("older.db"));
        try (Bank bank = Sample.open(folder)) {
            Sample.account(bank, "three");
            bank.follower().catchUp(_ -> { });
        }
        Files.copy(older, index, StandardCopyOption.REPLACE_EXISTING);
        Report report = verify();
        assertThat(failed(report)).isEmpty();
        assertThat(report.check("index").sentence()).contains("the first 10 entries");
    }

    @Test
    void an_index_that_cannot_be_read_is_noticed() throws Exception {
        business();
        Path index = data().resolve("index.db");
        byte[] bytes = Files.readAllBytes(index);
        Arrays.fill(bytes, 4_096, bytes.length, (byte) 0xa5);
        Files.write(index, bytes);
        Report report = verify();
        assertThat(failed(report)).containsOnlyKeys("index");
        assertThat(report.check("index").sentence())
                .contains("index.db is damaged").contains("delete the file");
        for (byte[] other : List.of(new byte[0], new byte[4_096])) {
            Files.write(index, other);
            assertThat(failed(verify())).containsOnlyKeys("index");
        }
    }

    // ------------------------------------------------------------------ views

    @Test
    void a_changed_document_of_a_view_is_noticed() throws Exception {
        business();
        tamper("views.db", "UPDATE achievements_1 SET document = CAST(replace(CAST(document AS"
                + " TEXT), '\"4.50\"', '\"8.50\"') AS BLOB) WHERE key LIKE '%-000000000001'");
        Report report = verify();
        assertThat(failed(report)).containsOnlyKeys("views/achievements");
        assertThat(report.check("views/achievements").sentence())
                .contains("is not what the ledger makes of it");
    }

    @Test
    void a_changed_place_in_an_index_of_a_view_is_noticed() throws Exception {
        business();
        tamper("views.db", "UPDATE achievements_1 SET by_issuer = 'elsewhere'"
                + " WHERE key LIKE '%-000000000002'");
        assertThat(failed(verify())).containsOnlyKeys("views/achievements");
    }

    @Test
    void a_document_that_is_missing_or_too_many_is_noticed() throws Exception {
        business();
        tamper("views.db", "DELETE FROM institutions_1",
                "INSERT INTO books_1 (key, document) VALUES ('zzz', x'7b7d')");
        Report report = verify();
        assertThat(failed(report)).containsOnlyKeys("views/institutions", "views/achievements");
        assertThat(report.check("views/institutions").sentence())
                .contains("the document test-college is missing");
        assertThat(report.check("views/achievements").sentence())
                .contains("the document zzz comes from no entry");
    }

    @Test
    void views_that_are_behind_are_checked_as_far_as_they_stand() {
        business();
        try (Bank bank = Sample.open(folder)) {
            Sample.account(bank, "three");
        }
        Report report = verify();
        assertThat(report.holds()).isTrue();
        assertThat(report.check("views/accounts").sentence()).contains("first 10 entries");
        assertThat(report.check("positions").sentence()).contains("All 11 entries");
    }

    @Test
    void views_that_were_never_made_could_not_be_checked() throws Exception {
        business();
        Files.delete(data().resolve("views.db"));
        Report report = verify();
        assertThat(report.holds()).isFalse();
        assertThat(failed(report)).hasSize(Projection.all().size()).allSatisfy((name, outcome) -> {
            assertThat(name).startsWith("views/");
            assertThat(outcome).isEqualTo(Outcome.NOT_CHECKED);
        });
        assertThat(report.check("views/achievements").sentence()).contains("There is no views.db");
    }

    // ------------------------------------------------------------------ the disk

    @Test
    void a_page_that_was_overwritten_is_noticed_and_the_rest_could_not_be_checked()
            throws Exception {
        business();
        Path file = data().resolve("ledger.db");
        byte[] bytes = Files.readAllBytes(file);
        int page = 4_096;
        assertThat(bytes.length).isGreaterThan(3 * page);
        Arrays.fill(bytes, page, 2 * page, (byte) 0xa5);
        Files.write(file, bytes);
        Report report = verify();
        assertThat(report.check("entries").outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(report.check("entries").sentence())
                .contains("can be read no further than to position 0").contains("damaged");
    }
}
