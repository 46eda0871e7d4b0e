package creditbank.rulebook;

import creditbank.api.recognition.Fact;
import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.Scope;
import creditbank.api.recognition.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a clause looks at: one piece of evidence before one target, in one case. It notes every
 * attribute it is asked for: those are the inputs that mattered.
 */
final class Scene {

    private final Case in;
    private final @Nullable Evidence evidence;
    private final @Nullable Target target;
    private final Set<Fact> facts = new LinkedHashSet<>();

    Scene(Case in, @Nullable Evidence evidence, @Nullable Target target) {
        this.in = in;
        this.evidence = evidence;
        this.target = target;
    }

    /** The value, which is noted; null where it is absent. */
    @Nullable Value get(Attribute attribute) {
        Value value = look(attribute);
        facts.add(new Fact(attribute.of(), attribute.name(),
                value == null ? null : value.written()));
        return value;
    }

    private @Nullable Value look(Attribute attribute) {
        String name = attribute.name();
        return switch (attribute.of()) {
            case EVIDENCE -> evidence == null ? null : evidence.get(name);
            case TARGET -> target == null ? null : target.get(name);
            case LEARNER -> in.learner().get(name);
            case PROGRAMME -> name.equals("credits") && in.programme().credits() != null
                    ? new Value.Number(in.programme().credits())
                    : in.programme().attributes().get(name);
            case REQUEST -> name.equals("date") ? new Value.Day(in.on()) : in.request().get(name);
            case SUM -> null;
        };
    }

    /** What used the piece before matters as its attributes do. */
    void usedBy(Use use) {
        facts.add(new Fact(Scope.EVIDENCE, RefusedLine.USED_BY, use.by()));
    }

    @Nullable Evidence evidence() {
        return evidence;
    }

    @Nullable Target target() {
        return target;
    }

    List<Fact> facts() {
        return List.copyOf(facts);
    }
}
