package creditbank.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import creditbank.Bank;
import creditbank.account.AchievementForm;
import creditbank.account.AchievementForm.CreditsForm;
import creditbank.account.IdentityForm;
import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.Refused;
import creditbank.api.account.AchievementId;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Rule;
import creditbank.ledger.Receipt;
import creditbank.ledger.Sender;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IntakeTest {

    private static final InstitutionId COLLEGE = new InstitutionId("test-college");
    private static final String HEADER = "documentKind,documentIssuer,documentNumber,name,kind,"
            + "issuer,recordKey,title,credits.amount,credits.unit,happenedOn\n";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Bank bank;

    @BeforeEach
    void open() {
        bank = Oulad.open(folder);
        register("test-college");
        register("other-college");
    }

    @AfterEach
    void close() {
        bank.close();
    }

    // ------------------------------------------------------------------ good rows, bad rows

    @Test
    void good_rows_go_in_and_a_bad_row_names_its_line_and_column() {
        Outcome outcome = commit("a.csv", HEADER + row("1", "K-1") + row("2", "K-2", "4.567")
                + row("3", "K-3"));
        assertThat(outcome.recorded()).isEqualTo(2);
        assertThat(outcome.accountsOpened()).isEqualTo(2);
        assertThat(outcome.credits()).isEqualTo(Map.of(CreditUnit.CN, 900L));
        assertThat(outcome.rejected()).isEqualTo(Map.of("amount-too-many-decimals", 1L));
        assertThat(outcome.problems()).containsExactly(new RowProblem(3, "credits.amount",
                new ValueInvalid("credits.amount", Rule.AMOUNT_TOO_MANY_DECIMALS, "4.567")));
    }

    @Test
    void a_dry_run_says_the_same_as_the_commit_and_writes_nothing() {
        String rows = HEADER + row("1", "K-1") + row("2", "K-2", "-1") + row("1", "K-3")
                + row("4", "K-4").replace("COURSE", "CURSE") + row("1", "K-1") + row("5", "K-5")
                .replace("2024-06-30", "2030-01-01") + row("6", "K-6").replace("test-c", "no-c");
        long before = bank.ledger().reader().size();
        Outcome dry = run("a.csv", rows, options(true, null));
        assertThat(bank.ledger().reader().size()).isEqualTo(before);
        Outcome commit = run("a.csv", rows, options(false, null));
        assertThat(dry.problems()).isEqualTo(commit.problems()).hasSize(4);
        assertThat(dry).usingRecursiveComparison().ignoringFields("dryRun").isEqualTo(commit);
        assertThat(commit.recorded()).isEqualTo(2);
        assertThat(commit.alreadyThere()).isEqualTo(1);
        assertThat(commit.accountsOpened()).isEqualTo(1);
    }

    @Test
    void a_refused_row_opens_no_account() {
        long before = bank.ledger().reader().size();
        commit("a.csv", HEADER + row("1", "K-1").replace("test-college,K", "no-college,K"));
        assertThat(bank.ledger().reader().size()).isEqualTo(before);
    }

    @Test
    void sent_again_a_file_changes_nothing_however_its_values_are_written() {
        commit("a.csv", HEADER + row("1", "K-1"));
        long before = bank.ledger().reader().size();
        Outcome again = commit("b.csv", HEADER
                + row("1", "K-1", "4.50").replace("2024-06-30", " 2024/6/30 "));
        assertThat(again.alreadyThere()).isEqualTo(1);
        assertThat(again.creditsAlreadyThere()).isEqualTo(Map.of(CreditUnit.CN, 450L));
        assertThat(bank.ledger().reader().size()).isEqualTo(before);
    }

    @Test
    void the_same_record_key_with_other_content_is_refused_in_the_commit_and_in_the_dry_run() {
        commit("a.csv", HEADER + row("1", "K-1"));
        for (boolean dry : List.of(true, false)) {
            Outcome other = run("a.csv", HEADER + row("1", "K-1", "5"), options(dry, null));
            assertThat(other.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.column()).isEqualTo("recordKey");
                assertThat(problem.refusal())
                        .isInstanceOf(Refusal.AchievementAlreadyRecorded.class);
            });
        }
    }

    @Test
    void two_rows_of_one_file_with_one_key_and_different_content_are_found_in_the_dry_run() {
        Outcome dry = run("a.csv", HEADER + row("1", "K-1") + row("2", "K-1"),
                options(true, null));
        assertThat(dry.problems()).containsExactly(
                new RowProblem(3, "recordKey", new Refusal.RecordRepeatedInFile(2)));
    }

    @Test
    void what_was_recorded_by_other_ways_counts_as_already_there_as_it_reads_now() {
        LearnerId learner = new LearnerId(bank.counter().open(sender("open"), new IdentityForm(
                null, "STUDENT_NUMBER", "test-college", "1", null)).id());
        Receipt receipt = bank.counter().record(sender("record"), learner, form("4.5"));
        assertThat(commit("a.csv", HEADER + row("1", "K-1")).alreadyThere()).isEqualTo(1);

        bank.counter().correct(sender("correct"), AchievementId.parse(receipt.id()), form("5"),
                "typing error");
        assertThat(commit("a.csv", HEADER + row("1", "K-1")).rejectedInAll()).isEqualTo(1);
        assertThat(commit("a.csv", HEADER + row("1", "K-1", "5")).alreadyThere()).isEqualTo(1);
    }

    @Test
    void the_remedy_for_a_row_out_of_step_names_the_column_to_empty() {
        assertThat(new RowProblem(2, "", new ValueInvalid("", Rule.ROW_COLUMN_COUNT, "3 / 2"))
                .inBothLanguages()).matches("(?s).*_rest.* / .*_rest.*");
    }

    @Test
    void what_was_revoked_since_is_recorded_anew_once_each_time() {
        String rows = HEADER + row("1", "K-1");
        commit("a.csv", rows);
        for (int time = 1; time <= 2; time++) {
            bank.counter().revoke(sender("revoke-" + time),
                    new AchievementId(learner("1"), time), COLLEGE, null, "typing error");
            Outcome dry = run("a.csv", rows + row("1", "K-1"), options(true, null));
            Outcome anew = commit("a.csv", rows + row("1", "K-1"));
            assertThat(dry).usingRecursiveComparison().ignoringFields("dryRun").isEqualTo(anew);
            assertThat(anew.problems()).isEmpty();
            assertThat(anew.recorded()).isEqualTo(1);
            assertThat(anew.alreadyThere()).isEqualTo(1);
            long size = bank.ledger().reader().size();
            assertThat(commit("a.csv", rows).alreadyThere()).isEqualTo(1);
            assertThat(bank.ledger().reader().size()).isEqualTo(size);
        }
        assertThat(Ledgers.credits(bank, learner("1"))).isEqualTo(List.of(450L, 450L, 450L));
    }

    @Test
    void a_key_that_stands_with_other_content_since_a_revocation_is_refused() {
        commit("a.csv", HEADER + row("1", "K-1"));
        bank.counter().revoke(sender("revoke"), new AchievementId(learner("1"), 1), COLLEGE,
                null, "typing error");
        bank.counter().record(sender("record"), learner("1"), form("5"));
        for (boolean dry : List.of(true, false)) {
            assertThat(run("a.csv", HEADER + row("1", "K-1"), options(dry, null)).rejected())
                    .isEqualTo(Map.of("achievement-already-recorded", 1L));
        }
    }

    @Test
    void a_row_whose_record_key_was_corrected_since_is_not_recorded_a_second_time() {
        commit("a.csv", HEADER + row("1", "K-0"));
        bank.counter().correct(sender("correct"), new AchievementId(learner("1"), 1),
                form("4.5"), "wrong key");
        Outcome again = commit("a.csv", HEADER + row("1", "K-0"));
        assertThat(again.alreadyThere()).isEqualTo(1);
        assertThat(Ledgers.credits(bank, learner("1"))).hasSize(1);
    }

    @Test
    void a_learner_is_also_found_by_the_number_of_the_account() {
        String learner = bank.counter().open(sender("open"), new IdentityForm(
                null, "STUDENT_NUMBER", "test-college", "1", null)).id();
        String header = "account,kind,issuer,recordKey,title,happenedOn\n";
        String rest = ",COURSE,test-college,K-1,title,2024-06-30\n";
        Outcome outcome = commit("a.csv", header + learner + rest
                + "0123456789ABCDEF" + rest.replace("K-1", "K-2")
                + "11010519491231002X" + rest.replace("K-1", "K-3"));
        assertThat(outcome.recorded()).isEqualTo(1);
        assertThat(outcome.problems()).extracting(RowProblem::row, RowProblem::column,
                p -> p.refusal().code()).containsExactly(
                tuple(3L, "account", "learner-unknown"), tuple(4L, "account", "id-malformed"));
        assertThat(outcome.problems().toString()).doesNotContain("11010519491231002X");
    }

    @Test
    void rows_of_one_learner_are_recorded_in_their_order() {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 200; i++) {
            rows.append(row(i % 2 == 0 ? "1" : "n" + i, "K-" + i, "1." + (10 + i % 90)));
        }
        commit("a.csv", rows.toString());
        LearnerId learner = bank.counter().find(new IdentityForm(
                null, "STUDENT_NUMBER", "test-college", "1", null)).orElseThrow();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 200; i += 2) {
            expected.add(110L + i % 90);
        }
        assertThat(Ledgers.credits(bank, learner)).isEqualTo(expected);
    }

    @Test
    void an_institution_imports_only_as_itself() {
        Outcome outcome = run("a.csv", HEADER + row("1", "K-1")
                + row("2", "K-2").replace("test-college,K", ",K")
                + row("3", "K-3").replace("test-college,K", "other-college,K"),
                options(false, COLLEGE));
        assertThat(outcome.recorded()).isEqualTo(2);
        assertThat(outcome.problems()).containsExactly(new RowProblem(4, "issuer",
                new Refusal.NotYourInstitution(COLLEGE, new InstitutionId("other-college"))));
    }

    @Test
    void no_personal_value_stands_in_a_problem() {
        String header = "documentKind,documentNumber,name,birthday,kind,issuer,recordKey,title,"
                + "happenedOn\n";
        Outcome outcome = commit("a.csv", header
                + "RESIDENT_ID,110105194912310021,王小明,,COURSE,test-college,K-1,t,2024-06-30\n"
                + "PASSPORT,E1234567,王\u0001小明,,COURSE,test-college,K-2,t,2024-06-30\n"
                + "PASSPORT,E1234567,,1949-13-31,COURSE,test-college,K-3,t,2024-06-30\n"
                + "PASSPORT,E 1234567890123456789012345678901234567890,,,COURSE,"
                + "test-college,K-4,t,2024-06-30\n");
        assertThat(outcome.problems()).extracting(RowProblem::row, RowProblem::column)
                .containsExactly(tuple(2L, "documentNumber"), tuple(3L, "name"),
                        tuple(4L, "birthday"), tuple(5L, "documentNumber"));
        assertThat(outcome.toString())
                .doesNotContain("110105", "小明", "E1234567", "1949", "1234567890");
    }

    @Test
    void no_person_is_shown_where_columns_have_slipped_or_the_header_is_missing() {
        String header = "documentKind,documentNumber,kind,issuer,recordKey,title,happenedOn\n";
        Outcome slipped = commit("a.csv", header
                + "PASSPORT,E1,11010519491231002X,test-college,K-1,t,2024-06-30\n"
                + "PASSPORT,E1,COURSE,test-college,K-2,t,王小明\n");
        assertThat(slipped.problems()).hasSize(2);
        assertThat(slipped.toString()).doesNotContain("110105", "王小明");
        assertThatThrownBy(() -> commit("b.csv",
                "王小明,11010519491231002X,1949-12-31,COURSE\n李丽,1,2,EXAM\n"))
                .isInstanceOfSatisfying(Refused.class, r ->
                        assertThat(r.refusal().toString()).contains("COLUMN_MISSING")
                                .doesNotContain("王小明", "110105", "1949"));
    }

    // ------------------------------------------------------------------ rejected rows

    @Test
    void rejected_rows_come_back_as_a_file_that_goes_in_once_it_is_corrected() throws Exception {
        Path rejected = folder.resolve("rejected.csv");
        Options to = options(false, null).rejectedTo(rejected);
        Outcome first = run("a.csv", HEADER + row("1", "K-1") + row("2", "K-2", "4.567")
                + row("3", "K-3").replace("机械制图", "\"=cmd|'/C calc'!A0, \"\"x\"\"\"")
                        .replace("COURSE", "CURSE"), to);
        assertThat(first.rejectedInAll()).isEqualTo(2);
        String back = Files.readString(rejected);
        assertThat(back).contains("said: choice-unknown", ",_row,", "'=cmd")
                .doesNotContain("K-1", ",=cmd", "\"=cmd");
        if (rejected.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rejected)))
                    .isEqualTo("rw-------");
        }
        Outcome second = run("b.csv",
                back.replace("4.567", "4.56").replace("CURSE", "COURSE"), to);
        assertThat(second.recorded()).isEqualTo(2);
        assertThat(second.rejectedInAll()).isZero();
        assertThat(rejected).doesNotExist();
        assertThat(Ledgers.titles(bank)).contains("=cmd|'/C calc'!A0, \"x\"");
    }

    @Test
    void a_row_with_too_many_or_too_few_columns_is_not_taken_until_somebody_puts_it_right()
            throws Exception {
        Path rejected = folder.resolve("rejected.csv");
        Options to = options(false, null).rejectedTo(rejected);
        Outcome first = run("a.csv", HEADER + row("1", "K-1").replace("\n", ",more\n")
                + row("2", "K-2").replace(",2024-06-30", "") + row("3", "K-3").strip() + ",,\n",
                to);
        assertThat(first.recorded()).isEqualTo(1);
        assertThat(first.problems()).containsExactly(
                new RowProblem(2, "", new ValueInvalid("", Rule.ROW_COLUMN_COUNT, "12 / 11")),
                new RowProblem(3, "", new ValueInvalid("", Rule.ROW_COLUMN_COUNT, "10 / 11")));
        assertThat(run("b.csv", Files.readString(rejected), to).rejectedInAll()).isEqualTo(2);
        Outcome mended = run("c.csv", Files.readString(rejected).replace(",more\r", ",\r")
                .replace("1 missing", "").replace("CN,,3", "CN,2024-06-30,3"), to);
        assertThat(mended.recorded()).isEqualTo(2);
    }

    @Test
    void rejected_json_lines_come_back_as_json_lines() throws Exception {
        Path rejected = folder.resolve("rejected.jsonl");
        Options to = options(false, null).rejectedTo(rejected);
        Outcome outcome = run("a.jsonl", json("K-1", "4.5") + "{\"kind\":\n" + "[1]\n"
                + json("K-2", "4.567") + json("K-3", "[4]"), to);
        assertThat(outcome.recorded()).isEqualTo(1);
        assertThat(outcome.problems()).extracting(RowProblem::row, RowProblem::column)
                .containsExactly(tuple(2L, ""), tuple(3L, ""), tuple(4L, "credits.amount"),
                        tuple(5L, "credits.amount"));
        String back = Files.readString(rejected);
        assertThat(run("b.jsonl", back, to).rejectedInAll()).isEqualTo(4);
        assertThat(run("b.jsonl", back.replace("4.567", "4.56"), to).recorded()).isEqualTo(1);
    }

    @Test
    void a_part_of_a_shared_amount_stays_the_same_when_one_row_is_corrected_and_sent_again()
            throws Exception {
        Profile profile = Profiles.of("shared", """
                learner:
                  documentKind: {value: STUDENT_NUMBER}
                  documentIssuer: {value: test-college}
                  documentNumber: {column: who}
                achievement:
                  kind: {value: COURSE}
                  issuer: {value: test-college}
                  recordKey: {template: "{who}/{what}"}
                  title: {column: what}
                  credits:
                    amount: {column: load, dividedBy: {rowsWithSame: [who]}}
                    unit: {value: UK}
                  happenedOn: {column: day}
                """);
        Path rejected = folder.resolve("rejected.csv");
        Options to = options(false, null).rejectedTo(rejected);
        Outcome first = run(file("a.csv", "who,what,load,day\n1,A,60,2024-06-30\n"
                + "1,B,60,someday\n2,C,10,2024-06-30\n2,D,10,2024-06-30\n2,E,10,2024-06-30\n"),
                profile, to);
        assertThat(first.credits()).isEqualTo(Map.of(CreditUnit.UK, 3_000L));
        assertThat(first.rejected()).isEqualTo(
                Map.of("date-malformed", 1L, "division-not-exact", 3L));
        Outcome second = run(file("b.csv",
                Files.readString(rejected).replace("someday", "2024-06-30")), profile, to);
        assertThat(second.credits()).isEqualTo(Map.of(CreditUnit.UK, 3_000L));
    }

    // ------------------------------------------------------------------ how files are read

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void chinese_text_is_read_in_either_encoding(String encoding) throws Exception {
        Path file = folder.resolve("a.csv");
        Files.writeString(file, HEADER + row("1", "K-1"), Charset.forName(encoding));
        Outcome outcome = run(file, Profiles.named(Profiles.NATIVE), options(false, null));
        assertThat(outcome.reading().encoding()).isEqualTo(encoding);
        assertThat(Ledgers.titles(bank)).containsExactly("机械制图");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|", ","})
    void another_separator_is_found_in_the_header(String separator) {
        Outcome outcome = commit("a.csv", "\ufeff" + (HEADER + row("1", "K-1"))
                .replace(",", separator));
        assertThat(outcome.reading().mark()).isTrue();
        assertThat(outcome.reading().separator()).isEqualTo(separator.charAt(0));
        assertThat(outcome.recorded()).isEqualTo(1);
    }

    @Test
    void json_lines_hold_the_same_fields_flat_or_nested_and_exact_numbers() {
        Outcome outcome = commit("a.txt", json("K-1", "4.50") + "\n" + json("K-2", "\"4.50\"")
                .replace("{\"amount\":\"4.50\",\"unit\":\"CN\"}", "null,\"credits.amount\":4.5,"
                        + "\"credits.unit\":\"CN\""));
        assertThat(outcome.reading().form()).isEqualTo(FileReading.Form.JSON_LINES);
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.credits()).isEqualTo(Map.of(CreditUnit.CN, 900L));
    }

    @Test
    void what_sheets_put_around_values_is_taken_off() {
        Outcome outcome = commit("a.csv", HEADER
                + " STUDENT_NUMBER ,test-college,'0001,,COURSE,test-college,\"=\"\"K-1\"\"\","
                + "\u3000\"\"\"机械制图\"\"\"\u00a0,4.5,CN,45473\n"
                + "STUDENT_NUMBER,test-college,0001,,COURSE,test-college,K-2,机械制图,4.5,CN,"
                + "2024年6月30日\n"
                + "STUDENT_NUMBER,test-college,0001,,COURSE,test-college,K-3,机械制图,4.5,CN,"
                + "2024/6/30 0:00\n,,,,,,,,,,\n");
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.accountsOpened()).isEqualTo(1);
        assertThat(outcome.passedOver()).isEqualTo(Map.of("blank row", 1L));
        assertThat(Ledgers.titles(bank)).containsOnly("机械制图");
        assertThat(Ledgers.days(bank)).containsOnly("2024-06-30");
    }

    @Test
    void a_date_that_could_be_two_days_is_not_guessed() {
        for (String day : List.of("6/7/2024", "2024", "24-06-30", "2024-02-30", "99")) {
            Outcome outcome = commit("a.csv",
                    HEADER + row("1", "K-1").replace("2024-06-30", day));
            assertThat(outcome.problems()).containsExactly(new RowProblem(2, "happenedOn",
                    new ValueInvalid("happenedOn", Rule.DATE_MALFORMED, day)));
        }
    }

    @Test
    void a_control_character_is_a_problem_of_its_row_alone() {
        Outcome outcome = commit("a.csv", HEADER + row("1", "K-1")
                + row("2", "K-2").replace("机械", "机\0械"));
        assertThat(outcome.recorded()).isEqualTo(1);
        assertThat(outcome.problems()).extracting(RowProblem::row, RowProblem::column)
                .containsExactly(tuple(3L, "title"));
    }

    @Test
    void an_over_long_row_is_a_problem_of_its_row_alone() {
        String title = "x".repeat(300_000);
        Outcome csv = commit("a.csv",
                HEADER + row("1", "K-1").replace("机械制图", title) + row("2", "K-2"));
        Outcome json = commit("a.jsonl",
                json("K-3", "4.5").replace("机械制图", title) + json("K-4", "4.5"));
        for (Outcome outcome : List.of(csv, json)) {
            assertThat(outcome.recorded()).isEqualTo(1);
            assertThat(outcome.rejected()).isEqualTo(Map.of("row-too-long", 1L));
        }
    }

    /** Beyond what the parser of CSV holds by itself: 16,384 fields, or a field of 1 MB. */
    @Test
    void a_row_without_measure_is_a_problem_of_its_row_alone() {
        String long2 = "长".repeat(2_000_000);
        Map<String, String> codes = Map.of(
                row("2", "K-2").strip() + ",".repeat(20_000) + "x\n", "row-column-count",
                row("2", "K-2").replace("机械", long2), "row-too-long",
                row("2", "K-2").replace("机械", "\"a\"\"" + long2 + "\n" + long2 + "\""),
                "row-too-long",
                ",x".repeat(2_000_000) + "\n", "row-too-long");
        int number = 10;
        for (Map.Entry<String, String> each : codes.entrySet()) {
            number += 2;
            Outcome outcome = commit("a.csv", HEADER + row("" + number, "K-" + number)
                    + each.getKey() + row("" + (number + 1), "K-" + (number + 1)));
            assertThat(outcome.recorded()).isEqualTo(2);
            assertThat(outcome.rejected()).isEqualTo(Map.of(each.getValue(), 1L));
            assertThat(outcome.problems().getFirst().row()).isEqualTo(3);
        }
    }

    @Test
    void a_file_without_ends_of_lines_is_not_said_to_lack_a_quotation_mark() {
        assertRefused(Rule.COLUMNS_TOO_MANY, file("a.csv", "column,".repeat(100_000) + "\n"));
        assertRefused(Rule.ROW_TOO_LONG, file("a.csv", "a".repeat(5_000_000)));
        assertRefused(Rule.FILE_QUOTE_WITHOUT_END, file("a.csv", HEADER + row("1", "K-1")
                + row("2", "K-2").replace("机械", "\"机械") + row("3", "K-3").repeat(100_000)));
    }

    @Test
    void files_that_cannot_be_used_are_refused_before_anything_is_recorded() throws Exception {
        assertRefused(Rule.FILE_NOT_FOUND, folder.resolve("none.csv"));
        assertRefused(Rule.FILE_IS_FOLDER, folder);
        assertRefused(Rule.FILE_EMPTY, file("a.csv", ""));
        assertRefused(Rule.FILE_EMPTY, file("a.csv", "\ufeff\n\n"));
        assertRefused(Rule.FILE_NOT_TEXT, file("a.csv", "PK\u0003\u0004 a workbook"));
        assertRefused(Rule.FILE_NOT_TEXT, file("a.csv", "abc\0\0\0\0\0\0def"));
        Path utf16 = folder.resolve("utf16.csv");
        Files.writeString(utf16, HEADER, StandardCharsets.UTF_16);
        assertRefused(Rule.FILE_NOT_TEXT, utf16);
        assertRefused(Rule.COLUMN_MISSING,
                file("a.csv", HEADER.replace("title", "tittle") + row("1", "K-1")));
        assertRefused(Rule.COLUMN_TWICE,
                file("a.csv", HEADER.replace("name", "title") + row("1", "K-1")));
        assertRefused(Rule.FILE_QUOTE_WITHOUT_END, file("a.csv",
                HEADER + row("1", "K-1") + row("2", "K-2").replace("机械", "\"机械")));
        Path broken = folder.resolve("broken.csv");
        byte[] bytes = (HEADER + row("1", "K-1").repeat(5)).getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 5] = (byte) 0xff;
        Files.write(broken, bytes);
        assertRefused(Rule.FILE_ENCODING_BROKEN, broken);
    }

    @Test
    void a_header_alone_is_a_file_of_no_rows() {
        Outcome outcome = commit("a.csv", HEADER);
        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.rows()).isZero();
    }

    @Test
    void columns_that_nobody_reads_are_named() {
        Outcome outcome = commit("a.csv", HEADER.replace(",name", ",tittle") + row("1", "K-1"));
        assertThat(outcome.reading().unused()).containsExactly("tittle");
    }

    @Test
    void asked_to_stop_an_import_keeps_what_stands_and_the_same_file_goes_on() {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 300; i++) {
            rows.append(row("n" + i, "K-" + i));
        }
        AtomicInteger looked = new AtomicInteger();
        Path file = file("a.csv", rows.toString());
        Outcome first = Oulad.intake(bank).run(file, "a.csv", Profiles.named(Profiles.NATIVE),
                options(false, null), _ -> { }, () -> looked.incrementAndGet() >= 100);
        assertThat(first.finished()).isFalse();
        assertThat(first.stoppedBy()).isNull();
        assertThat(first.recorded()).isBetween(0L, 100L);
        Outcome second = run(file, Profiles.named(Profiles.NATIVE), options(false, null));
        assertThat(second.alreadyThere()).isEqualTo(first.recorded());
        assertThat(second.recorded()).isEqualTo(300 - first.recorded());
    }

    @Test
    void asked_to_stop_when_all_rows_are_read_an_import_leaves_out_those_that_still_wait() {
        Path file = file("a.csv", HEADER + row("n1", "K-1") + row("n2", "K-2"));
        Outcome first = Oulad.intake(bank).run(file, "a.csv", Profiles.named(Profiles.NATIVE),
                options(false, null), _ -> { }, () -> Thread.currentThread().isVirtual());
        assertThat(first.finished()).isFalse();
        assertThat(first.recorded()).isZero();
        assertThat(run(file, Profiles.named(Profiles.NATIVE), options(false, null)).recorded())
                .isEqualTo(2);
    }

    @Test
    void a_ledger_that_cannot_be_written_stops_the_import_which_can_go_on_later()
            throws Exception {
        Path file = file("a.csv", HEADER + row("1", "K-1") + row("2", "K-2"));
        String ledger = "jdbc:sqlite:" + folder.resolve("data/ledger.db");
        try (Connection other = DriverManager.getConnection(ledger);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            Outcome stopped = run(file, Profiles.named(Profiles.NATIVE), options(false, null));
            assertThat(stopped.finished()).isFalse();
            assertThat(stopped.stoppedBy()).isInstanceOf(Refusal.LedgerNotWritable.class);
            assertThat(stopped.recorded()).isZero();
            assertThat(stopped.problems()).isEmpty();
        }
        assertThat(run(file, Profiles.named(Profiles.NATIVE), options(false, null)).recorded())
                .isEqualTo(2);
    }

    @Test
    void an_institution_that_may_not_be_registered_is_told_at_once() {
        assertThatThrownBy(() -> run(file("a.csv", "x"), Profiles.named("oulad"),
                new Options(false, null, false, "user/test", null)))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.refusal())
                        .isEqualTo(new Refusal.InstitutionUnknown("open-university-uk")));
    }

    // ------------------------------------------------------------------ the fixture

    private void assertRefused(Rule rule, Path file) {
        long before = bank.ledger().reader().size();
        assertThatThrownBy(() ->
                run(file, Profiles.named(Profiles.NATIVE), options(false, null)))
                .isInstanceOfSatisfying(Refused.class, refused ->
                        assertThat(refused.refusal()).isInstanceOfSatisfying(ValueInvalid.class,
                                v -> assertThat(v.rule()).isEqualTo(rule)));
        assertThat(bank.ledger().reader().size()).isEqualTo(before);
    }

    private Outcome commit(String name, String text) {
        return run(name, text, options(false, null));
    }

    private Outcome run(String name, String text, Options options) {
        return run(file(name, text), Profiles.named(Profiles.NATIVE), options);
    }

    private Outcome run(Path file, Profile profile, Options options) {
        return Oulad.intake(bank).run(file, profile, options, _ -> { });
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Options options(boolean dry, @Nullable InstitutionId as) {
        return new Options(dry, as, false, "user/test", null);
    }

    private static String row(String number, String key) {
        return row(number, key, "4.5");
    }

    private static String row(String number, String key, String credits) {
        return "STUDENT_NUMBER,test-college," + number + ",,COURSE,test-college," + key
                + ",机械制图," + credits + ",CN,2024-06-30\n";
    }

    private static String json(String key, String amount) {
        return """
                {"documentKind":"STUDENT_NUMBER","documentIssuer":"test-college",\
                "documentNumber":1,"kind":"COURSE","issuer":"test-college","recordKey":"%s",\
                "title":"机械制图","credits":{"amount":%s,"unit":"CN"},"happenedOn":"2024-06-30"}
                """.formatted(key, amount);
    }

    private static AchievementForm form(String amount) {
        return new AchievementForm("COURSE", "test-college", null, "K-1", "机械制图", null, null,
                null, null, new CreditsForm(amount, "CN"), "2024-06-30", null, null, null,
                null);
    }

    private void register(String id) {
        Ledgers.register(bank, id);
    }

    private LearnerId learner(String number) {
        return bank.counter().find(new IdentityForm(
                null, "STUDENT_NUMBER", "test-college", number, null)).orElseThrow();
    }

    private static Sender sender(String command) {
        return Ledgers.sender(command);
    }
}
