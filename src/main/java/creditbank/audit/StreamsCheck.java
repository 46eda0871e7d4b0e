package creditbank.audit;

import creditbank.account.Account;
import creditbank.account.Recognition;
import creditbank.account.Redemption;
import creditbank.account.Transfer;
import creditbank.agreement.Agreement;
import creditbank.api.Event;
import creditbank.api.access.AccessEvent;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.account.TransferEvent.TransferAccepted;
import creditbank.api.account.TransferEvent.TransferRequested;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.digest.DigestEvent;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.rulebook.RulebookEvent.RulebookProposed;
import creditbank.api.value.Sealed;
import creditbank.institution.Institution;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerRows;
import creditbank.programme.Programme;
import creditbank.rulebook.Enactment;
import creditbank.rulebook.Engine;
import creditbank.store.Cursor;
import creditbank.store.SqliteFailure;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
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
    /** Recognitions, graduations and transfers that were decided again, and that could not be. */
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
        /** What has to be recorded behind an acceptance. */
        private final Deque<AccountEvent> received = new ArrayDeque<>();

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
                        if (!received.isEmpty() && !isTheSame(received.removeFirst(), e)) {
                            fails(event, "decisions.other-transfer");
                        }
                        if (account instanceof Account.Open open) {
                            again(open, e);
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
                    case AccessEvent e when e.stream().equals(stream) -> {
                        // Whoever reads may have read before.
                    }
                    case DigestEvent _ when stream.equals(DigestEvent.STREAM) -> {
                        // Whoever looks may have looked before.
                    }
                    default -> fails(event, "decisions.elsewhere");
                }
            } catch (RuntimeException e) {
                // Whatever the fold objects to, the entry cannot stand where it stands.
                fails(event, "decisions.impossible");
            }
        }

        /** The same rulebooks have to say the same, and bind the same credits, to the byte. */
        private void again(Account.Open before, AccountEvent event) {
            if (event instanceof RecognitionDecided e) {
                again(event, e.ofLearner(), isSure(e.decision()), ofLearner ->
                        Recognition.again(before, e, ofLearner, others.before(position)));
            } else if (event instanceof CreditsRedeemed e
                    && e.purpose() instanceof Diploma diploma) {
                again(event, diploma.ofLearner(), diploma.judgements().stream()
                        .allMatch(judgement -> judgement.engine() == Engine.REVISION),
                        ofLearner -> Redemption.again(
                                before, e, diploma, ofLearner, others.before(position)));
            } else if (event instanceof TransferRequested e) {
                again(event, e.ofLearner(), isSure(e.decision()), ofLearner ->
                        Transfer.again(before, e, ofLearner, others.before(position)));
            } else if (event instanceof TransferAccepted e) {
                received.addAll(Transfer.again(before, e, others.before(position)));
                if (!isTheSame(received.removeFirst(), e)) {
                    fails(event, "decisions.other-transfer");
                }
            }
        }

        /** A search that ended at its bound may end elsewhere with another library. */
        private static boolean isSure(Decision decision) {
            return decision.engine() == Engine.REVISION
                    && decision.search() != Decision.Search.BOUND_REACHED;
        }

        /** Which credits go with a decision can be told also where it cannot be made again. */
        private void again(Event event, @Nullable Sealed ofLearner, boolean bySameEngine,
                Function<@Nullable Attributes, Event> again) {
            boolean whole = ofLearner == null && bySameEngine;
            if (!isTheSame(again.apply(whole ? Attributes.NONE : null), event)) {
                fails(event, "decisions.other-decision");
            } else if (whole) {
                made++;
            } else if (ofLearner != null) {
                sealed++;
            } else {
                otherwise++;
            }
        }

        private static boolean isTheSame(Event made, Event stands) {
            return made.getClass() == stands.getClass()
                    && Arrays.equals(EntryFormat.JSON.writeValueAsBytes(made),
                            EntryFormat.JSON.writeValueAsBytes(stands));
        }

        private void fails(Event event, String what) {
            decisions.fails(position, what, position, stream, event.getClass().getSimpleName());
            sound = false;
        }

        void end() {
            if (sound && !received.isEmpty()) {
                fails(received.getFirst(), "decisions.other-transfer");
            }
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
