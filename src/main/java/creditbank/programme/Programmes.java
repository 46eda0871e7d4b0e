package creditbank.programme;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.programme.ProgrammeEvent.ProgrammeClosed;
import creditbank.api.programme.ProgrammeEvent.ProgrammeDefined;
import creditbank.api.programme.ProgrammeEvent.ProgrammeRevised;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.ledger.CommandScope;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import java.time.LocalDate;
import java.util.List;

/**
 * The versions of programmes, for the engine and for reading. A version never changes, so what was
 * read once is remembered and no commit depends on it; whether anybody may still enrol is another
 * question, because a programme may be closed.
 */
public final class Programmes {

    /** Plans of some sixty courses take about 30 KiB each, as stated and as the engine has them. */
    private static final int MOST_CACHED = 1_000;

    private record Read(Plan plan, creditbank.rulebook.Programme programme) {
    }

    private final LedgerReader ledger;
    private final Cache<ProgrammeVersion, Read> read =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();

    public Programmes(LedgerReader ledger) {
        this.ledger = ledger;
    }

    /**
     * A version as the engine sees it, its amounts in its plan's unit.
     *
     * @throws Refused if there is no such version
     */
    public creditbank.rulebook.Programme get(ProgrammeVersion programme) {
        return read.get(programme, this::read).programme();
    }

    /**
     * A version as its institution stated it.
     *
     * @throws Refused if there is no such version
     */
    public Plan plan(ProgrammeVersion programme) {
        return read.get(programme, this::read).plan();
    }

    /**
     * Refuses unless learners may enrol on a day. The commit depends on it: a closing that comes
     * in between is not overlooked.
     */
    public void refuseUnlessOpen(ProgrammeId programme, LocalDate on) {
        long last = ledger.lastSequence(programme.stream());
        Refused.refuseIf(last < 0, () -> new Refusal.ProgrammeUnknown(programme));
        CommandScope.current().dependOn(programme.stream(), last);
        Entry entry = ledger.readStream(programme.stream(), last, 1).getFirst();
        Refused.refuseIf(EntryFormat.read(entry).event() instanceof ProgrammeClosed closed
                        && closed.until().isBefore(on),
                () -> new Refusal.ProgrammeClosed(programme));
    }

    private Read read(ProgrammeVersion programme) {
        String stream = programme.id().stream();
        Refused.refuseIf(ledger.lastSequence(stream) < 0,
                () -> new Refusal.ProgrammeUnknown(programme.id()));
        // Nothing but versions stands before the end, so each has the place of its number.
        List<Entry> at = ledger.readStream(stream, programme.version() - 1L, 1);
        if (at.isEmpty()) {
            throw new Refused(new Refusal.ProgrammeVersionUnknown(programme));
        }
        Plan plan = switch ((ProgrammeEvent) EntryFormat.read(at.getFirst()).event()) {
            case ProgrammeDefined e -> e.plan();
            case ProgrammeRevised e -> e.plan();
            case ProgrammeClosed _ ->
                    throw new Refused(new Refusal.ProgrammeVersionUnknown(programme));
        };
        return new Read(plan, creditbank.rulebook.Programme.of(programme, plan));
    }
}
