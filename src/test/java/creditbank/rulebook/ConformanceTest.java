package creditbank.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.recognition.Decision;
import creditbank.ledger.EntryFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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

    /** Those of formats, schemas and commands are run where those are. */
    @Test
    void every_case_that_concerns_the_engine_is_there() {
        assertThat(new TreeSet<>(steps().map(Step::id).toList())).containsExactlyInAnyOrder(
                "CN-01", "CN-02", "CN-03", "CN-04", "CN-07", "CN-08", "CN-09", "CN-10", "CN-11",
                "CN-12", "CN-14", "CN-18", "CN-19", "CN-21", "EU-02", "EU-04", "EU-07", "IN-01",
                "IN-02", "IN-06", "KR-01", "KR-02", "KR-03", "KR-04", "KR-08a", "SD-01", "XX-02");
    }
}
