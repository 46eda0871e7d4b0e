package creditbank.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.recognition.Decision;
import creditbank.ledger.EntryFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published rules, as cases: input, what is expected, source. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConformanceTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** One step of a case. */
    record Step(String id, String says, Rulebook rulebook, Case given, JsonNode expect) {
        @Override
        public String toString() {
            return id + ": " + says;
        }
    }

    static Stream<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Path file : Shipped.conformance()) {
            JsonNode cases = YAML.readTree(Shipped.read(file));
            for (JsonNode each : cases.required("cases")) {
                Rulebook rulebook = Shipped.readable(Shipped.rulebook(
                        each.required("rulebook").asString()));
                assertThat(each.required("source").asString()).isNotBlank();
                steps.add(new Step(each.required("id").asString(),
                        each.required("says").asString(), rulebook,
                        CaseText.read(each.required("given")), each.required("expect")));
            }
        }
        return steps.stream();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void a_published_rule_is_followed(Step step) {
        Expected.check(step.expect(), Engine.decide(step.given(), step.rulebook()));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void the_same_input_gives_the_same_bytes_and_they_read_back(Step step) {
        Decision decision = Engine.decide(step.given(), step.rulebook());
        byte[] bytes = EntryFormat.JSON.writeValueAsBytes(decision);
        assertThat(EntryFormat.JSON.writeValueAsBytes(
                Engine.decide(step.given(), step.rulebook()))).isEqualTo(bytes);
        assertThat(EntryFormat.JSON.readValue(bytes, Decision.class)).isEqualTo(decision);
    }

    /** Of the 31 cases, these are run elsewhere, and why. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "CN-24", "is about the form of a diploma's number: run where numbers are read",
            "CN-25", "is about check digits: run where numbers are read",
            "IN-03", "is about used credits being used: run through the commands",
            "EU-08", "is about the schema of a file: run where such files are read");

    private static final List<String> CASES = List.of("CN-01", "CN-02", "CN-03", "CN-04", "CN-07",
            "CN-08", "CN-09", "CN-10", "CN-11", "CN-12", "CN-14", "CN-18", "CN-19", "CN-21",
            "CN-24", "CN-25", "KR-01", "KR-02", "KR-03", "KR-04", "KR-08a", "IN-01", "IN-02",
            "IN-03", "IN-06", "EU-02", "EU-04", "EU-07", "EU-08", "XX-02", "SD-01");

    @Test
    void all_31_cases_are_run_here_or_it_is_said_where() {
        Set<String> here = steps().map(Step::id).collect(Collectors.toSet());
        assertThat(CASES).hasSize(31).allSatisfy(id ->
                assertThat(here.contains(id)).isNotEqualTo(ELSEWHERE.containsKey(id)));
    }

    @Test
    void every_shipped_rulebook_has_a_case() {
        Set<String> tried = steps().map(step -> step.rulebook().version().id().text())
                .collect(Collectors.toSet());
        assertThat(Shipped.rulebooks()).allSatisfy(file -> assertThat(tried)
                .contains(Shipped.readable(Shipped.read(file)).version().id().text()));
    }
}
