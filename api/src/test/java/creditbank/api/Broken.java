package creditbank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.value.Rule;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests say of values that cannot be. */
public final class Broken {

    private Broken() {
    }

    /** The refusal of making a value. */
    public static ValueInvalid refusalOf(ThrowingCallable making) {
        Refused refused = catchThrowableOfType(Refused.class, making);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.refusal()).isInstanceOf(ValueInvalid.class);
        return (ValueInvalid) refused.refusal();
    }

    public static void assertBreaks(Rule rule, ThrowingCallable making) {
        assertThat(refusalOf(making).rule()).isEqualTo(rule);
    }

    /** As {@link #assertBreaks}, and the refusal shows nothing of what was found. */
    public static void assertBreaksSilently(
            Rule rule, String personal, ThrowingCallable making) {
        ValueInvalid refusal = refusalOf(making);
        assertThat(refusal.rule()).isEqualTo(rule);
        assertThat(refusal.found()).isEqualTo("(" + personal.length() + " characters)");
    }
}
