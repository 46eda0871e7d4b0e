package creditbank.rulebook;

import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.Value;
import creditbank.api.value.Credits;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a learner brings: an achievement as the engine sees it.
 *
 * @param id         which one
 * @param attributes by name: kind, issuer, level, score, ...
 * @param credits    the source's own credits in the source's unit; absent where it gave none
 * @param happenedOn the day it was achieved
 * @param knownOn    the day the bank knew it
 */
public record Evidence(EvidenceId id, Attributes attributes, @Nullable Credits credits,
        LocalDate happenedOn, LocalDate knownOn) {

    /** An attribute of any name; credits, unit and the two days answer by theirs. */
    @Nullable Value get(String name) {
        return switch (name) {
            case "id" -> new Value.Text(id.text());
            case "happened-on" -> new Value.Day(happenedOn);
            case "known-on" -> new Value.Day(knownOn);
            case "credits" -> credits == null ? null : new Value.Number(credits.hundredths());
            case "unit" -> credits == null ? null : new Value.Text(credits.unit().name());
            default -> attributes.get(name);
        };
    }
}
