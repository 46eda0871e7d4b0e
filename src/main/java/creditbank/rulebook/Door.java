package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RequirementLine;
import creditbank.api.recognition.Shortfall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clause that opens a door, before somebody who asks whether it stands open for them.
 *
 * @param to       the rulebook's name for the door
 * @param open     whether it stands open
 * @param openedBy the pieces that open it; empty where requirements alone do, and where it is shut
 * @param requires what the clause requires, met or not
 * @param nearest  of a shut door, the piece that comes nearest to opening it, where pieces do
 * @param missing  of a shut door, what would have to be otherwise with that piece, or with the
 *                 learner and the asking, beside the requirements that are not met
 */
public record Door(ClauseId clause, String to, boolean open, List<EvidenceId> openedBy,
        List<Demand> requires, @Nullable EvidenceId nearest, List<Shortfall> missing) {

    /**
     * @param requirement what is counted
     * @param evidence    the pieces that were counted
     */
    public record Demand(RequirementLine line, Requirement requirement,
            List<EvidenceId> evidence) {
        public Demand {
            evidence = List.copyOf(evidence);
        }
    }

    public Door {
        openedBy = List.copyOf(openedBy);
        requires = List.copyOf(requires);
        missing = List.copyOf(missing);
    }
}
