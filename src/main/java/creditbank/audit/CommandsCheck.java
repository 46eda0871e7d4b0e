package creditbank.audit;

import creditbank.audit.Traces.Step;
import creditbank.store.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Commands as the entries name them: each has all the entries that it says it made, side by side
 * and in their order, and no other.
 */
final class CommandsCheck {

    private final Finding finding = new Finding("commands");

    void run(Traces.Noted noted) {
        long commands = 0;
        try (Cursor<Step> steps = noted.steps()) {
            Step before = null;
            for (Step step = steps.next(); step != null; step = steps.next()) {
                if (before != null && before.command().equals(step.command())) {
                    follows(before, step);
                } else {
                    ends(before);
                    begins(step);
                    commands++;
                }
                before = step;
            }
            ends(before);
        }
        finding.counted(commands);
    }

    private void begins(Step first) {
        if (first.number() != 1) {
            finding.fails(first.position(), "commands.incomplete", first.position(),
                    first.command(), first.number(), first.of(), 1);
        }
    }

    private void follows(Step before, Step next) {
        if (before.number() == before.of()) {
            finding.fails(next.position(), "commands.twice", next.position(), next.command(),
                    before.position());
        } else if (next.of() != before.of() || next.number() != before.number() + 1
                || next.position() != before.position() + 1) {
            finding.fails(next.position(), "commands.incomplete", next.position(),
                    next.command(), next.number(), next.of(), before.number() + 1);
        }
    }

    private void ends(@Nullable Step last) {
        if (last != null && last.number() != last.of()) {
            finding.fails(last.position(), "commands.incomplete", last.position(),
                    last.command(), last.number(), last.of(), last.number() + 1);
        }
    }

    Finding finding() {
        return finding;
    }
}
