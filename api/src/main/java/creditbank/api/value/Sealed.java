package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Personal text sealed with the learner's own key; {@code docs/formats/sealed.md} has the bytes.
 * Written {@code {"sealed":"…"}}.
 *
 * @param box base64url, without padding, of nonce (12 bytes), ciphertext and tag (16 bytes)
 */
public record Sealed(@JsonProperty("sealed") String box) {
}
