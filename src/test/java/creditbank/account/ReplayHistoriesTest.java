package creditbank.account;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.account.LearnerId;
import creditbank.audit.History;
import creditbank.audit.Moment;
import creditbank.audit.Replay;
import creditbank.audit.Replay.Past;
import creditbank.audit.WholeReplay;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.MemoryLedgerStore;
import creditbank.ledger.Outcome;
import creditbank.projections.Accounts;
import creditbank.projections.Achievements;
import creditbank.projections.Applications;
import creditbank.projections.Balance;
import creditbank.projections.Enrolments;
import creditbank.projections.Projection;
import creditbank.projections.Recognitions;
import creditbank.projections.Redemptions;
import creditbank.projections.Statement;
import creditbank.projections.Transfers;
import creditbank.projections.View;
import creditbank.projections.Views;
import creditbank.views.memory.MemoryViews;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A replay to any position answers what the live bank answered when that position was its newest.
 * The seed in a name makes the history again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplayHistoriesTest {

    private static final int COMMANDS = 400;
    private static final int MOST = 10_000;
    private static final List<Projection> ALL = Projection.all();

    @TempDir
    Path scratch = Path.of("");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 8);
    }

    private record Then(RandomHistory history, Map<Long, String> banks,
            Map<Long, Map<LearnerId, String>> learners, LedgerStore store) {
    }

    /** Lives through a history, and notes what is answered behind each command that stands. */
    private static Then lived(long seed) {
        RandomHistory history = new RandomHistory(
                RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed));
        LedgerStore store = new MemoryLedgerStore(new MemoryLedgerStore.Disk());
        MemoryViews live = new MemoryViews();
        Then then = new Then(history, new TreeMap<>(), new TreeMap<>(), store);
        for (int i = 0; i < COMMANDS; i++) {
            int stood = history.entries.size();
            if (!history.step()) {
                continue;
            }
            List<Recorded> entries = history.entries.subList(stood, history.entries.size());
            entries.forEach(entry -> append(store, entry));
            live.fold(ALL, entries);
            long position = store.size() - 1;
            then.banks().put(position, all(live.views(), ALL));
            Map<LearnerId, String> learners = new TreeMap<>(
                    (a, b) -> a.text().compareTo(b.text()));
            history.accounts.keySet().forEach(learner -> learners.put(learner, about(learner,
                    live.views(), of(learner, history.entries), history.today)));
            then.learners().put(position, learners);
        }
        assertThat(then.banks().size()).isGreaterThan(40);
        return then;
    }

    private static void append(LedgerStore store, Recorded entry) {
        Event event = entry.event();
        byte[] bytes = EntryFormat.write(entry.id(), entry.stream(), entry.sequence(),
                entry.actor(), entry.onBehalfOf(), entry.commandId(), null, null, event);
        assertThat(store.append(List.of(new Commit(entry.commandId(), List.of(new Draft(
                        entry.stream(), entry.sequence(), bytes, event.claims(),
                        event.releases())), Map.of())), entry.recordedAt()))
                .hasOnlyElementsOfType(Outcome.Appended.class);
    }

    private static List<Recorded> of(LearnerId learner, List<Recorded> entries) {
        return entries.stream()
                .filter(entry -> entry.stream().equals(learner.stream())).toList();
    }

    // ------------------------------------------------------------------ what is answered

    private static String all(Views views, List<Projection> projections) {
        StringBuilder all = new StringBuilder();
        for (Projection projection : projections) {
            for (View<?> view : projection.views()) {
                views.page(view, Views.Range.ofKeys("", MOST)).forEach(row ->
                        all.append(view.name()).append(' ').append(row).append('\n'));
                view.indexes().forEach(index -> views.page(view,
                        Views.Range.of(index.name(), "", MOST)).forEach(row ->
                        all.append(index.name()).append(' ').append(row.at()).append('\n')));
            }
        }
        return all.toString();
    }

    /** @param mine the learner's entries */
    private static String about(
            LearnerId learner, Views views, List<Recorded> mine, LocalDate on) {
        List<@Nullable Object> answers = new ArrayList<>();
        answers.add(views.get(Accounts.ACCOUNTS, learner.text()));
        answers.add(views.page(Achievements.ACHIEVEMENTS, Achievements.ofLearner(learner, MOST)));
        answers.add(views.page(Enrolments.ENROLMENTS, Enrolments.ofLearner(learner, MOST)));
        answers.add(views.page(
                Recognitions.RECOGNITIONS, Recognitions.ofLearner(learner, MOST)));
        answers.add(views.page(Redemptions.REDEMPTIONS, Redemptions.ofLearner(learner, MOST)));
        answers.add(views.page(Transfers.TRANSFERS, Transfers.ofLearner(learner, MOST)));
        answers.add(views.page(
                Applications.APPLICATIONS, Applications.ofLearner(learner, MOST)));
        answers.add(Balance.of(views, learner, on));
        answers.add(Statement.of(mine));
        return answers.toString();
    }

    // ------------------------------------------------------------------ replayed

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_view_is_as_it_was_when_a_position_was_the_newest(long seed) {
        Then then = lived(seed);
        History history = new History(then.store());
        WholeReplay replay = new WholeReplay(then.store(), scratch);
        RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(-seed);
        List<Long> positions = List.copyOf(then.banks().keySet());
        TreeSet<Long> some = new TreeSet<>(List.of(positions.getFirst(), positions.getLast()));
        for (int i = 0; i < 10; i++) {
            some.add(positions.get(random.nextInt(positions.size())));
        }
        for (long position : some) {
            String replayed = replay.of(history.at(position), ALL, (_, _) -> { },
                    keeper -> all(keeper.views(), ALL));
            assertThat(replayed).as("position %d", position)
                    .isEqualTo(then.banks().get(position));
        }
        assertThat(scratch).isEmptyDirectory();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void all_about_a_learner_is_as_it_was_when_a_position_was_the_newest(long seed) {
        Then then = lived(seed);
        History history = new History(then.store());
        Replay replay = new Replay(then.store());
        then.learners().forEach((position, learners) -> {
            Moment moment = history.at(position);
            LocalDate day = LocalDate.ofInstant(moment.recordedAt(), ZoneOffset.UTC);
            learners.forEach((learner, answer) -> {
                Past past = replay.of(moment, learner);
                assertThat(about(learner, past.views(), past.entries(), day))
                        .as("%s at %d", learner, position).isEqualTo(answer);
            });
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void one_entry_after_the_other_is_the_same_as_all_at_once(long seed) {
        Then then = lived(seed);
        History history = new History(then.store());
        Replay replay = new Replay(then.store());
        Moment newest = history.newest();
        then.history().accounts.keySet().forEach(learner -> {
            Past atOnce = replay.of(newest, learner);
            Moment first = history.at(atOnce.entries().getFirst().position());
            Past stepwise = replay.of(first, learner);
            replay.between(learner, first, newest).forEach(stepwise::then);
            LocalDate day = then.history().today;
            assertThat(about(learner, stepwise.views(), stepwise.entries(), day)).isEqualTo(
                    about(learner, atOnce.views(), atOnce.entries(), day));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_instant_is_the_last_entry_recorded_by_then(long seed) {
        Then then = lived(seed);
        History history = new History(then.store());
        List<Recorded> entries = then.history().entries;
        for (Recorded entry : entries) {
            for (Instant instant : List.of(entry.recordedAt(),
                    entry.recordedAt().plusSeconds(3_600))) {
                long last = entries.stream()
                        .filter(e -> !e.recordedAt().isAfter(instant)).count() - 1;
                assertThat(history.at(instant).position()).isEqualTo(last);
            }
        }
    }
}
