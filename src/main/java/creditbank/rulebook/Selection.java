package creditbank.rulebook;

/** Which evidence, before which target, in which case a clause speaks of. */
record Selection(Condition condition) {

    static final Selection ALL = new Selection(Condition.ALWAYS);

    boolean holds(Scene scene, Scales scales) {
        return condition.holds(scene, scales);
    }

    boolean isOfEvidence() {
        return condition.tests().stream().anyMatch(test ->
                test.attribute().of() == creditbank.api.recognition.Scope.EVIDENCE);
    }
}
