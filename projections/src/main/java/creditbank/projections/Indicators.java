package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AccountEvent.IdentityCorrected;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.AccountEvent.RestrictionLifted;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentMoved;
import creditbank.api.account.EnrolmentEvent.EnrolmentWithdrawn;
import creditbank.api.account.LearnerId;
import creditbank.api.account.Origin;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RedemptionEvent;
import creditbank.api.account.TransferEvent;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionId;
import creditbank.projections.Place.Scope;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much is there of each {@link Figure}, at an institution, in a region or a sector, in any span
 * of months, as known now?
 *
 * <p>Person-times of months add up; people do not, for somebody trained in May and in June is one.
 * So each month says of its people when they were there <em>before</em>: the people of a span are
 * those of each of its months who were not there before in the span. This holds exactly for every
 * span, and a fact touches one document of its learner and one for each scope; decision 0017 has
 * the cost. Which facts are behind a figure is a question to the views that hold them, see
 * {@link Behind}.
 */
public final class Indicators implements Projection {

    /** The longest span that can be asked for, in months. */
    public static final int MOST_MONTHS = 240;

    /**
     * One figure in one scope in one month.
     *
     * @param month     such as 2025-03, by the business date
     * @param times     how many facts stand
     * @param takenBack how many were counted here and revoked or withdrawn since
     * @param people    whose facts stand, by the last month before in which they had one here;
     *                  those who had none under the empty text
     */
    public record Count(String month, long times, long takenBack, ByMonth people) {

        private Count plus(boolean standing, int more) {
            return new Count(month, times + (standing ? more : 0),
                    takenBack + (standing ? 0 : more), people);
        }

        private Count plusPerson(String before, int more) {
            return new Count(month, times, takenBack, people.plus(before, more));
        }
    }

    /** Key: figure, bar, scope, bar, month. */
    public static final View<Count> COUNTS =
            new View<>("indicator_counts", Count.class, List.of());

    /**
     * Something of a learner that is counted.
     *
     * @param standing false once it was taken back
     */
    private record Fact(List<Figure> figures, Place place, String month, boolean standing) {

        private Fact takenBack() {
            return new Fact(figures, place, month, false);
        }

        private List<Slot> slots() {
            List<Scope> scopes = place.scopes();
            return figures.stream()
                    .flatMap(f -> scopes.stream().map(scope -> new Slot(f, scope))).toList();
        }
    }

    /** Where counts are kept. */
    private record Slot(Figure figure, Scope scope) {
    }

    /**
     * What a learner has of one sort at one place.
     *
     * @param months how many facts stand, by month; none where there are none
     */
    record Group(List<Figure> figures, Place place, ByMonth months) {

        Group {
            figures = List.copyOf(figures);
        }

        private boolean isIn(Slot slot) {
            return figures.contains(slot.figure) && slot.scope.covers(place);
        }

        private Group plus(String month, int more) {
            return new Group(figures, place, months.plus(month, more));
        }
    }

    /**
     * All that is counted of a learner, written shortly because every fact rewrites it.
     *
     * @param facts by their ids within the account ({@code 17} is an achievement, {@code e2} an
     *              enrolment, {@code e2/r3/17} what was recognised of that achievement towards it):
     *              the number of the group, the month, and a minus once it was taken back
     */
    record Person(List<Group> groups, Map<String, String> facts) {

        private static final Person NEW = new Person(List.of(), Map.of());

        private Fact fact(String id) {
            String written = facts.get(id);
            if (written == null) {
                throw new IllegalStateException("No fact " + id);
            }
            String[] parts = written.split(" ");
            Group group = groups.get(Integer.parseInt(parts[0]));
            return new Fact(group.figures, group.place, parts[1], parts.length == 2);
        }

        private Person without(Fact was) {
            List<Group> changed = new ArrayList<>(groups);
            int at = group(changed, was);
            changed.set(at, changed.get(at).plus(was.month, -1));
            return new Person(changed, facts);
        }

        private Person with(String id, Fact now) {
            List<Group> changed = new ArrayList<>(groups);
            int at = group(changed, now);
            if (now.standing) {
                changed.set(at, changed.get(at).plus(now.month, 1));
            }
            Map<String, String> written = new LinkedHashMap<>(facts);
            written.put(id, at + " " + now.month + (now.standing ? "" : " -"));
            return new Person(changed, written);
        }

        private static int group(List<Group> groups, Fact fact) {
            for (int at = 0; at < groups.size(); at++) {
                if (groups.get(at).figures.equals(fact.figures)
                        && groups.get(at).place.equals(fact.place)) {
                    return at;
                }
            }
            groups.add(new Group(fact.figures, fact.place, ByMonth.NONE));
            return groups.size() - 1;
        }

