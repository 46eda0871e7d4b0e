package creditbank.rulebook;

import creditbank.api.rulebook.StepBy;
import creditbank.api.value.Title;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who has to be asked before anything counts under a rulebook, and how long one may appeal.
 *
 * @param steps  in their order; empty where the school decides at once
 * @param appeal how long after a decision; absent where there is no appeal
 */
public record Procedure(List<Step> steps, @Nullable Period appeal) {

    public static final Procedure NONE = new Procedure(List.of(), null);

    public Procedure {
        steps = List.copyOf(steps);
    }

    /** @param within how long it may take; absent where nothing is said */
    public record Step(String id, StepBy by, Clause.Words summary, @Nullable Period within) {

        public Title title() {
            return new Title(summary.zh(), summary.en());
        }
    }

    public boolean asksIssuer() {
        return steps.stream().anyMatch(step -> step.by() == StepBy.ISSUER);
    }

    public Optional<Step> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** The one behind a step; empty behind the last. */
    public Optional<Step> behind(String id) {
        return steps.stream().dropWhile(step -> !step.id().equals(id)).skip(1).findFirst();
    }
}
