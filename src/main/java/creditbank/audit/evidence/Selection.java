package creditbank.audit.evidence;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a bundle holds the entries of. */
public sealed interface Selection {

    /** How the bundle says it. */
    Map<String, Object> said();

    /** All published entries of a stream: their sequences show that none between is left out. */
    sealed interface Stream extends Selection {

        String stream();

        /** What is said where there is no such stream. */
        Refusal unknown();

        @Override
        default Map<String, Object> said() {
            return Map.of("stream", stream());
        }
    }

    record Learner(LearnerId id) implements Stream {
        @Override
        public String stream() {
            return id.stream();
        }

        @Override
        public Refusal unknown() {
            return new Refusal.LearnerUnknown(id.text());
        }
    }

    /**
     * What was done to an institution. What it did stands in the streams of others, and only a
     * range shows that nothing of it was left out.
     */
    record Institution(InstitutionId id) implements Stream {
        @Override
        public String stream() {
            return id.stream();
        }

        @Override
        public Refusal unknown() {
            return new Refusal.InstitutionUnknown(id.text());
        }
    }

    /**
     * All entries from a position to another.
     *
     * @param to itself is one of them
     */
    record Range(long from, long to) implements Selection {

        /** @throws Refused if there is no such range */
        public Range {
            Refused.refuseIf(
                    from < 0 || to < from, Refusal.EvidenceSelectionUnclear::new);
        }

        @Override
        public Map<String, Object> said() {
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("from", from);
            said.put("to", to);
            return said;
        }
    }
}