        private boolean isThere(Slot slot, String month) {
            return groups.stream().anyMatch(g -> g.isIn(slot) && g.months.has(month));
        }

        /** The last month before in which they are there; empty where there is none. */
        private String before(Slot slot, String month) {
            return groups.stream().filter(g -> g.isIn(slot))
                    .flatMap(g -> Stream.ofNullable(g.months.before(month)))
                    .max(Comparator.naturalOrder()).orElse("");
        }

        /** The first month after in which they are there; null where there is none. */
        private @Nullable String after(Slot slot, String month) {
            return groups.stream().filter(g -> g.isIn(slot))
                    .flatMap(g -> Stream.ofNullable(g.months.after(month)))
                    .min(Comparator.naturalOrder()).orElse(null);
        }
    }

    /** Key: the learner's id. */
    static final View<Person> PEOPLE = new View<>("indicator_people", Person.class, List.of());

    /** Key: the institution's id. */
    static final View<Place> PLACES = new View<>("indicator_places", Place.class, List.of());

    // ------------------------------------------------------------------ questions

    /**
     * A figure in a span of months.
     *
     * @param personTimes how many facts stand
     * @param people      of how many learners
     * @param takenBack   how many further facts were counted in the span and taken back since
     */
    public record Total(YearMonth from, YearMonth until, long personTimes, long people,
            long takenBack) {
    }

    /** A figure in each of some spans; both months of each belong to it. */
    public static List<Total> of(Views views, Figure figure, Scope scope, List<Span> spans) {
        return spans.stream().map(span -> total(counts(views, figure, scope, span), span)).toList();
    }

    /** Both months belong to it. */
    public record Span(YearMonth from, YearMonth until) {
        public Span {
            if (until.isBefore(from)) {
                throw new IllegalArgumentException(from + " / " + until);
            }
        }
    }

    private static List<Count> counts(Views views, Figure figure, Scope scope, Span span) {
        String prefix = figure + "|" + scope.text() + "|";
        return views.page(COUNTS, new Views.Range(null, prefix + span.from,
                        prefix + span.until + "~", false, MOST_MONTHS + 1)).stream()
                .map(Views.Row::document).toList();
    }

    private static Total total(List<Count> counts, Span span) {
        long times = 0;
        long people = 0;
        long takenBack = 0;
        for (Count count : counts) {
            times += count.times;
            takenBack += count.takenBack;
            people += count.people.sumBefore(span.from.toString());
        }
        return new Total(span.from, span.until, times, people, takenBack);
    }

    // ------------------------------------------------------------------ fold

    @Override
    public String name() {
        return "indicators";
    }

    @Override
    public int version() {
        return 1;
    }

    /** Sums of months: nobody waits for them, and they cost more than all other views. */
    @Override
    public boolean isPrompt() {
        return false;
    }

