package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.value.Rule;
import creditbank.api.value.Texts;

/**
 * The number of a learner account for life: 16 random characters of Crockford's base 32 (80 bits).
 * It says nothing about the person, and so few of the possible ids exist that a slip of the pen
 * finds no account rather than a stranger's.
 */
public record LearnerId(@JsonValue String text) {

    /** Crockford's alphabet: no I, L, O or U. */
    public static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    public static final int LENGTH = 16;

    @JsonCreator
    public LearnerId {
        if (text.length() != LENGTH || !Texts.all(text, c -> ALPHABET.indexOf(c) >= 0)) {
            // Where an account is asked for, people write their names and document numbers.
            throw Rule.ID_MALFORMED.brokenByPersonalValue(text);
        }
    }

    /** The id made of the first 80 random bits. */
    public static LearnerId ofRandom(long high40, long low40) {
        char[] text = new char[LENGTH];
        for (int i = 0; i < LENGTH / 2; i++) {
            text[i] = ALPHABET.charAt((int) (high40 >>> (35 - 5 * i)) & 31);
            text[i + LENGTH / 2] = ALPHABET.charAt((int) (low40 >>> (35 - 5 * i)) & 31);
        }
        return new LearnerId(new String(text));
    }

    /** The stream of this account. */
    public String stream() {
        return "learner/" + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
