package creditbank.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.proof.Note.NotVerified;
import creditbank.proof.VerifierKey.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddCheckpointTest {

    private static final SigningKey LOG = key("bank.example/log", Kind.ED25519, 1);
    private static final SigningKey WITNESS = key("witness.example", Kind.COSIGNATURE, 2);
    private static final SigningKey OTHER = key("witness.example", Kind.COSIGNATURE, 3);
    private static final Hash HASH = Hash.leaf(new byte[] {7});
    private static final Note NOTE = LOG.sign(new Checkpoint("bank.example/log", 3, HASH).text());

    private static SigningKey key(String name, Kind kind, int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return new SigningKey(name, kind, bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String note() {
        return new String(NOTE.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void a_request_is_read_as_it_was_written() {
        for (List<Hash> proof : List.of(List.<Hash>of(), List.of(HASH, Hash.EMPTY),
                Collections.nCopies(63, HASH))) {
            AddCheckpoint request = new AddCheckpoint(2, proof, NOTE);
            assertThat(AddCheckpoint.parse(request.bytes())).isEqualTo(request);
        }
        assertThat(new AddCheckpoint(2, List.of(HASH), NOTE).bytes()).isEqualTo(
                utf8("old 2\n" + HASH.base64() + "\n\n" + note()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "old 2\n", "2\n\n", "old 02\n\n", "old -1\n\n", "old\n\n",
        "old 2\nAAAA\n\n", "old 2 \n\n", "\nold 2\n\n", "Old 2\n\n",
        "old 2\r\n\r\n", "old 9223372036854775808\n\n"})
    void what_is_not_written_as_a_request_is_refused(String head) {
        assertThatIllegalArgumentException().isThrownBy(
                () -> AddCheckpoint.parse(utf8(head + note())));
    }

    @Test
    void a_request_has_limits() {
        String hash = HASH.base64() + "\n";
        assertThatIllegalArgumentException().isThrownBy(() -> AddCheckpoint.parse(
                utf8("old 2\n" + hash.repeat(64) + "\n" + note())));
        assertThatIllegalArgumentException().isThrownBy(
                () -> AddCheckpoint.parse(new byte[AddCheckpoint.MOST_BYTES + 1]));
        assertThatIllegalArgumentException().isThrownBy(
                () -> AddCheckpoint.parse(utf8("old 2\n\n")));
    }

    @Test
    void a_witness_s_answer_is_its_own_signatures_over_that_checkpoint() throws NotVerified {
        AddCheckpoint request = new AddCheckpoint(2, List.of(), NOTE);
        Note.Signature right = WITNESS.cosign(NOTE.text(), 1_700_000_000);
        Note.Signature others = OTHER.cosign(NOTE.text(), 1_700_000_000);
        Note.Signature wrong = WITNESS.cosign("other\n", 1_700_000_000);
        assertThat(request.cosignatures(AddCheckpoint.answer(List.of(others, right)),
                WITNESS.verifier())).containsExactly(right);
        assertThatThrownBy(() -> request.cosignatures(
                AddCheckpoint.answer(List.of(others)), WITNESS.verifier()))
                .isInstanceOf(NotVerified.class);
        assertThatThrownBy(() -> request.cosignatures(
                AddCheckpoint.answer(List.of(right, wrong)), WITNESS.verifier()))
                .isInstanceOf(NotVerified.class);
        for (String answer : List.of("", "\n", "more\n\n" + right.line() + "\n", right.line())) {
            assertThatIllegalArgumentException().isThrownBy(
                    () -> request.cosignatures(utf8(answer), WITNESS.verifier()));
        }
    }

    @Test
    void a_size_is_read_as_it_was_written() {
        assertThat(AddCheckpoint.size(AddCheckpoint.answer(20_852))).isEqualTo(20_852);
        for (String text : List.of("", "1", "1\n\n", "01\n", "-1\n", "one\n")) {
            assertThatIllegalArgumentException().isThrownBy(
                    () -> AddCheckpoint.size(utf8(text)));
        }
    }
}
