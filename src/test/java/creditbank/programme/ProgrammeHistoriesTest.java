package creditbank.programme;

import static creditbank.programme.Plans.ID;
import static creditbank.programme.Plans.course;
import static creditbank.programme.Plans.group;
import static creditbank.programme.Plans.plan;
import static creditbank.programme.Plans.version;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Recorded;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeCommand;
import creditbank.api.programme.ProgrammeCommand.CloseProgramme;
import creditbank.api.programme.ProgrammeCommand.DefineProgramme;
import creditbank.api.programme.ProgrammeCommand.ReviseProgramme;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.programme.ProgrammeEvent.ProgrammeClosed;
import creditbank.api.programme.ProgrammeEvent.ProgrammeDefined;
import creditbank.api.programme.ProgrammeEvent.ProgrammeRevised;
import creditbank.api.value.Amount;
import creditbank.api.value.Reason;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.projections.Programmes;
import creditbank.projections.Views;
import creditbank.views.memory.MemoryViews;
import creditbank.views.sqlite.SqliteViews;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds in any history of a programme, whose institution and another one, one of them now and
 * then suspended, try at random to define, revise and close it. The seed makes the history again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgrammeHistoriesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 15);
    private static final int COMMANDS = 200;
    private static final Set<String> MET = new ConcurrentSkipListSet<>();

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    /** A history, with the entries it left and the state it lived in. */
    private static final class History {
        private final Random dice;
        private final List<Recorded> entries = new ArrayList<>();
        private final List<Plan> plans = new ArrayList<>();
        private @Nullable LocalDate closedAfter;
        private Programme state = Programme.NONE;

        History(long seed) {
            this.dice = new Random(seed);
            for (int i = 0; i < COMMANDS; i++) {
                step();
            }
        }

        private void step() {
            ProgrammeCommand command = command();
            boolean suspended = dice.nextInt(10) == 0;
            try {
                for (ProgrammeEvent event : Programme.decide(state, command, _ -> suspended
                        ? new Institution.Suspended(Sector.VOCATIONAL,
                                InstitutionKind.COLLEGE, null, null)
                        : new Institution.Active(Sector.VOCATIONAL,
                                InstitutionKind.COLLEGE, null, null), TODAY)) {
                    state = Programme.evolve(state, event);
                    keep(event);
                    entries.add(new Recorded(entries.size(), "id-" + entries.size(),
                            ID.stream(), entries.size(), Instant.EPOCH, "user/a", null,
                            "command-" + entries.size(), null, command.reason(), event));
                    MET.add(event.getClass().getSimpleName());
                }
            } catch (Refused refused) {
                MET.add(refused.refusal().code());
            }
        }

        private void keep(ProgrammeEvent event) {
            switch (event) {
                case ProgrammeDefined e -> plans.add(e.plan());
                case ProgrammeRevised e -> plans.add(e.plan());
                case ProgrammeClosed e -> closedAfter = e.until();
            }
        }

        private ProgrammeCommand command() {
            Reason reason = new Reason.Clear("试验");
            return switch (dice.nextInt(40)) {
                case 0 -> new CloseProgramme(ID, institution(),
                        TODAY.plusDays(dice.nextInt(5) - 1L), reason);
                case 1, 2, 3 -> new DefineProgramme(ID, random());
                default -> new ReviseProgramme(version(Math.max(1,
                        plans.size() + dice.nextInt(3) - 1)), random(), reason);
            };
        }

        private InstitutionId institution() {
            return new InstitutionId(dice.nextInt(4) == 0 ? "other" : "college");
        }

        private Plan random() {
            List<Plan.Group> groups = List.of(
                    group("major", amount(20), dice.nextBoolean() ? amount(20) : ""),
                    group("free", "", ""));
            Plan.Course[] courses = IntStream.range(0, dice.nextInt(5))
                    .mapToObj(n -> course("C" + n, n % 2 == 0 ? "major" : "free", amount(5),
                            dice.nextInt(3) == 0 ? "elective" : "core"))
                    .toArray(Plan.Course[]::new);
            return plan(institution().text(), amount(60), groups, courses);
        }

        private String amount(int most) {
            return new Amount(dice.nextInt(most * 100)).toString();
        }
    }

    /** Histories in which nothing happens would prove nothing. */
    @AfterAll
    static void every_event_and_every_refusal_was_met() {
        assertThat(MET).containsAll(Stream.of(ProgrammeEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName).toList());
        assertThat(MET).contains("programme-unknown", "programme-version-unknown",
                "programme-already-defined", "programme-already-revised", "programme-closed",
                "plan-group-overfull", "plan-cap-above-group", "plan-total-too-small",
                "not-your-institution", "institution-suspended", "date-passed");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_version_stands_at_the_place_of_its_number_and_nothing_follows_a_closure(long seed) {
        History history = new History(seed);
        for (Recorded entry : history.entries) {
            ProgrammeEvent event = (ProgrammeEvent) entry.event();
            boolean last = event instanceof ProgrammeClosed;
            assertThat((long) event.programme().version())
                    .isEqualTo(last ? entry.sequence() : entry.sequence() + 1);
            assertThat(last && entry.sequence() < history.entries.size() - 1).isFalse();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_replay_of_the_stored_bytes_ends_where_the_living_programme_stands(long seed) {
        History history = new History(seed);
        Programme state = Programme.NONE;
        for (Recorded entry : history.entries) {
            byte[] bytes = EntryFormat.write(entry.id(), entry.stream(), entry.sequence(),
                    entry.actor(), entry.onBehalfOf(), entry.commandId(), entry.part(),
                    entry.reason(), entry.event());
            EntryFormat.setTime(bytes, EntryFormat.time(entry.recordedAt()));
            Recorded stored = EntryFormat.read(new Entry(entry.position(), "", 0, bytes));
            assertThat(stored).isEqualTo(entry);
            state = Programme.evolve(state, (ProgrammeEvent) stored.event());
        }
        assertThat(state).isEqualTo(history.state);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void both_keepers_of_views_show_the_newest_plan_every_version_and_the_closure(long seed) {
        History history = new History(seed);
        MemoryViews memory = new MemoryViews();
        history.entries.forEach(e -> memory.fold(List.of(new Programmes()), List.of(e)));
        try (SqliteViews sqlite = new SqliteViews(
                folder.resolve("views.db"), List.of(new Programmes()))) {
            sqlite.fold(List.of(new Programmes()), history.entries);
            for (Views views : List.of(memory.views(), sqlite.views())) {
                Programmes.Programme shown =
                        Objects.requireNonNull(Programmes.get(views, ID));
                assertThat(shown.plan()).isEqualTo(history.plans.getLast());
                assertThat(shown.newest()).isEqualTo(version(history.plans.size()));
                assertThat(shown.versions()).allSatisfy(v -> assertThat(v.made().position())
                        .isEqualTo(v.version() - 1L));
                Programmes.Closure closure = shown.closure();
                assertThat(closure == null ? null : closure.until())
                        .isEqualTo(history.closedAfter);
                InstitutionId owner = shown.plan().institution();
                for (Views.Range range : List.of(Programmes.of(null, null, 9),
                        Programmes.of(owner, null, 9),
                        Programmes.of(null, Sector.VOCATIONAL, 9))) {
                    assertThat(views.page(Programmes.PROGRAMMES, range))
                            .extracting(Views.Row::document).containsExactly(shown);
                }
                assertThat(views.page(Programmes.PROGRAMMES,
                        Programmes.of(null, Sector.ADULT, 9))).isEmpty();
            }
        }
    }
}
