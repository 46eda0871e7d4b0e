package creditbank.privacy;

import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.api.value.Sealed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals and opens personal text: AES-256-GCM with the learner's key and a random nonce, the
 * associated data saying whose and which field it is ({@code docs/formats/sealed.md}), so a box
 * moved to another learner or another field does not open.
 */
public final class Sealing {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final LearnerKeys keys;
    private final SecureRandom random;

    public Sealing(LearnerKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    public Sealed seal(SecretKey key, LearnerId learner, PersonalField field, String plain) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] text = plain.getBytes(StandardCharsets.UTF_8);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, learner, field);
            byte[] box = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(text.length));
            cipher.doFinal(text, 0, text.length, box, NONCE_BYTES);
            return new Sealed(Base64.getUrlEncoder().withoutPadding().encodeToString(box));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A personal field cannot be sealed", e);
        }
    }

    /** The text; empty once the learner was erased. */
    public Optional<String> open(LearnerId learner, PersonalField field, Sealed sealed) {
        return keys.find(learner).map(key -> open(key, learner, field, sealed));
    }

    private static String open(
            SecretKey key, LearnerId learner, PersonalField field, Sealed sealed) {
        try {
            byte[] box = Base64.getUrlDecoder().decode(sealed.box());
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key,
                    Arrays.copyOf(box, NONCE_BYTES), learner, field);
            return new String(cipher.doFinal(box, NONCE_BYTES, box.length - NONCE_BYTES),
                    StandardCharsets.UTF_8);
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new IllegalStateException("A sealed field of learner " + learner
                    + " was changed or belongs elsewhere", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A personal field cannot be opened", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, LearnerId learner,
            PersonalField field) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((learner + "|" + field.written()).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
