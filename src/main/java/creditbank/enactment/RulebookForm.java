package creditbank.enactment;

import creditbank.api.Refused;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.RulebookCommand.ProposeRulebook;
import creditbank.api.value.Rule;
import creditbank.rulebook.Enactment;
import creditbank.rulebook.RulebookReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A rulebook as it arrives in a request: text that may be wrong, and is kept as it is. */
public record RulebookForm(String text) {

    /** No text that fits needs more bytes. */
    public static final int MOST_BYTES = 4 * ProposeRulebook.LONGEST;

    public RulebookForm {
        ProposeRulebook.fitting(text);
    }

    /** @throws Refused if the bytes are no UTF-8, or too many */
    public static RulebookForm of(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw Rule.TEXT_TOO_LONG.brokenBy("…");
        }
        try {
            return new RulebookForm(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw Rule.TEXT_NOT_UNICODE.brokenBy(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** The rulebook, or all mistakes in it. */
    public RulebookReader.Reading reading() {
        return RulebookReader.read(text);
    }

    /** A proposal of the version that the text itself names. */
    public ProposeRulebook proposal(String proposer) {
        RulebookVersion named = Enactment.read(text).version();
        return new ProposeRulebook(named, text, proposer);
    }
}
