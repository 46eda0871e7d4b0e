package creditbank.api;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Refusal} to whoever asked. Nothing was changed. */
public final class Refused extends RuntimeException {

    private final transient Refusal refusal;

    public Refused(Refusal refusal) {
        // A refusal is an answer, not a fault: no stack trace is collected.
        super(refusal.code(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** Reads a value; if it cannot be what it should be, the refusal names the field. */
    public static <T extends @Nullable Object> T inField(String field, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Refused e) {
            if (e.refusal instanceof Refusal.ValueInvalid broken && broken.field().isEmpty()) {
                throw new Refused(broken.in(field));
            }
            throw e;
        }
    }

    /** Reads something with fields of its own; the refusal names the way to the field. */
    public static <T> T within(String path, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Refused e) {
            if (e.refusal instanceof Refusal.ValueInvalid broken) {
                throw new Refused(broken.in(
                        broken.field().isEmpty() ? path : path + "." + broken.field()));
            }
            throw e;
        }
    }

    /** One line of a decision: "refuse if this holds". */
    public static void refuseIf(boolean holds, Supplier<? extends Refusal> refusal) {
        if (holds) {
            throw new Refused(refusal.get());
        }
    }
}
