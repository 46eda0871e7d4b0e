package creditbank.api.recognition;

import java.util.List;

/**
 * What a rulebook says of studies as a whole, beside the lines that were recognised under it.
 *
 * @param rulebook     which version judged
 * @param engine       the revision of the rules by which rulebooks are read, as in a
 *                     {@link Decision}
 * @param requirements every requirement of the rulebook that applies, met or not
 * @param entitlements the doors that stand open
 */
public record Judgement(RulebookVersion rulebook, int engine, List<RequirementLine> requirements,
        List<Entitlement> entitlements) {

    public Judgement {
        requirements = List.copyOf(requirements);
        entitlements = List.copyOf(entitlements);
    }

    public static Judgement of(Decision decision) {
        return new Judgement(decision.rulebook(), decision.engine(), decision.requirements(),
                decision.entitlements());
    }
}
