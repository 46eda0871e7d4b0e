package creditbank.proof;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.proof.VerifierKey.Kind;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The edge cases of C2SP/CCTV, on which verifiers differ. None of them can be made against an honest
 * key by anybody but its owner; what Java does with each is held here, so that a change is seen.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class Ed25519VectorsTest {

    /** What Java refuses; points of low order alone it does not mind. */
    private static final Set<String> REFUSED = Set.of(
            "low_order_residue", "non_canonical_A", "non_canonical_R", "reencoded_k");

    @Test
    void java_checks_without_cofactor_and_takes_canonical_bytes_only() {
        List<JsonNode> cases = Vectors.json(Vectors.folder("ed25519-edge/ed25519")
                .resolve("ed25519vectors.json")).valueStream().toList();
        assertThat(cases).hasSize(914).allSatisfy(each -> assertThat(verifies(each))
                .as(each.toString())
                .isEqualTo(flags(each).stream().noneMatch(REFUSED::contains)));
        assertThat(cases.stream().filter(Ed25519VectorsTest::verifies)).hasSize(172);
        assertThat(cases.stream().filter(Ed25519VectorsTest::verifies)
                .filter(each -> flags(each).contains("low_order_A"))).hasSize(86);
    }

    private static Set<String> flags(JsonNode each) {
        return each.at("/flags").valueStream().map(JsonNode::asString)
                .collect(Collectors.toSet());
    }

    private static boolean verifies(JsonNode each) {
        try {
            VerifierKey key = new VerifierKey("edge", Kind.ED25519, hex(each, "/key"));
            return key.verifies(each.at("/msg").asString(),
                    new Note.Signature("edge", key.id(), hex(each, "/sig")));
        } catch (IllegalArgumentException notAKey) {
            return false;
        }
    }

    private static byte[] hex(JsonNode each, String name) {
        return HexFormat.of().parseHex(each.at(name).asString());
    }
}
