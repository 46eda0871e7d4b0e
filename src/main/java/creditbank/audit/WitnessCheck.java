package creditbank.audit;

import creditbank.proof.Cosignature;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.VerifierKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether somebody else has seen a checkpoint, and nothing at odds with it before. */
final class WitnessCheck {

    private WitnessCheck() {
    }

    static Finding of(VerifierKey witness, @Nullable Note note) {
        Finding finding = new Finding("witness/" + witness.name());
        if (note == null) {
            finding.notChecked("witness.no-checkpoint", witness.name());
            return finding;
        }
        try {
            List<Note.Signature> signatures = note.verifiedBy(List.of(witness));
            if (signatures.isEmpty()) {
                finding.notChecked("witness.absent", witness.name());
            } else if (witness.kind() == VerifierKey.Kind.COSIGNATURE) {
                finding.counted(witness.name(), Instant.ofEpochSecond(
                        Cosignature.of(signatures.getFirst()).time()));
            } else {
                finding.nothing("witness.signed");
                finding.counted(witness.name());
            }
        } catch (NotVerified e) {
            finding.failsAtLarge("witness.wrong", witness.name());
        }
        return finding;
    }
}
