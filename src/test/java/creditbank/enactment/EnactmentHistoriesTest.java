package creditbank.enactment;

import static creditbank.enactment.Texts.version;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Recorded;
import creditbank.api.Refused;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.rulebook.RulebookCommand;
import creditbank.api.rulebook.RulebookCommand.ApproveRulebook;
import creditbank.api.rulebook.RulebookCommand.ProposeRulebook;
import creditbank.api.rulebook.RulebookCommand.SupersedeRulebook;
import creditbank.api.rulebook.RulebookCommand.WithdrawRulebook;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.value.Reason;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.projections.Rulebooks;
import creditbank.projections.Rulebooks.Rulebook;
import creditbank.projections.Views;
import creditbank.rulebook.Enactment;
import creditbank.views.memory.MemoryViews;
import creditbank.views.sqlite.SqliteViews;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds in any history of a rulebook: three registrars propose, approve, supersede and
 * withdraw at random while days go by. The seed in a name makes the history again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EnactmentHistoriesTest {

    private static final LocalDate BEGIN = LocalDate.of(2026, 1, 1);
    private static final int COMMANDS = 300;
    private static final int NUMBERS = 12;
    private static final int SPAN = 200;
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
        private Enactment.Versions versions = Enactment.NONE;
        private LocalDate today = BEGIN;

        History(long seed) {
            this.dice = new Random(seed);
        }

        /** Answers whether the command stood. */
        boolean step() {
            today = dice.nextInt(4) == 0 ? today.plusDays(1) : today;
            RulebookCommand command = command();
            try {
                for (RulebookEvent event : Enactment.decide(versions, command, today)) {
                    versions = Enactment.evolve(versions, event);
                    entries.add(new Recorded(entries.size(), "id-" + entries.size(),
                            Texts.ID.stream(), entries.size(), Instant.EPOCH, "user/a", null,
                            "command-" + entries.size(), null, command.reason(), event));
                    MET.add(event.getClass().getSimpleName());
                }
                return true;
            } catch (Refused refused) {
                MET.add(refused.refusal().code());
                return false;
            }
        }

        private RulebookCommand command() {
            RulebookVersion one = version(1 + dice.nextInt(NUMBERS));
            Reason reason = new Reason.Clear("试验");
            return switch (dice.nextInt(6)) {
                case 0, 1 -> {
                    LocalDate from = day();
                    yield new ProposeRulebook(one, Texts.text(
                            dice.nextInt(20) == 0 ? 99 : one.version(), from.toString(),
                            dice.nextBoolean() ? null
                                    : from.plusDays(dice.nextInt(60)).toString()), actor());
                }
                case 2, 3 -> new ApproveRulebook(one, actor());
                case 4 -> new SupersedeRulebook(one, 1 + dice.nextInt(NUMBERS), actor(), reason);
                default -> new WithdrawRulebook(one, dice.nextBoolean() ? null : day(), reason);
            };
        }

        private String actor() {
            return "user/" + "abc".charAt(dice.nextInt(3));
        }

        private LocalDate day() {
            return BEGIN.plusDays(dice.nextInt(SPAN));
        }

        /** Which versions are in force on a day. */
        List<Integer> inForce(LocalDate day) {
            return IntStream.rangeClosed(1, NUMBERS).filter(n -> versions.get(version(n))
                    instanceof Enactment.Version.Approved(DaysInForce days) && days.includes(day))
                    .boxed().toList();
        }
    }

    private static List<LocalDate> days() {
        return BEGIN.minusDays(1).datesUntil(BEGIN.plusDays(SPAN + 70)).toList();
    }

    /** Histories in which nothing happens would prove nothing. */
    @AfterAll
    static void every_event_and_every_refusal_was_met() {
        assertThat(MET).containsAll(Stream.of(RulebookEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName).toList());
        assertThat(MET).contains("rulebook-already-approved", "rulebook-already-proposed",
                "rulebook-approved-by-proposer", "rulebook-day-passed",
                "rulebook-does-not-follow", "rulebook-ends-sooner", "rulebook-is-another",
                "rulebook-not-approved", "rulebook-overlaps", "rulebook-unknown",
                "rulebook-withdrawn");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_two_versions_are_in_force_on_one_day_and_a_day_that_has_come_keeps_its_rules(
            long seed) {
        History history = new History(seed);
        Map<LocalDate, Integer> relied = new HashMap<>();
        for (int i = 0; i < COMMANDS; i++) {
            if (history.step()) {
                for (LocalDate day : days()) {
                    List<Integer> inForce = history.inForce(day);
                    assertThat(inForce).as(day + "").hasSizeLessThanOrEqualTo(1);
                    Integer before = relied.get(day);
                    if (before != null) {
                        assertThat(inForce).as(day + "").containsExactly(before);
                    }
                    if (!day.isAfter(history.today) && !inForce.isEmpty()) {
                        relied.put(day, inForce.getFirst());
                    }
                }
            }
        }
        assertThat(relied).isNotEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_replay_of_the_stored_bytes_ends_where_the_living_rulebook_stands(long seed) {
        History history = run(seed);
        Enactment.Versions versions = Enactment.NONE;
        for (Recorded entry : history.entries) {
            Recorded stored = EntryFormat.read(new Entry(
                    entry.position(), "", 0, bytes(entry)));
            assertThat(stored).isEqualTo(entry);
            versions = Enactment.evolve(versions, (RulebookEvent) stored.event());
        }
        assertThat(versions).isEqualTo(history.versions);
    }

    private static byte[] bytes(Recorded entry) {
        byte[] bytes = EntryFormat.write(entry.id(), entry.stream(), entry.sequence(),
                entry.actor(), entry.onBehalfOf(), entry.commandId(), entry.part(),
                entry.reason(), entry.event());
        EntryFormat.setTime(bytes, EntryFormat.time(entry.recordedAt()));
        return bytes;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void both_keepers_of_views_show_the_days_that_decisions_know(long seed) {
        History history = run(seed);
        MemoryViews memory = new MemoryViews();
        history.entries.forEach(e -> memory.fold(List.of(new Rulebooks()), List.of(e)));
        try (SqliteViews sqlite = new SqliteViews(
                folder.resolve("views.db"), List.of(new Rulebooks()))) {
            sqlite.fold(List.of(new Rulebooks()), history.entries);
            assertThat(shown(sqlite.views())).isEqualTo(shown(memory.views()))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, NUMBERS)
                            .mapToObj(n -> sqlite.views().page(Rulebooks.RULEBOOKS,
                                            Rulebooks.of(null, NUMBERS)).stream()
                                    .map(Views.Row::document)
                                    .filter(r -> r.rulebook().version() == n).findFirst())
                            .flatMap(java.util.Optional::stream).toList());
        }
        for (Rulebook shown : shown(memory.views())) {
            Enactment.Version known = history.versions.get(shown.rulebook());
            assertThat(shown.inForce()).isEqualTo(
                    known instanceof Enactment.Version.Approved(DaysInForce days) ? days : null);
        }
    }

    private static List<Rulebook> shown(Views views) {
        return views.page(Rulebooks.RULEBOOKS,
                        Rulebooks.of(Texts.head("2026-01-01", null).jurisdiction(), 100)).stream()
                .map(Views.Row::document).toList();
    }

    private static History run(long seed) {
        History history = new History(seed);
        for (int i = 0; i < COMMANDS; i++) {
            history.step();
        }
        return history;
    }
}
