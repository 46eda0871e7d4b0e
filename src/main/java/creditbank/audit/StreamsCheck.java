package creditbank.audit;

import creditbank.account.Account;
import creditbank.account.Recognition;
import creditbank.agreement.Agreement;
import creditbank.api.Event;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.rulebook.RulebookEvent.RulebookProposed;
import creditbank.institution.Institution;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerRows;
import creditbank.programme.Programme;
import creditbank.rulebook.Enactment;
import creditbank.rulebook.Engine;
import creditbank.store.Cursor;
import creditbank.store.SqliteFailure;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The pass stream after stream: sequences, and whether each event can follow the one before. */
final class StreamsCheck {

    private static final int AT_ONCE = 1_000;

    private final LedgerRows ledger;
    private final BooksCheck books;
    private final OtherStreams others;
    private final Finding sequences = new Finding("sequences");
    private final Finding decisions = new Finding("decisions");
    /** Decisions on recognition that were made again, and that could not be. */
    private long made;
    private long sealed;
    private long otherwise;

    /** A stream being folded. */
    private final class Folding {
        private final String stream;
        private long next;
        private long position = -1;
        private boolean sound = true;
        private Account account = Account.NONE;
        private Institution institution = Institution.NONE;
        private Programme programme = Programme.NONE;
        private Enactment.Versions rulebook = Enactment.NONE;
        private Agreement agreement = Agreement.NONE;
        private Account.@Nullable Open lastOpen;

        Folding(String stream) {
            this.stream = stream;
        }

        void add(Entry entry) {
            if (entry.sequence() != next) {
                sequences.fails(entry.position(), "sequences.hole", entry.position(), stream,
                        next, entry.sequence());
                sound = false;
            }
            if (entry.position() <= position) {
                sequences.fails(entry.position(), "sequences.order", entry.position(), stream,
                        entry.sequence(), position);
                sound = false;
            }
            next = entry.sequence() + 1;
            position = entry.position();
            if (sound) {
                evolve(EntryFormat.read(entry).event());
            }
        }

        private void evolve(Event event) {
            try {
                switch (event) {
                    case AccountEvent e when e.learner().stream().equals(stream) -> {
                        if (e instanceof RecognitionDecided decided
                                && account instanceof Account.Open open) {
                            again(open, decided);
                        }
                        account = Account.evolve(account, e);
                        lastOpen = account instanceof Account.Open open ? open : lastOpen;
                    }
                    case InstitutionEvent e when e.institution().stream().equals(stream) ->
                            institution = Institution.evolve(institution, e);
                    case ProgrammeEvent e when e.programme().id().stream().equals(stream) ->
                            programme = Programme.evolve(programme, e);
                    case RulebookEvent e when e.rulebook().id().stream().equals(stream) -> {
                        rulebook = Enactment.evolve(rulebook, e);
                        if (e instanceof RulebookProposed proposed
                                && !Enactment.isOfItsText(proposed)) {
                            fails(event, "decisions.other-text");
                        }
                    }
                    case AgreementEvent e when e.agreement().stream().equals(stream) ->
                            agreement = Agreement.evolve(agreement, e);
                    default -> fails(event, "decisions.elsewhere");
                }
            } catch (RuntimeException e) {
                // Whatever the fold objects to, the entry cannot stand where it stands.
                fails(event, "decisions.impossible");
            }
        }

        /** The same rulebook has to say the same, to the byte. */
        private void again(Account.Open before, RecognitionDecided event) {
            if (event.ofLearner() != null) {
                sealed++;
                return;
            }
            // A search that ended at its bound may end elsewhere with another library.
            if (event.decision().engine() != Engine.REVISION
                    || event.decision().search() == Decision.Search.BOUND_REACHED) {
                otherwise++;
                return;
            }
            Decision decision = Recognition.again(
                    before, event, Attributes.NONE, others.before(position));
            if (Arrays.equals(EntryFormat.JSON.writeValueAsBytes(decision),
                    EntryFormat.JSON.writeValueAsBytes(event.decision()))) {
                made++;
            } else {
                fails(event, "decisions.other-decision");
            }
        }

        private void fails(Event event, String what) {
            decisions.fails(position, what, position, stream, event.getClass().getSimpleName());
            sound = false;
        }

        void end() {
            if (lastOpen != null) {
                books.add(lastOpen);
            }
        }
    }

    StreamsCheck(LedgerRows ledger, BooksCheck books, OtherStreams others) {
        this.ledger = ledger;
        this.books = books;
        this.others = others;
    }

    void run(Traces.Noted noted, LongConsumer progress) {
        long done = 0;
        long streams = 0;
        Folding folding = new Folding("");
        try (Cursor<Long> positions = noted.positionsByStream()) {
            for (Long at = positions.next(); at != null; at = positions.next()) {
                Entry entry = ledger.entry(at).orElseThrow().entry();
                if (!entry.stream().equals(folding.stream)) {
                    folding.end();
                    folding = new Folding(entry.stream());
                    streams++;
                }
                folding.add(entry);
                if (++done % AT_ONCE == 0) {
                    progress.accept(done);
                }
            }
            folding.end();
        } catch (SqliteFailure e) {
            sequences.failsAtLarge("file-damaged", String.valueOf(e.getMessage()));
        }
        if (!sequences.holds()) {
            decisions.notChecked("not-checked.sequences");
        }
        if (!decisions.holds()) {
            books.finding().notChecked("not-checked.decisions");
        }
        sequences.counted(streams);
        decisions.counted(done, made, sealed + otherwise);
    }

    List<Finding> findings() {
        return List.of(sequences, decisions);
    }
}
