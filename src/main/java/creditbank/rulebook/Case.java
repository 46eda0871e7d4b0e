package creditbank.rulebook;

import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.EvidenceId;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a decision depends on, beside the rulebook.
 *
 * @param on        the day it is decided for
 * @param evidence  in stated order: ties are broken by it
 * @param learner   attributes of the learner
 * @param programme what the credits are for
 * @param earlier   what was recognised before and still stands
 * @param request   attributes of the asking: awarding-institution, ...; {@code date} is the day
 * @param ask       what is asked
 */
public record Case(LocalDate on, List<Evidence> evidence, Attributes learner, Programme programme,
        List<Use> earlier, Attributes request, Ask ask) {

    public Case {
        evidence = List.copyOf(evidence);
        earlier = List.copyOf(earlier);
        Set<EvidenceId> ids = new HashSet<>();
        for (Evidence piece : evidence) {
            if (!ids.add(piece.id())) {
                throw new IllegalArgumentException(piece.id() + " stands twice");
            }
        }
    }

    Optional<Evidence> evidence(EvidenceId id) {
        return evidence.stream().filter(piece -> piece.id().equals(id)).findFirst();
    }
}
