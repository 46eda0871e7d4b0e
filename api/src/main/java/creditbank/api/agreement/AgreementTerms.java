package creditbank.api.agreement;

import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.Refused;
import creditbank.api.recognition.RulebookId;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.value.Rule;
import creditbank.api.value.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the parties of an agreement agree on.
 *
 * @param title      as people read it, at most {@value #LONGEST_TITLE} characters
 * @param parties    2 to {@value #MOST_PARTIES}, each once
 * @param rulebooks  1 to {@value #MOST_RULEBOOKS}, each once: names and not versions, so whichever
 *                   version is in force on the day of a recognition decides
 * @param directions at least one, each once, between parties of this agreement
 * @param inForce    the first day and, where there is one, the last; not before the first
 */
public record AgreementTerms(String title, List<Party> parties, List<RulebookId> rulebooks,
        List<Direction> directions, DaysInForce inForce) {

    public static final int LONGEST_TITLE = 200;
    public static final int MOST_PARTIES = 50;
    public static final int MOST_RULEBOOKS = 100;
    private static final int MOST_DIRECTIONS = MOST_PARTIES * (MOST_PARTIES - 1);

    public AgreementTerms {
        String said = title;
        title = Refused.inField("title", () -> Texts.line(said, LONGEST_TITLE));
        parties = distinct("parties", parties, 2, MOST_PARTIES);
        rulebooks = distinct("rulebooks", rulebooks, 1, MOST_RULEBOOKS);
        directions = distinct("directions", directions, 1, MOST_DIRECTIONS);
        Set<Party> known = Set.copyOf(parties);
        for (Direction direction : directions) {
            if (!known.contains(direction.from()) || !known.contains(direction.to())) {
                throw Rule.DIRECTION_NOT_BETWEEN_PARTIES.brokenIn("directions", direction);
            }
        }
        if (inForce.isEmpty()) {
            throw Rule.PERIOD_REVERSED.brokenIn("inForce.until", String.valueOf(inForce.until()));
        }
    }

    private static <T> List<T> distinct(String field, List<T> values, int least, int most) {
        if (values.size() < least || values.size() > most) {
            throw new Refused(new ValueInvalid(field, Rule.COUNT_OUT_OF_RANGE,
                    Integer.toString(values.size()), least + "–" + most));
        }
        Set<T> seen = new HashSet<>();
        for (T value : values) {
            if (!seen.add(value)) {
                throw Rule.REPEATED.brokenIn(field, value);
            }
        }
        return List.copyOf(values);
    }
}
