package creditbank.projections;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Event;
import creditbank.api.EventTypes;
import creditbank.api.Recorded;
import creditbank.api.access.AccessEvent.PersonalDataDisclosed;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.AccountEvent.RestrictionLifted;
import creditbank.api.account.AchievementId;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.PersonalField;
import creditbank.api.institution.InstitutionEvent.InstitutionSuspended;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.projections.Trail.Facet;
import creditbank.projections.Trail.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A seed tells a whole history; every question is answered again by looking at each entry. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TrailTest {

    private static final int EVENTS = 2_000;
    private static final List<String> ACTORS =
            List.of("user/registrar", "user/college", "user/college.2", "system/bank");
    private static final List<InstitutionId> SCHOOLS = List.of(
            new InstitutionId("college"), new InstitutionId("college-2"), Facts.SCHOOL);

    private final Shelf shelf = new Shelf();
    private final List<Recorded> entries = new ArrayList<>();
    private final Trail trail = new Trail();

    private void add(String actor, String onBehalfOf, Event event) {
        long position = entries.size();
        Recorded entry = new Recorded(position, "id-" + position, "stream", position,
                Instant.EPOCH, actor, onBehalfOf.isEmpty() ? null : onBehalfOf, "c-" + position,
                null, null, event);
        entries.add(entry);
        trail.fold(entry, shelf);
    }

    /** In bursts, as files are read in, and one by one. */
    private void history(Random random) {
        while (entries.size() < EVENTS) {
            String actor = ACTORS.get(random.nextInt(ACTORS.size()));
            InstitutionId sender = SCHOOLS.get(random.nextInt(SCHOOLS.size()));
            int burst = random.nextInt(8) == 0 ? random.nextInt(400) : 1;
            for (int i = 0; i < burst; i++) {
                add(actor, random.nextBoolean() ? sender.stream() : "", event(random));
            }
        }
    }

    private Event event(Random random) {
        InstitutionId school = SCHOOLS.get(random.nextInt(SCHOOLS.size()));
        return switch (random.nextInt(6)) {
            case 0 -> new InstitutionSuspended(school);
            case 1 -> new AccountRestricted(Facts.LEARNER);
            case 2 -> new RestrictionLifted(Facts.LEARNER);
            case 3 -> new PersonalDataDisclosed(
                    Facts.LEARNER, List.of(PersonalField.IDENTITY_NAME));
            case 4 -> new EnrolmentBegun(Facts.enrolment(1), Facts.PROGRAMME, school,
                    SCHOOLS.get(random.nextInt(SCHOOLS.size())), Facts.day("2024-09-01"), null);
            default -> Facts.recorded(new AchievementId(Facts.LEARNER, 1), Facts.course(school,
                    100, CreditUnit.CN, Facts.day("2024-06-30"), null));
        };
    }

    private static Map<Facet, String> question(Random random) {
        Map<Facet, String> where = new EnumMap<>(Facet.class);
        while (where.isEmpty()) {
            if (random.nextBoolean()) {
                where.put(Facet.ACTOR, random.nextInt(8) == 0 ? "user/nobody"
                        : ACTORS.get(random.nextInt(ACTORS.size())));
            }
            if (random.nextBoolean()) {
                where.put(Facet.INSTITUTION, SCHOOLS.get(random.nextInt(SCHOOLS.size())).text());
            }
            if (random.nextBoolean()) {
                where.put(Facet.KIND, List.of("institution.suspended", "account.restricted",
                        "personal-data.disclosed", "enrolment.begun").get(random.nextInt(4)));
            }
        }
        return where;
    }

    private List<Long> recount(Map<Facet, String> where, long from, long until) {
        return entries.stream().filter(e -> e.position() >= from && e.position() < until)
                .filter(e -> where.entrySet().stream().allMatch(each -> switch (each.getKey()) {
                    case ACTOR -> e.actor().equals(each.getValue());
                    case KIND -> EventTypes.of(e.event()).name().equals(each.getValue());
                    case INSTITUTION -> Concerned.institutions(e).stream()
                            .anyMatch(i -> i.text().equals(each.getValue()));
                })).map(Recorded::position).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void every_question_is_answered_page_by_page_as_a_look_at_each_entry_does(long seed) {
        Random random = new Random(seed);
        history(random);
        for (int i = 0; i < 60; i++) {
            Map<Facet, String> where = question(random);
            long from = random.nextInt(EVENTS);
            long until = from + random.nextInt(EVENTS);
            int most = 1 + random.nextInt(60);
            int mostReads = 1 + random.nextInt(40);
            List<Long> found = new ArrayList<>();
            Long next = from;
            for (int page = 0; next != null; page++) {
                Found part = Trail.find(shelf, where, next, until, most, mostReads);
                assertThat(part.positions()).hasSizeLessThanOrEqualTo(most);
                assertThat(page).as("comes to an end").isLessThan(2 * EVENTS);
                found.addAll(part.positions());
                next = part.next();
            }
            assertThat(found).as(where + " " + from + " " + until)
                    .isEqualTo(recount(where, from, until));
        }
    }

    @Test
    void a_long_burst_of_one_actor_makes_few_documents_of_bounded_size() {
        for (int i = 0; i < 10_000; i++) {
            add("user/college", SCHOOLS.getFirst().stream(), new AccountRestricted(Facts.LEARNER));
        }
        assertThat(shelf.all(Trail.RUNS)).hasSize(3 * 10_000 / Trail.LONGEST_RUN)
                .allSatisfy(run -> assertThat(run.positions()).hasSize(Trail.LONGEST_RUN));
    }

    @Test
    void work_is_bounded_and_the_answer_says_from_where_to_go_on() {
        for (int i = 0; i < 4_000; i++) {
            add(i % 2 == 0 ? "user/a" : "user/b", "", i % 2 == 0
                    ? new AccountRestricted(Facts.LEARNER) : new RestrictionLifted(Facts.LEARNER));
        }
        Map<Facet, String> never = Map.of(Facet.ACTOR, "user/a",
                Facet.KIND, "account.restriction-lifted");
        Found found = Trail.find(shelf, never, 0, 4_000, 10, 4);
        assertThat(found.positions()).isEmpty();
        assertThat(found.next()).isPositive();
    }

    @Test
    void an_institution_is_named_once_whoever_wrote_for_it_first() {
        add("user/college", "institution/college-2", Facts.recorded(
                new AchievementId(Facts.LEARNER, 1), Facts.course(SCHOOLS.getFirst(), 100,
                        CreditUnit.CN, Facts.day("2024-06-30"), null)));
        add("user/college", "institution/college", new InstitutionSuspended(SCHOOLS.getFirst()));
        assertThat(Concerned.institutions(entries.getFirst())).extracting(InstitutionId::text)
                .containsExactly("college-2", "college");
        assertThat(Concerned.institutions(entries.getLast())).extracting(InstitutionId::text)
                .containsExactly("college");
    }

    @Test
    void runs_are_found_in_the_order_of_their_positions() {
        history(new Random(7));
        assertThat(shelf.all(Trail.RUNS).stream().map(run -> run.positions()))
                .allSatisfy(run -> assertThat(run).isSortedAccordingTo(
                        Comparator.naturalOrder()).doesNotHaveDuplicates());
    }
}
