package creditbank.api.rulebook;

import creditbank.api.Command;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.value.Reason;
import creditbank.api.value.Rule;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What registrars can ask of a rulebook's stream. Who proposes and who approves stands in the
 * command, as entries name actors ({@code user/registrar}): it takes two of them.
 */
public sealed interface RulebookCommand extends Command {

    /** The version it is about. */
    RulebookVersion rulebook();

    @Override
    default String stream() {
        return rulebook().id().stream();
    }

    /** @param text the rulebook in YAML, at most {@link #LONGEST} characters, kept as it is */
    record ProposeRulebook(RulebookVersion rulebook, String text, String proposer)
            implements RulebookCommand {

        public static final int LONGEST = 200_000;

        public ProposeRulebook {
            fitting(text);
        }

        /** The text, if it is not too long; nobody needs to read it before that is known. */
        public static String fitting(String text) {
            if (text.codePointCount(0, text.length()) > LONGEST) {
                throw Rule.TEXT_TOO_LONG.brokenBy(text);
            }
            return text;
        }
    }

    /** Puts a proposed version in force on the days it names. */
    record ApproveRulebook(RulebookVersion rulebook, String approver) implements RulebookCommand {
    }

    /**
     * Approves a proposed version and ends the one in force on the day before it begins.
     *
     * @param rulebook the version that ends
     * @param by       the number of the version that takes its place
     */
    record SupersedeRulebook(RulebookVersion rulebook, int by, String approver, Reason reason)
            implements RulebookCommand {
    }

    /**
     * Takes a proposal back, or ends a version in force.
     *
     * @param until the last day in force; absent for a proposal
     */
    record WithdrawRulebook(RulebookVersion rulebook, @Nullable LocalDate until, Reason reason)
            implements RulebookCommand {
    }
}
