package creditbank.api.recognition;

import java.util.List;

/** What is asked of one piece of evidence: one or several targets, all of them or none. */
public record Wish(EvidenceId evidence, List<TargetId> targets) {

    public Wish {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a wish names a target");
        }
    }
}
