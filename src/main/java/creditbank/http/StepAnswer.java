package creditbank.http;

import creditbank.projections.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** @param by the actor; shown to who is signed in, for the names are names to sign in with */
record StepAnswer(@Nullable String by, Instant at, long position, @Nullable String reason) {

    static StepAnswer made(Step step, boolean named) {
        return new StepAnswer(
                named ? step.by() : null, step.at(), step.position(), step.reason());
    }

    static @Nullable StepAnswer of(@Nullable Step step, boolean named) {
        return step == null ? null : made(step, named);
    }
}
