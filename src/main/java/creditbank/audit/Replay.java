package creditbank.audit;

import creditbank.api.Recorded;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import creditbank.projections.Accounts;
import creditbank.projections.Achievements;
import creditbank.projections.Applications;
import creditbank.projections.Enrolments;
import creditbank.projections.Projection;
import creditbank.projections.Transfers;
import creditbank.projections.Views;
import creditbank.views.memory.MemoryViews;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the bank said once about one learner, programme or rulebook: the projections' own folds, in
 * memory, over the streams it is about, up to a position. There is no second implementation of any
 * view, so what is answered from here is what this program would have answered then. Reads no other
 * stream; for what rests on all of them see {@link WholeReplay}.
 */
public final class Replay {

    /** Their documents about one learner rest on that learner's entries alone. */
    public static final List<Projection> OF_LEARNERS = List.of(new Accounts(),
            new Achievements(), new Enrolments(), new Applications(), new Transfers());

    /** Some of the views as they were, with the entries they were made of, in their order. */
    public static final class Past {

        private final List<Projection> projections;
        private final MemoryViews keeper = new MemoryViews();
        private final List<Recorded> entries = new ArrayList<>();

        private Past(List<Projection> projections, List<Recorded> entries) {
            this.projections = projections;
            this.entries.addAll(entries);
            keeper.fold(projections, entries);
        }

        public Views views() {
            return keeper.views();
        }

        public List<Recorded> entries() {
            return entries;
        }

        /** One entry later. */
        public void then(Recorded entry) {
            entries.add(entry);
            keeper.fold(projections, List.of(entry));
        }
    }

    private final LedgerReader ledger;

    public Replay(LedgerReader ledger) {
        this.ledger = ledger;
    }

    /** Takes the memory of these streams' entries up to then. */
    public Past of(Moment moment, Iterable<String> streams, List<Projection> projections) {
        List<Recorded> entries = new ArrayList<>();
        for (String stream : streams) {
            for (Entry entry : ledger.readStream(stream, 0)) {
                if (entry.position() > moment.position()) {
                    break;
                }
                entries.add(EntryFormat.read(entry));
            }
        }
        entries.sort(Comparator.comparingLong(Recorded::position));
        return new Past(projections, entries);
    }

    /** All streams whose names begin so; those begun later add nothing to {@link #of}. */
    public Iterable<String> streams(String prefix) {
        return ledger.streams(prefix);
    }

    /** @throws Refused if there was no such account yet, or never was */
    public Past of(Moment moment, LearnerId learner) {
        Past past = of(moment, List.of(learner.stream()), OF_LEARNERS);
        if (past.entries().isEmpty()) {
            List<Entry> later = ledger.readStream(learner.stream(), 0, 1);
            throw new Refused(later.isEmpty() ? new Refusal.LearnerUnknown(learner.text())
                    : new Refusal.LearnerNotYetKnown(learner.text(), moment.position(),
                            later.getFirst().position()));
        }
        return past;
    }

    /** The learner's entries behind a moment, up to another. */
    public List<Recorded> between(LearnerId learner, Moment from, Moment to) {
        return of(to, List.of(learner.stream()), List.of()).entries().stream()
                .filter(entry -> entry.position() > from.position()).toList();
    }
}
