package creditbank.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.proof.Note.NotVerified;
import creditbank.proof.VerifierKey.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NoteTest {

    private static final SigningKey LOG = key("bank.example/log", Kind.ED25519, 1);
    private static final SigningKey OTHER = key("other.example/log", Kind.ED25519, 2);
    private static final SigningKey WITNESS = key("witness.example", Kind.COSIGNATURE, 3);
    private static final Checkpoint CHECKPOINT =
            new Checkpoint("bank.example/log", 1, Hash.leaf(new byte[] {7}));

    private static SigningKey key(String name, Kind kind, int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return new SigningKey(name, kind, bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // ------------------------------------------------------------------ signatures

    @Test
    void a_note_is_read_as_it_was_written() throws NotVerified {
        Note note = LOG.sign(CHECKPOINT.text());
        Note read = Note.parse(note.bytes());
        assertThat(read).isEqualTo(note);
        assertThat(Checkpoint.open(read, LOG.verifier())).isEqualTo(CHECKPOINT);
    }

    @Test
    void a_text_may_have_blank_lines_of_its_own() {
        Note note = LOG.sign("one\n\ntwo\n");
        assertThat(Note.parse(note.bytes()).text()).isEqualTo("one\n\ntwo\n");
    }

    @Test
    void signatures_of_unknown_keys_are_passed_over() throws NotVerified {
        Note note = LOG.sign(CHECKPOINT.text())
                .with(OTHER.sign(CHECKPOINT.text()).signatures().getFirst());
        assertThat(note.verifiedBy(List.of(LOG.verifier()))).hasSize(1);
        assertThat(note.verifiedBy(List.of(LOG.verifier(), OTHER.verifier()))).hasSize(2);
    }

    @Test
    void one_wrong_signature_of_a_known_key_fails_the_whole_note() {
        Note note = LOG.sign(CHECKPOINT.text())
                .with(OTHER.sign("something else\n").signatures().getFirst());
        assertThatThrownBy(() -> note.verifiedBy(List.of(LOG.verifier(), OTHER.verifier())))
                .isInstanceOf(NotVerified.class).hasMessageContaining("other.example/log");
    }

    @Test
    void a_checkpoint_nobody_known_has_signed_is_not_believed() {
        Note note = OTHER.sign(CHECKPOINT.text());
        assertThatThrownBy(() -> Checkpoint.open(note, LOG.verifier()))
                .isInstanceOf(NotVerified.class);
    }

    @Test
    void a_checkpoint_of_another_log_is_not_believed_under_the_right_key() {
        Note note = LOG.sign(new Checkpoint("other.example/log", 1, CHECKPOINT.root()).text());
        assertThatThrownBy(() -> Checkpoint.open(note, LOG.verifier()))
                .isInstanceOf(NotVerified.class).hasMessageContaining("other.example/log");
    }

    @Test
    void every_changed_byte_of_a_note_is_noticed() {
        byte[] bytes = LOG.sign(CHECKPOINT.text()).bytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> Checkpoint.open(Note.parse(changed), LOG.verifier()))
                    .as("byte " + i).isInstanceOfAny(
                            NotVerified.class, IllegalArgumentException.class);
        }
    }

    @Test
    void a_cosignature_holds_for_its_time_and_text_alone() throws NotVerified {
        Note.Signature seen = WITNESS.cosign(CHECKPOINT.text(), 1_700_000_000);
        Note note = LOG.sign(CHECKPOINT.text()).with(seen);
        assertThat(note.verifiedBy(List.of(LOG.verifier(), WITNESS.verifier()))).hasSize(2);
        assertThat(Cosignature.of(seen).time()).isEqualTo(1_700_000_000);
        byte[] later = seen.bytes();
        later[7]++;
        Note.Signature other = new Note.Signature(seen.name(), seen.keyId(), later);
        assertThat(WITNESS.verifier().verifies(CHECKPOINT.text(), seen)).isTrue();
        assertThat(WITNESS.verifier().verifies(CHECKPOINT.text(), other)).isFalse();
        assertThat(WITNESS.verifier().verifies("other\n", seen)).isFalse();
    }

    @Test
    void a_key_signs_what_its_kind_signs() {
        assertThatThrownBy(() -> WITNESS.sign("text\n"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> LOG.cosign("text\n", 1))
                .isInstanceOf(IllegalStateException.class);
    }

    // ------------------------------------------------------------------ written otherwise

    @ParameterizedTest
    @ValueSource(strings = {"", "text\n", "text\n\n", "text\n\n\n", "\n\n",
        "text\n\n- bank AAAAAAA=\n", "text\n\n\u2014 bank AAAAAAA=", "text\n\n\u2014 bank\n",
        "text\n\n\u2014 bank AAAA\n", "text\n\n\u2014 bank AAAAAAA\n",
        "text\n\n\u2014 bank AAAAAAB=\n", "text\n\n\u2014  AAAAAAA=\n",
        "text\n\n\u2014 ba+nk AAAAAAA=\n", "text\n\n\u2014 bank AAAAAAA= more\n",
        "te\txt\n\n\u2014 bank AAAAAAA=\n", "text\r\n\n\u2014 bank AAAAAAA=\n",
        "text\n\n\u2014 bank AAAAAAA=\nmore\n"})
    void what_is_not_written_as_a_note_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Note.parse(utf8(text)));
    }

    @Test
    void a_note_has_limits() {
        String line = "\u2014 bank AAAAAAA=\n";
        assertThat(Note.parse(utf8("text\n\n" + line.repeat(100))).signatures()).hasSize(100);
        assertThatIllegalArgumentException().isThrownBy(
                () -> Note.parse(utf8("text\n\n" + line.repeat(101))));
        assertThatIllegalArgumentException().isThrownBy(
                () -> Note.parse(new byte[Note.MOST_BYTES + 1]));
        assertThatIllegalArgumentException().isThrownBy(
                () -> Note.parse(new byte[] {(byte) 0xff, '\n', '\n'}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "log\n", "log\n1\n", "log\n01\nROOT\n", "log\n-1\nROOT\n",
        "log\n+1\nROOT\n", "log\n1 \nROOT\n", "log\n9223372036854775808\nROOT\n",
        "log\n1\nAAAA\n", "log\n1\nROOT", "\n1\nROOT\n", "log\n1\nROOT\n\n", "log\n0\nROOT\n"})
    void what_is_not_written_as_a_checkpoint_is_refused(String text) {
        String root = Hash.leaf(new byte[0]).base64();
        assertThatIllegalArgumentException().isThrownBy(
                () -> Checkpoint.parse(text.replace("ROOT", root)));
        assertThat(Checkpoint.parse("log\n1\n" + root + "\nmore\n").extensions())
                .containsExactly("more");
    }

    // ------------------------------------------------------------------ keys

    @Test
    void keys_are_read_as_they_were_written() {
        for (SigningKey key : List.of(LOG, OTHER, WITNESS)) {
            assertThat(SigningKey.parse(key.text()).verifier()).isEqualTo(key.verifier());
            assertThat(VerifierKey.parse(key.verifier().text())).isEqualTo(key.verifier());
        }
    }

    @Test
    void a_signing_key_tells_nothing_when_printed() {
        assertThat(LOG).hasToString("SigningKey[" + LOG.verifier().text() + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bank", "bank+00000000+AAAA", "bank+00000000+",
        "PRIVATE+KEY+bank+00000000+AAAA", "bank+zz+QUJD"})
    void what_is_not_written_as_a_key_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.parse(text));
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.parse(text));
    }

    @Test
    void a_key_with_the_hash_of_another_name_is_refused() {
        String text = LOG.verifier().text().replace("bank.example", "bank2.example");
        assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.parse(text));
        String signer = LOG.text().replace("bank.example", "bank2.example");
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.parse(signer))
                .withMessageNotContaining(signer.substring(signer.length() - 20));
    }

    // ------------------------------------------------------------------ proofs as files

    @Test
    void a_proof_as_a_file_is_read_as_it_was_written_and_holds() throws NotVerified {
        Hash leaf = Hash.leaf(new byte[] {7});
        Note note = LOG.sign(CHECKPOINT.text());
        for (byte[] extra : new byte[][] {{}, {1, 2, 3}}) {
            TlogProof proof = new TlogProof(extra, 0, List.of(), note);
            assertThat(TlogProof.parse(proof.bytes())).isEqualTo(proof);
            assertThat(proof.verify(LOG.verifier(), leaf)).isEqualTo(CHECKPOINT);
        }
        assertThatThrownBy(() -> new TlogProof(new byte[0], 0, List.of(), note)
                .verify(LOG.verifier(), Hash.EMPTY)).isInstanceOf(NotVerified.class);
        assertThatThrownBy(() -> new TlogProof(new byte[0], 0, List.of(), note)
                .verify(OTHER.verifier(), leaf)).isInstanceOf(NotVerified.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2sp.org/tlog-proof@v2\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\n\n", "c2sp.org/tlog-proof@v1\nindex 00\n\n",
        "c2sp.org/tlog-proof@v1\nindex -1\n\n", "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n",
        "c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n", "c2sp.org/tlog-proof@v1\nindex 0\n"})
    void what_is_not_written_as_a_proof_is_refused(String head) {
        String note = new String(LOG.sign(CHECKPOINT.text()).bytes(), StandardCharsets.UTF_8);
        assertThatIllegalArgumentException().isThrownBy(
                () -> TlogProof.parse(utf8(head + note)));
    }
}
