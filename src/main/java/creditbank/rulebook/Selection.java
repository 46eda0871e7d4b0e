package creditbank.rulebook;

import creditbank.api.recognition.Scope;
import java.util.List;

/** Which evidence, before which target, in which case a clause speaks of. */
record Selection(Condition condition) {

    static final Selection ALL = new Selection(Condition.ALWAYS);

    boolean holds(Scene scene, Scales scales) {
        return condition.holds(scene, scales);
    }

    boolean speaksOf(Scope scope) {
        return condition.tests().stream().anyMatch(test -> test.attribute().of() == scope);
    }

    /** What it says of learner, programme and request alone. */
    Selection ofTheCase() {
        if (!(condition instanceof Condition.All(List<Condition> parts))) {
            return this;
        }
        return new Selection(new Condition.All(parts.stream()
                .filter(part -> part.tests().stream().noneMatch(test ->
                        test.attribute().of() == Scope.EVIDENCE
                                || test.attribute().of() == Scope.TARGET))
                .toList()));
    }
}
