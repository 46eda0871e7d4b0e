package creditbank.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.recognition.Decision;
import creditbank.ledger.EntryFormat;
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

/** The published rules, decided by the engine. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConformanceTest {

    /** One step of a case, as the engine takes it. */
    record Step(String name, Rulebook rulebook, Case given, JsonNode expect) {

        private static Step of(Published.Step step) {
            return new Step(step.toString(), Shipped.readable(Shipped.rulebook(step.rulebook())),
                    CaseText.read(step.given()), step.expect());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Step> steps() {
        return Published.steps().stream().map(Step::of);
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

    @Test
    void all_31_cases_are_run_here_or_it_is_said_where() {
        Set<String> here = Published.steps().stream().map(Published.Step::id)
                .collect(Collectors.toSet());
        assertThat(Published.CASES).hasSize(31).allSatisfy(id ->
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