    @Override
    public List<View<?>> views() {
        return List.of(COUNTS, PEOPLE, PLACES, Moves.MOVES, Moves.CELLS, Teachers.TEACHERS);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof InstitutionRegistered e) {
            documents.put(PLACES, e.institution().text(),
                    new Place(e.institution(), e.sector(), e.region()));
        }
        if (entry.event() instanceof AccountEvent event) {
            switch (event) {
                case AchievementRecorded e -> {
                    count(documents, e.learner(), number(e.id()), null,
                            fact(documents, e.achievement()));
                    received(entry, e.id(), e.achievement(), documents);
                    Teachers.state(entry, e.id(), e.achievement(), documents);
                }
                case AchievementCorrected e -> {
                    count(documents, e.learner(), number(e.id()),
                            person(documents, e.learner()).fact(number(e.id())),
                            fact(documents, e.after()));
                    received(entry, e.id(), e.after(), documents);
                    Teachers.state(entry, e.id(), e.after(), documents);
                }
                case AchievementRevoked e -> {
                    takeBack(documents, e.learner(), number(e.id()));
                    Moves.takeBackIfThere(e.learner(), number(e.id()), documents);
                    Teachers.revoke(e, documents);
                }
                case EnrolmentBegun e -> count(documents, e.learner(), "e" + e.id().number(),
                        null, new Fact(e.employer() == null ? List.of(Figure.ENROLMENTS)
                                : List.of(Figure.ENROLMENTS, Figure.APPRENTICE_ENROLMENTS),
                                place(documents, e.school()), month(e.on()), true));
                case EnrolmentWithdrawn e -> takeBackAll(documents, e.learner(),
                        "e" + e.id().number() + "/", "");
                case RecognitionDecided e -> recognise(entry, e, documents);
                case RecognitionWithdrawn e -> takeBackAll(documents, e.learner(), "e",
                        "/r" + e.id().number() + "/" + e.achievement().number());
                case EnrolmentMoved _, ApplicationEvent _, RedemptionEvent _, TransferEvent _,
                        AccountOpened _, IdentityCorrected _, AccountRestricted _,
                        RestrictionLifted _, LearnerErased _ -> {
                    // No figure counts it. Who is erased still was trained.
                }
            }
        }
    }

    private static Fact fact(Documents documents, Achievement achievement) {
        return new Fact(Figure.of(achievement), place(documents, achievement.issuer()),
                month(achievement.happenedOn()), true);
    }

    /** Credits that were taken over have moved from where they were stated first. */
    private static void received(
            Recorded entry, AchievementId id, Achievement achievement, Documents documents) {
        Origin origin = achievement.origin();
        if (origin != null) {
            Moves.move(entry, id, achievement, origin.achievement(), person(documents,
                            id.learner()).fact(number(origin.achievement())).place,
                    place(documents, achievement.issuer()), documents);
        }
    }

    private static void recognise(Recorded entry, RecognitionDecided e, Documents documents) {
        String enrolment = "e" + e.enrolment().number();
        for (AchievementId evidence : Moves.evidence(e.decision())) {
            Person person = person(documents, e.learner());
            Place from = person.fact(number(evidence)).place;
            Place to = person.fact(enrolment).place;
            String id = enrolment + "/r" + e.id().number() + "/" + evidence.number();
            count(documents, e.learner(), id, null, new Fact(
                    List.of(Figure.RECOGNISED_OUTCOMES), to, month(e.decision().on()), true));
            Moves.move(entry, e, id, evidence, from, to, documents);
        }
    }

    private static void takeBackAll(
            Documents documents, LearnerId learner, String begins, String ends) {
        Person person = person(documents, learner);
        for (String id : person.facts.keySet()) {
            if (id.startsWith(begins) && id.endsWith(ends) && person.fact(id).standing) {
                takeBack(documents, learner, id);
                Moves.takeBack(learner, id, documents);
            }
        }
    }

    private static void takeBack(Documents documents, LearnerId learner, String id) {
        Fact was = person(documents, learner).fact(id);
        count(documents, learner, id, was, was.takenBack());
    }

    /** @param was null for a new fact */
    private static void count(Documents documents, LearnerId learner, String id,
            @Nullable Fact was, Fact now) {
        Person before = person(documents, learner);
        Person between = was == null || !was.standing ? before : before.without(was);
        documents.put(PEOPLE, learner.text(), between.with(id, now));
        if (was != null) {
            count(documents, was, between, -1);
        }
        count(documents, now, between, 1);
    }

    /** @param others what the learner has beside this fact */
    private static void count(Documents documents, Fact fact, Person others, int more) {
        for (Slot slot : fact.slots()) {
            if (!fact.standing || others.isThere(slot, fact.month)) {
                change(documents, slot, fact.month, c -> c.plus(fact.standing, more));
            } else {
                String before = others.before(slot, fact.month);
                change(documents, slot, fact.month,
                        c -> c.plus(true, more).plusPerson(before, more));
                // Who comes to a month, or goes from it, is before the next one or is not.
                String after = others.after(slot, fact.month);
                if (after != null) {
                    change(documents, slot, after, c ->
                            c.plusPerson(before, -more).plusPerson(fact.month, more));
                }
            }
        }
    }

    private static void change(
            Documents documents, Slot slot, String month, UnaryOperator<Count> how) {
        String key = slot.figure + "|" + slot.scope.text() + "|" + month;
        Count was = documents.get(COUNTS, key);
        documents.put(COUNTS, key, how.apply(
                was == null ? new Count(month, 0, 0, ByMonth.NONE) : was));
    }

    private static Person person(Documents documents, LearnerId learner) {
        Person known = documents.get(PEOPLE, learner.text());
        return known == null ? Person.NEW : known;
    }

    private static Place place(Documents documents, InstitutionId institution) {
        return Objects.requireNonNull(documents.get(PLACES, institution.text()),
                () -> "No institution " + institution + " was ever registered");
    }

    private static String number(AchievementId id) {
        return Integer.toString(id.number());
    }

    private static String month(LocalDate day) {
        return YearMonth.from(day).toString();
    }
}
