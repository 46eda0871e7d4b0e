package creditbank.rulebook;

import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.TargetId;
import java.util.List;

/** What is asked of the engine. */
public sealed interface Ask {

    /** These, and nothing else. Where they compete, the best of them are granted. */
    record Exactly(List<Wish> wishes) implements Ask {
        public Exactly {
            wishes = List.copyOf(wishes);
        }
    }

    /** Whatever counts most. */
    record Best() implements Ask {
    }

    /** One piece towards one or several targets, all of them or none. */
    record Wish(EvidenceId evidence, List<TargetId> targets) {
        public Wish {
            targets = List.copyOf(targets);
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("a wish names a target");
            }
        }
    }
}
