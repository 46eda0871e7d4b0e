package creditbank.audit;

import creditbank.account.Surroundings;
import creditbank.agreement.Agreement;
import creditbank.api.Recorded;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeEvent.ProgrammeDefined;
import creditbank.api.programme.ProgrammeEvent.ProgrammeRevised;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.rulebook.RulebookEvent.RulebookProposed;
import creditbank.api.value.Sealed;
import creditbank.institution.Institution;
import creditbank.rulebook.Enactment;
import creditbank.rulebook.Programme;
import creditbank.rulebook.Rulebook;
import creditbank.rulebook.RulebookReader;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Institutions, programmes, rulebooks and agreements as they stood before any position, from the
 * entries alone: what decisions in accounts looked at. Needs the memory of all of them, which are
 * few beside the accounts.
 */
final class OtherStreams {

    /** What each stream came to, by the position of the entry that made it so. */
    private static final class Course<K, S> {
        private final Map<K, TreeMap<Long, S>> states = new HashMap<>();

        void put(K key, long position, S now) {
            states.computeIfAbsent(key, _ -> new TreeMap<>()).put(position, now);
        }

        S before(K key, long position, S none) {
            TreeMap<Long, S> known = states.get(key);
            Map.Entry<Long, S> last = known == null ? null : known.lowerEntry(position);
            return last == null ? none : last.getValue();
        }
    }

    /** Stands for what is not there. */
    private static final String NO_TEXT = "";

    private final Course<InstitutionId, Institution> institutions = new Course<>();
    private final Course<ProgrammeVersion, List<Plan>> plans = new Course<>();
    private final Course<RulebookId, Enactment.Versions> rulebooks = new Course<>();
    private final Course<RulebookVersion, String> texts = new Course<>();
    private final Course<AgreementId, Agreement> agreements = new Course<>();
    private final Map<String, Rulebook> read = new HashMap<>();

    /** What cannot follow in its stream is passed over: the pass over the streams tells of it. */
    void add(Recorded entry) {
        long at = entry.position();
        switch (entry.event()) {
            case InstitutionEvent e -> put(institutions, e.institution(), at, Institution.NONE,
                    (was, _) -> Institution.evolve(was, e));
            case ProgrammeDefined e -> plans.put(e.programme(), at, List.of(e.plan()));
            case ProgrammeRevised e -> plans.put(e.programme(), at, List.of(e.plan()));
            case RulebookEvent e -> {
                put(rulebooks, e.rulebook().id(), at, Enactment.NONE,
                        (was, _) -> Enactment.evolve(was, e));
                if (e instanceof RulebookProposed proposed) {
                    texts.put(e.rulebook(), at, proposed.text());
                }
            }
            case AgreementEvent e -> put(agreements, e.agreement(), at, Agreement.NONE,
                    (was, _) -> Agreement.evolve(was, e));
            default -> { }
        }
    }

    private static <K, S> void put(
            Course<K, S> course, K key, long at, S none, BinaryOperator<S> evolve) {
        try {
            S was = course.before(key, at, none);
            course.put(key, at, evolve.apply(was, was));
        } catch (IllegalStateException e) {
            // The same fold objects where the streams are looked at one by one.
            return;
        }
    }

    Surroundings before(long position) {
        return new Before(position);
    }

    private final class Before implements Surroundings {
        private final long position;

        Before(long position) {
            this.position = position;
        }

        @Override
        public Institution institution(InstitutionId id) {
            return institutions.before(id, position, Institution.NONE);
        }

        @Override
        public Plan plan(ProgrammeVersion programme) {
            return plans.before(programme, position, List.of()).stream().findFirst().orElseThrow(
                    () -> new Refused(new Refusal.ProgrammeVersionUnknown(programme)));
        }

        @Override
        public Programme programme(ProgrammeVersion programme) {
            return Programme.of(programme, plan(programme));
        }

        @Override
        public Rulebook rulebook(RulebookVersion rulebook) {
            String text = texts.before(rulebook, position, NO_TEXT);
            Refused.refuseIf(text.equals(NO_TEXT), () -> new Refusal.RulebookUnknown(rulebook));
            return read.computeIfAbsent(text, OtherStreams::parse);
        }

        @Override
        public void refuseUnlessInForce(RulebookVersion rulebook, LocalDate on) {
            Enactment.Version version = rulebooks.before(
                    rulebook.id(), position, Enactment.NONE).get(rulebook);
            Refused.refuseIf(!(version instanceof Enactment.Version.Approved(DaysInForce days)
                            && days.includes(on)),
                    () -> new Refusal.RulebookNotInForce(rulebook, on));
        }

        @Override
        public @Nullable Refusal objection(AgreementId agreement, InstitutionId issuer,
                InstitutionId awarding, RulebookId rulebook, LocalDate on) {
            return Agreement.objection(
                    agreements.before(agreement, position, Agreement.NONE), agreement,
                    new Agreement.Wish(standingFor(issuer), standingFor(awarding), rulebook, on));
        }

        private List<Party> standingFor(InstitutionId id) {
            return Institution.standingFor(institution(id), id);
        }

        /** Enrolling is no decision under a rulebook; it is not made again. */
        @Override
        public void refuseUnlessOpen(ProgrammeId programme, LocalDate on) {
            throw new UnsupportedOperationException();
        }

        /** An auditor has no keys: what rests on sealed words is not made again. */
        @Override
        public Attributes opened(LearnerId learner, Sealed ofLearner) {
            throw new UnsupportedOperationException();
        }

        /** A decision is made again for its own day. */
        @Override
        public LocalDate today() {
            throw new UnsupportedOperationException();
        }
    }

    private static Rulebook parse(String text) {
        return switch (RulebookReader.read(text)) {
            case RulebookReader.Reading.Read(Rulebook rulebook) -> rulebook;
            case RulebookReader.Reading.Unreadable unreadable -> throw new IllegalStateException(
                    "A rulebook cannot be read: " + unreadable.mistakes().getFirst());
        };
    }
}
