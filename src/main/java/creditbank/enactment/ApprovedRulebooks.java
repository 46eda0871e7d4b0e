package creditbank.enactment;

import creditbank.api.recognition.RulebookId;
import java.util.function.Predicate;

/** Whether any version of a rulebook was ever approved, for decisions of other streams. */
@FunctionalInterface
public interface ApprovedRulebooks extends Predicate<RulebookId> {
}
