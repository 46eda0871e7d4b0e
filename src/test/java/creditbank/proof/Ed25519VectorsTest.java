package creditbank.proof;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.proof.VerifierKey.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The edge cases of C2SP/CCTV, on which verifiers differ. None of them can be made against an honest
 * key; what Java does with each kind is held here, so that a change of it is seen.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class Ed25519VectorsTest {

    @Test
    void what_java_says_of_each_kind_of_edge_case_stays_as_it_is() {
        Map<Set<String>, List<Integer>> judged = new TreeMap<>(
                (a, b) -> a.toString().compareTo(b.toString()));
        JsonNode cases = Vectors.json(
                Vectors.folder("ed25519-edge/ed25519").resolve("ed25519vectors.json"));
        int[] verified = {0};
        for (JsonNode each : cases) {
            Set<String> flags = new TreeSet<>();
            each.at("/flags").forEach(f -> flags.add(f.asString()));
            List<Integer> of = judged.computeIfAbsent(flags, _ -> new ArrayList<>(List.of(0, 0)));
            int answer = verifies(each) ? 0 : 1;
            of.set(answer, of.get(answer) + 1);
            verified[0] += 1 - answer;
        }
        assertThat(cases).hasSize(914);
        judged.forEach((f, n) -> System.out.println(f + " " + n));
        assertThat(verified[0]).isEqualTo(-1);
    }

    private static boolean verifies(JsonNode each) {
        try {
            return new VerifierKey("edge", Kind.ED25519, hex(each, "/key")).verifies(
                    each.at("/msg").asString().getBytes(StandardCharsets.UTF_8),
                    hex(each, "/sig"));
        } catch (IllegalArgumentException notAKey) {
            return false;
        }
    }

    private static byte[] hex(JsonNode each, String name) {
        return HexFormat.of().parseHex(each.at(name).asString());
    }
}
