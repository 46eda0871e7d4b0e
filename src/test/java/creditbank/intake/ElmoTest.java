package creditbank.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import creditbank.Bank;
import creditbank.account.IdentityForm;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // made before each test
class ElmoTest {

    @TempDir
    Path folder;

    private Bank bank;
    private String learner;

    @BeforeEach
    void open() {
        bank = Oulad.open(folder);
        Ledgers.register(bank, "test-college");
        learner = bank.counter().open(Ledgers.sender("open"), new IdentityForm(
                null, "STUDENT_NUMBER", "test-college", "1", null)).id();
    }

    @AfterEach
    void close() {
        bank.close();
    }

    private String elmo(String... specifications) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1">
                 <generatedDate>2024-10-31T12:00:00+02:00</generatedDate>
                 <learner><identifier type="creditbank">%s</identifier>
                  <givenNames>小明</givenNames><familyName>王</familyName></learner>
                 <report><issuer><country>PL</country>
                   <identifier type="creditbank">test-college</identifier>
                   <title xml:lang="pl">Uczelnia</title></issuer>
                %s
                 </report>
                </elmo>
                """.formatted(learner, String.join("\n", specifications));
    }

    private static String course(String code, String inside) {
        return specification(code, "Course", "<learningOpportunityInstance>"
                + "<date>2024-06-30+02:00</date>" + inside + "</learningOpportunityInstance>", "");
    }

    private static String specification(String code, String type, String instance, String parts) {
        return "<learningOpportunitySpecification><identifier type=\"local\">" + code
                + "</identifier><title xml:lang=\"pl\">Kurs " + code
                + "</title><title xml:lang=\"en\">Course " + code + "</title><type>" + type
                + "</type><specifies>" + instance + "</specifies>" + parts
                + "</learningOpportunitySpecification>";
    }

    private static String credit(String scheme, String value) {
        return "<credit><scheme>" + scheme + "</scheme><value>" + value + "</value></credit>";
    }

    private Outcome run(String elmo) {
        return run(elmo, folder.resolve("rejected"));
    }

    private Outcome run(String elmo, Path rejected) {
        try {
            return Oulad.intake(bank).run(Files.writeString(folder.resolve("a.xml"), elmo),
                    Profiles.named("elmo"),
                    new Options(false, null, false, "user/test", rejected), _ -> { });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_course_is_recorded_with_its_english_title_and_its_european_credits() {
        Outcome outcome = run(elmo(course("C1", "<resultLabel>5.0</resultLabel>"
                + credit("local", "99") + credit("ects", "6.5"))));
        assertThat(outcome.reading().form()).isEqualTo(FileReading.Form.ELMO);
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.credits()).isEqualTo(Map.of(CreditUnit.ECTS, 650L));
        assertThat(Ledgers.titles(bank)).containsExactly("Course C1");
    }

    @Test
    void what_is_failed_or_goes_on_is_left_out_and_so_are_programmes_whose_courses_count() {
        Outcome outcome = run(elmo(
                course("C1", "<status>failed</status>" + credit("ects", "1")),
                course("C2", "<status>in-progress</status>" + credit("ects", "2")),
                course("C3", "<status>passed</status>" + credit("ects", "4")),
                specification("P", "Degree Programme", "<learningOpportunityInstance>"
                        + "<date>2024-06-30</date>" + credit("ects", "60")
                        + "</learningOpportunityInstance>",
                        "<hasPart>" + course("C4", credit("ects", "8")) + "</hasPart>")));
        assertThat(outcome.credits()).isEqualTo(Map.of(CreditUnit.ECTS, 1200L));
        assertThat(outcome.passedOver()).isEqualTo(Map.of("not passed", 2L,
                "no course; its credits are those of courses", 1L));
    }

    @Test
    void a_status_that_the_schema_does_not_have_is_refused_and_the_rest_goes_on() {
        Outcome outcome = run(elmo(course("C1", "<status>revoked</status>"),
                course("C2", credit("ects", "4"))));
        assertThat(outcome.recorded()).isEqualTo(1);
        assertThat(outcome.problems()).containsExactly(new RowProblem(9, "status",
                new ValueInvalid("status", Rule.CHOICE_UNKNOWN, "revoked",
                        "passed, failed, in-progress")));
    }

    @Test
    void a_course_without_a_day_takes_the_end_of_its_term() {
        Outcome outcome = run(elmo(specification("C1", "Course", "<learningOpportunityInstance>"
                + "<academicTerm><title>Spring</title><start>2024-01-15</start>"
                + "<end>2024-06-15</end></academicTerm>" + credit("ects", "4")
                + "</learningOpportunityInstance>", "")));
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.recorded()).isEqualTo(1);
    }

    @Test
    void rejected_entries_come_back_as_json_lines_that_go_in_once_corrected() throws Exception {
        Path rejected = folder.resolve("rejected.jsonl");
        Outcome first = run(elmo(course("C1", credit("ects", "4.567"))), rejected);
        assertThat(first.problems()).extracting(RowProblem::column).containsExactly("credit.value");
        Path mended = Files.writeString(folder.resolve("mended.jsonl"),
                Files.readString(rejected).replace("4.567", "4.56"));
        Outcome second = Oulad.intake(bank).run(mended, Profiles.named("elmo"),
                new Options(false, null, false, "user/test", null), _ -> { });
        assertThat(second.problems()).isEmpty();
        assertThat(second.recorded()).isEqualTo(1);
    }

    @Test
    void what_stands_before_a_break_goes_in_and_the_break_names_its_line() {
        String whole = elmo(course("C1", credit("ects", "4")), course("C2", credit("ects", "4")));
        Outcome outcome = run(whole.substring(0, whole.indexOf("Course C2")));
        assertThat(outcome.recorded()).isEqualTo(1);
        assertThat(outcome.problems()).extracting(RowProblem::row, p -> p.refusal().code())
                .containsExactly(tuple(10L, "file-not-elmo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html xmlns='x'><p>1</p></html>", "<elmo><report/></elmo>",
        "<!DOCTYPE elmo [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
                + "<elmo xmlns='https://github.com/emrex-eu/elmo-schemas/tree/v1'>&a;</elmo>"})
    void what_is_not_elmo_or_has_a_document_type_is_refused(String xml) {
        assertThat(run(xml).problems()).extracting(p -> p.refusal().code())
                .containsExactly("file-not-elmo");
    }

    @Test
    void what_is_endless_is_refused_before_it_fills_the_memory() {
        Map.of("<a>".repeat(1_000), "elmo-too-deep",
                "<learningOpportunitySpecification><title>" + "x".repeat(100_000),
                "elmo-text-too-long",
                "<learningOpportunitySpecification>" + identifiers(), "elmo-too-many-values",
                "<" + "n".repeat(100_000), "elmo-too-complex").forEach((xml, code) ->
                assertThat(run("<elmo xmlns=\"https://github.com/emrex-eu/elmo-schemas/tree/v1\">"
                        + xml).problems()).extracting(p -> p.refusal().code())
                        .containsExactly(code));
    }

    @Test
    void a_file_without_any_result_is_told_as_such() {
        for (String xml : List.of(elmo(), "<elmo xmlns="
                + "\"https://github.com/emrex-eu/elmo-schemas/tree/v1\"><learner/></elmo>")) {
            Outcome outcome = run(xml);
            assertThat(outcome.recorded()).isZero();
            assertThat(outcome.problems()).extracting(p -> p.refusal().code())
                    .containsExactly("elmo-without-results");
        }
    }

    private static String identifiers() {
        List<String> identifiers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            identifiers.add("<identifier type=\"t" + i + "\">1</identifier>");
        }
        return String.join("", identifiers);
    }
}
