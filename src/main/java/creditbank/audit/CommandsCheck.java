package creditbank.audit;

import creditbank.ledger.LedgerRows.Pointer;
import creditbank.store.Cursor;

/** Commands as the entries name them: the entries of one stand side by side, so it begins once. */
final class CommandsCheck {

    private final Finding finding = new Finding("commands");

    void run(Traces.Noted noted) {
        long commands = 0;
        try (Cursor<Pointer> begun = noted.commands()) {
            Pointer before = new Pointer("", -1);
            for (Pointer next = begun.next(); next != null; next = begun.next()) {
                if (next.key().equals(before.key())) {
                    finding.fails(next.position(), "commands.twice", next.position(),
                            next.key(), before.position());
                } else {
                    before = next;
                    commands++;
                }
            }
        }
        finding.counted(commands);
    }

    Finding finding() {
        return finding;
    }
}
