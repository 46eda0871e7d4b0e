package creditbank.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What transparency-dev/merkle holds its own verifier to. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MerkleVectorsTest {

    @Test
    void every_inclusion_proof_is_judged_as_others_judge_it() {
        List<Path> files = Vectors.files(Vectors.folder("merkle/testdata/inclusion"));
        assertThat(files).hasSize(98).allSatisfy(file -> {
            JsonNode proof = Vectors.json(file);
            assertThat(included(proof)).as(proof.at("/desc").asString())
                    .isNotEqualTo(proof.at("/wantErr").asBoolean());
        });
    }

    private static boolean included(JsonNode proof) {
        try {
            return new InclusionProof(size(proof, "/leafIdx"),
                    size(proof, "/treeSize"), hashes(proof)).holds(
                            hash(proof, "/leafHash"), root(proof, "/root"));
        } catch (IllegalArgumentException notAHash) {
            return false;
        }
    }

    /** Also from size 0, of which these files say that there is nothing to be proved. */
    @Test
    void every_consistency_proof_is_judged_as_others_judge_it() {
        List<Path> files = Vectors.files(Vectors.folder("merkle/testdata/consistency"));
        assertThat(files).hasSize(98).allSatisfy(file -> {
            JsonNode proof = Vectors.json(file);
            assertThat(consistent(proof)).as(proof.at("/desc").asString())
                    .isNotEqualTo(proof.at("/wantErr").asBoolean());
        });
        assertThat(files.stream().map(Vectors::json)
                .filter(p -> size(p, "/size1") == 0)).isNotEmpty()
                .allMatch(p -> p.at("/wantErr").asBoolean());
    }

    private static boolean consistent(JsonNode proof) {
        try {
            return new ConsistencyProof(size(proof, "/size1"), size(proof, "/size2"),
                    hashes(proof)).holds(root(proof, "/root1"), root(proof, "/root2"));
        } catch (IllegalArgumentException notAHash) {
            return false;
        }
    }

    private static List<Hash> hashes(JsonNode proof) {
        return proof.at("/proof").valueStream().map(h -> Hash.parse(h.asString())).toList();
    }

    /** They may have 64 bits there; here those above 63 are negative and refused as such. */
    private static long size(JsonNode proof, String name) {
        return proof.at(name).asBigInteger().longValue();
    }

    /** Some roots there are words such as "don't care 1", to be the same or not the same. */
    private static Hash root(JsonNode proof, String name) {
        byte[] bytes = Base64.getDecoder().decode(proof.at(name).asString());
        return bytes.length == Hash.SIZE ? Hash.of(bytes) : Hash.sha(bytes);
    }

    private static Hash hash(JsonNode proof, String name) {
        return Hash.parse(proof.at(name).asString());
    }
}
