package creditbank.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.recognition.Decision;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.RefusedLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Holds a decision against what a conformance file or the page on rulebooks expects. */
public final class Expected {

    private Expected() {
    }

    public static void check(JsonNode expected, Decision decision) {
        assertThat(expected.size()).isPositive();
        for (String what : expected.propertyNames()) {
            JsonNode value = expected.get(what);
            switch (what) {
                case "granted" -> assertThat(decision.granted().stream()
                        .map(Expected::granted)).as("granted in %s", decision)
                        .containsExactlyElementsOf(texts(value));
                case "refused" -> assertThat(decision.refused().stream()
                        .map(Expected::refused)).as("refused in %s", decision)
                        .containsExactlyElementsOf(texts(value));
                case "total" -> assertThat(creditbank.api.value.Credits.amount(
                        decision.granted().stream().mapToLong(line ->
                                line.credits() == null ? 0 : line.credits().hundredths()).sum()))
                        .as("total in %s", decision).isEqualTo(value.asString());
                case "grades" -> assertThat(decision.granted().stream()
                        .map(GrantedLine::grade)).containsExactlyElementsOf(texts(value));
                case "clauses" -> assertThat(decision.granted().stream()
                        .map(line -> line.clause().text()))
                        .containsExactlyElementsOf(texts(value));
                case "limits" -> assertThat(decision.refused().stream()
                        .flatMap(line -> line.missing().stream())
                        .map(m -> m.name() + ": " + m.found() + " > " + m.needed()).distinct())
                        .as("limits in %s", decision).containsExactlyElementsOf(texts(value));
                case "entitlements" -> assertThat(decision.entitlements().stream()
                        .map(e -> e.to() + (e.evidence() == null ? "" : " by " + e.evidence())))
                        .as("entitlements in %s", decision)
                        .containsExactlyElementsOf(texts(value));
                case "flags" -> assertThat(decision.flags().stream()
                        .map(f -> f.evidence() + " " + f.name()))
                        .containsExactlyElementsOf(texts(value));
                case "requirements" -> {
                    Map<String, String> lines = new TreeMap<>();
                    decision.requirements().forEach(r -> lines.put(r.name(),
                            (r.met() ? "met " : "unmet ") + r.found() + "/" + r.needed()));
                    Map<String, String> wanted = new TreeMap<>();
                    value.propertyNames().forEach(n -> wanted.put(n, value.get(n).asString()));
                    assertThat(lines).containsAllEntriesOf(wanted);
                }
                default -> throw new AssertionError("nothing is known of " + what);
            }
        }
    }

    private static List<String> texts(JsonNode list) {
        assertThat(list.isArray()).isTrue();
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asString()));
        return texts;
    }

    private static String granted(GrantedLine line) {
        return line.evidence() + " -> " + line.target() + ": "
                + (line.credits() == null ? "exempt" : line.credits().amount());
    }

    private static String refused(RefusedLine line) {
        return line.evidence() + (line.target() == null ? "" : " -> " + line.target()) + ": "
                + line.code() + (line.clause() == null ? "" : " by " + line.clause());
    }
}
