package creditbank.api;

import java.util.function.Supplier;

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

    /** One line of a decision: "refuse if this holds". */
    public static void refuseIf(boolean holds, Supplier<? extends Refusal> refusal) {
        if (holds) {
            throw new Refused(refusal.get());
        }
    }
}
