package creditbank.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Bank;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.CreditUnit;
import creditbank.institution.InstitutionForm;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProfileTest {

    private static final String WHOLE = """
            learner:
              documentKind: {value: PASSPORT}
              documentNumber: {column: who}
            achievement:
              kind: {lookup: kinds, key: "{sort}"}
              recordKey: {column: key}
              title: {column: title}
              happenedOn: {column: day}
            lookups:
              kinds: {课程: COURSE}
            """;

    @TempDir
    Path folder;

    @Test
    void the_shipped_profiles_can_be_read() {
        assertThat(Profiles.names()).containsExactly("native", "oulad", "elmo")
                .allSatisfy(name -> assertThat(Profiles.named(name).title()).isNotEmpty());
    }

    @Test
    void the_template_of_the_native_profile_goes_in_as_it_is() throws IOException {
        Path template = Files.writeString(
                folder.resolve("template.csv"), Profiles.named(Profiles.NATIVE).template());
        assertThat(Files.readString(template)).startsWith("\ufeffaccount,name,documentKind,");
        try (Bank bank = Oulad.open(folder)) {
            bank.commands().send(new InstitutionForm("sample-vocational-college", "示例",
                    "VOCATIONAL", "COLLEGE", "210600", null, null).read(bank.claims()),
                    new Sender("user/test", null, "register", null));
            Outcome outcome = Oulad.intake(bank).run(template, Profiles.named(Profiles.NATIVE),
                    new Options(false, null, false, "user/test", null), _ -> { });
            assertThat(outcome.problems()).isEmpty();
            assertThat(outcome.recorded()).isEqualTo(1);
        }
    }

    @Test
    void a_profile_of_ones_own_is_named_by_its_path() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.yaml"), WHOLE);
        assertThat(Profiles.nameOrPath(mine.toString()).name()).isEqualTo("mine");
    }

    @Test
    void an_unknown_profile_is_refused_with_those_that_exist() {
        assertThatThrownBy(() -> Profiles.nameOrPath("nativ"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.refusal())
                        .isEqualTo(new Refusal.ProfileUnknown("nativ",
                                "native, oulad, elmo, or the path of a YAML file")));
        assertThatThrownBy(() -> Profiles.named("../../etc/passwd"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_mistake_is_told_with_its_line_and_field() {
        assertInvalid(WHOLE.replace("title: {", "titel: {"), invalid -> {
            assertThat(invalid.line()).isEqualTo(7);
            assertThat(invalid.field()).isEqualTo("achievement.titel");
            assertThat(invalid.problem()).contains("not known", "title");
        });
        assertInvalid(WHOLE.replace("{column: day}", "day"), invalid -> {
            assertThat(invalid.line()).isEqualTo(8);
            assertThat(invalid.field()).isEqualTo("achievement.happenedOn");
            assertThat(invalid.problem()).contains("{column: name of the column}");
        });
        assertInvalid(WHOLE.replace("lookup: kinds", "lookup: sorts"), invalid -> {
            assertThat(invalid.line()).isEqualTo(5);
            assertThat(invalid.problem()).contains("no table");
        });
        assertInvalid(WHOLE.replace("{sort}", "sort"), invalid ->
                assertThat(invalid.problem()).contains("braces"));
        assertInvalid(WHOLE.replace("  recordKey: {column: key}\n", ""), invalid -> {
            assertThat(invalid.field()).isEqualTo("achievement");
            assertThat(invalid.problem()).contains("recordKey");
        });
        assertInvalid(WHOLE.replace("{column: who}", "{column: who, dividedBy: {}}"), invalid ->
                assertThat(invalid.problem()).contains("only the amount"));
        assertInvalid(WHOLE + "only: {}\n", invalid ->
                assertThat(invalid.problem()).contains("list"));
        assertInvalid(WHOLE + "learner: {}\n", invalid ->
                assertThat(invalid.problem()).contains("not YAML"));
        assertInvalid("a: [", invalid -> assertThat(invalid.problem()).contains("not YAML"));
        assertInvalid("", invalid -> assertThat(invalid.problem()).isNotEmpty());
    }

    @Test
    void a_row_or_a_file_may_do_without_an_amount_that_is_optional() throws IOException {
        String profile = WHOLE.replace("  happenedOn", "  credits:\n"
                + "    amount: {column: points, optional: true}\n    unit: {value: CN}\n"
                + "  happenedOn");
        Outcome cells = dryRun(profile, """
                who,sort,key,title,points,day
                E1,课程,K-1,t,,2024-06-30
                E2,课程,K-2,t,2.50,2024-06-30
                """);
        assertThat(cells.problems()).isEmpty();
        assertThat(cells.credits()).isEqualTo(Map.of(CreditUnit.CN, 250L));
        Outcome without = dryRun(profile, "who,sort,key,title,day\nE1,课程,K-1,t,2024-06-30\n");
        assertThat(without.problems()).isEmpty();
        assertThat(without.recorded()).isEqualTo(1);
        Outcome required = dryRun(profile.replace(", optional: true", ""),
                "who,sort,key,title,points,day\nE1,课程,K-1,t,,2024-06-30\n");
        assertThat(required.rejected()).isEqualTo(Map.of("required", 1L));
    }

    // ------------------------------------------------------------------ attributes

    private static final String WITH_ATTRIBUTES = WHOLE.replace("lookups:\n",
            "  attributes:\n"
            + "    prize: {column: prize, optional: true, example: first}\n"
            + "    rank: {column: rank, type: number, optional: true}\n"
            + "    held-on: {column: held, type: day, optional: true}\n"
            + "    team: {column: team, type: flag, optional: true}\n"
            + "    contest: {value: \"00012\"}\n"
            + "lookups:\n");

    @Test
    void attributes_of_rows_have_the_type_that_the_profile_says() throws IOException {
        try (Bank bank = bank()) {
            Outcome outcome = run(bank, false, """
                    who,sort,key,title,day,prize,rank,held,team
                    E1,课程,K-1,t,2024-06-30,third,3,2024/6/1,TRUE
                    E1,课程,K-2,t,2024-06-30,,,,
                    """);
            assertThat(outcome.problems()).isEmpty();
            assertThat(recorded(bank)).containsExactly(
                    Attributes.NONE.with("prize", "third").with("rank", 300)
                            .with("held-on", LocalDate.of(2024, 6, 1)).with("team", true)
                            .with("contest", "00012"),
                    Attributes.NONE.with("contest", "00012"));
        }
    }

    @Test
    void a_row_sent_again_stands_already_unless_its_attributes_are_others() throws IOException {
        String rows = """
                who,sort,key,title,day,rank
                E1,课程,K-1,t,2024-06-30,3
                """;
        try (Bank bank = bank()) {
            assertThat(run(bank, false, rows).recorded()).isEqualTo(1);
            assertThat(run(bank, false, rows.replace(",3\n", ",3.00\n")).alreadyThere())
                    .isEqualTo(1);
            assertThat(run(bank, false, rows.replace(",3\n", ",4\n")).rejected())
                    .isEqualTo(Map.of("achievement-already-recorded", 1L));
        }
    }

    @ParameterizedTest
    @CsvSource({"rank,many,number-malformed", "rank,3.005,number-malformed",
        "held,someday,date-malformed", "team,perhaps,choice-unknown"})
    void an_attribute_that_is_not_of_its_type_is_a_problem_of_its_column(
            String column, String cell, String code) throws IOException {
        try (Bank bank = bank()) {
            Outcome outcome = run(bank, true, "who,sort,key,title,day," + column
                    + "\nE1,课程,K-1,t,2024-06-30," + cell + "\n");
            assertThat(outcome.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.column()).isEqualTo(column);
                assertThat(problem.refusal().code()).isEqualTo(code);
            });
        }
    }

    @Test
    void a_row_has_every_attribute_that_is_not_optional() throws IOException {
        try (Bank bank = bank()) {
            Outcome outcome = Oulad.intake(bank).run(Files.writeString(folder.resolve("r.csv"),
                            "who,sort,key,title,day,rank\nE1,课程,K-1,t,2024-06-30,\n"),
                    Profiles.of("mine", WITH_ATTRIBUTES.replace(
                            "type: number, optional: true", "type: number")),
                    new Options(true, new InstitutionId("test-college"), false, "user/test",
                            null), _ -> { });
            assertThat(outcome.rejected()).isEqualTo(Map.of("required", 1L));
        }
    }

    @Test
    void a_mistake_in_an_attribute_is_told_with_its_line_and_field() {
        assertInvalid(WITH_ATTRIBUTES.replace("type: day", "type: date"), invalid -> {
            assertThat(invalid.line()).isEqualTo(12);
            assertThat(invalid.field()).isEqualTo("achievement.attributes.held-on.type");
            assertThat(invalid.problem()).contains("number");
        });
        for (String name : List.of("Prize", "title", "happened-on")) {
            assertInvalid(WITH_ATTRIBUTES.replace("prize: {", name + ": {"), invalid -> {
                assertThat(invalid.line()).isEqualTo(10);
                assertThat(invalid.field()).isEqualTo("achievement.attributes." + name);
            });
        }
        assertInvalid(WITH_ATTRIBUTES.replace("{column: prize,", "{"), invalid ->
                assertThat(invalid.problem()).contains("{column: name of the column}"));
        assertInvalid(WHOLE.replace("{column: title}", "{column: title, type: text}"), invalid ->
                assertThat(invalid.field()).isEqualTo("achievement.title.type"));
    }

    @Test
    void the_template_shows_examples_of_attributes() {
        assertThat(Profiles.of("mine", WITH_ATTRIBUTES).template().lines().map(line ->
                List.of(line.split(",", -1))).map(cells -> cells.get(5)))
                .containsExactly("prize", "first");
    }

    private Bank bank() throws IOException {
        Bank bank = Oulad.open(folder);
        bank.commands().send(new InstitutionForm("test-college", "示例", "VOCATIONAL",
                "COLLEGE", "210600", null, null).read(bank.claims()),
                new Sender("user/test", null, "register", null));
        return bank;
    }

    private Outcome run(Bank bank, boolean dry, String rows) throws IOException {
        return Oulad.intake(bank).run(Files.writeString(folder.resolve("rows.csv"), rows),
                Profiles.of("mine", WITH_ATTRIBUTES),
                new Options(dry, new InstitutionId("test-college"), false, "user/test", null),
                _ -> { });
    }

    private static List<Attributes> recorded(Bank bank) {
        return bank.ledger().reader().read(0, 100).stream()
                .map(entry -> EntryFormat.read(entry).event())
                .filter(AchievementRecorded.class::isInstance)
                .map(event -> ((AchievementRecorded) event).achievement().attributes())
                .toList();
    }

    // ------------------------------------------------------------------ what may be missing

    private Outcome dryRun(String profile, String rows) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), rows);
        try (Bank bank = Oulad.open(folder)) {
            if (bank.isNew()) {
                bank.commands().send(new InstitutionForm("test-college", "示例", "VOCATIONAL",
                        "COLLEGE", "210600", null, null).read(bank.claims()),
                        new Sender("user/test", null, "register", null));
            }
            return Oulad.intake(bank).run(file, Profiles.of("mine", profile),
                    new Options(true, new InstitutionId("test-college"), false, "user/test",
                            null), _ -> { });
        }
    }

    @Test
    void a_key_that_a_lookup_does_not_have_is_a_problem_of_its_row() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"),
                "who,sort,key,title,day\nE1,培训,K-1,t,2024-06-30\n");
        try (Bank bank = Oulad.open(folder)) {
            Outcome outcome = Oulad.intake(bank).run(file, Profiles.of("mine", WHOLE),
                    new Options(true, null, false, "user/test", null), _ -> { });
            assertThat(outcome.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.column()).isEqualTo("sort");
                assertThat(problem.refusal().code()).isEqualTo("lookup-unknown");
            });
        }
    }

    private static void assertInvalid(String yaml, Consumer<Refusal.ProfileInvalid> what) {
        assertThatThrownBy(() -> Profiles.of("mine", yaml)).isInstanceOfSatisfying(Refused.class,
                r -> assertThat(r.refusal())
                        .isInstanceOfSatisfying(Refusal.ProfileInvalid.class, what));
    }
}
