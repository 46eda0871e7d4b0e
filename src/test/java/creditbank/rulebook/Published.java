package creditbank.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published rules as cases: input, what is expected, source. */
public interface Published {

    /** All that there are; each has one step or more, or a test of its own. */
    List<String> CASES = List.of("CN-01", "CN-02", "CN-03", "CN-04", "CN-07",
            "CN-08", "CN-09", "CN-10", "CN-11", "CN-12", "CN-14", "CN-18", "CN-19", "CN-21",
            "CN-24", "CN-25", "KR-01", "KR-02", "KR-03", "KR-04", "KR-08a", "IN-01", "IN-02",
            "IN-03", "IN-06", "EU-02", "EU-04", "EU-07", "EU-08", "XX-02", "SD-01");

    /**
     * One step of a case.
     *
     * @param rulebook its name
     * @param given    the case, as {@link CaseText} reads it
     * @param expect   what {@link Expected} holds a decision against
     * @param overHttp with which code a bank refuses to decide at all, where it does; else missing
     */
    record Step(String id, String says, String rulebook, JsonNode given, JsonNode expect,
            JsonNode overHttp) {

        private static Step of(JsonNode each) {
            assertThat(each.required("source").asString()).isNotBlank();
            return new Step(each.required("id").asString(), each.required("says").asString(),
                    each.required("rulebook").asString(), each.required("given"),
                    each.required("expect"), each.path("over-http"));
        }

        @Override
        public String toString() {
            return id + ": " + says;
        }
    }

    /** Those of all conformance files, in order. */
    static List<Step> steps() {
        YAMLMapper yaml = new YAMLMapper();
        List<Step> steps = new ArrayList<>();
        for (Path file : Shipped.conformance()) {
            yaml.readTree(Shipped.read(file)).required("cases")
                    .forEach(each -> steps.add(Step.of(each)));
        }
        return steps;
    }
}
