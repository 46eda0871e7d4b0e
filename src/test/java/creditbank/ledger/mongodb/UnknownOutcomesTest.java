package creditbank.ledger.mongodb;

import static creditbank.ledger.Drafts.commit;
import static creditbank.ledger.Drafts.draft;
import static creditbank.ledger.Drafts.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.ledger.Commit;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.MemoryLedgerStore;
import creditbank.ledger.Outcome;
import creditbank.ledger.Outcome.Appended;
import creditbank.ledger.Outcome.CommandKnown;
import creditbank.ledger.Outcome.StreamMoved;
import creditbank.ledger.mongodb.FaultyProxy.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of commits when the line to the database breaks at the worst moment. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class UnknownOutcomesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T04:00:00.123456Z");
    private static final String SOON = "?serverSelectionTimeoutMS=1500";

    @TempDir
    Path folder;

    private final StandIn server = new StandIn();
    private FaultyProxy line = server.line();
    private LedgerStore store = new MemoryLedgerStore(new MemoryLedgerStore.Disk());
    private LedgerStore other = store;

    /** Only the stand-in can be put behind a proxy; a real server is known by its own names. */
    private static final class StandIn implements AutoCloseable {
        private final MongoServers servers = MongoServers.standIn();

        FaultyProxy line() {
            try {
                return new FaultyProxy(servers.port());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        LedgerStore direct(Path index) {
            return new MongoLedgerStore(servers.database(), "bank-of-tests", index);
        }

        LedgerStore over(FaultyProxy line, Path index, Duration patience) {
            return new MongoLedgerStore(servers.through(line.port(), SOON), "bank-of-tests",
                    index, 1_000, patience);
        }

        @Override
        public void close() {
            servers.close();
        }
    }

    @BeforeEach
    void opened() {
        store = server.over(line, folder.resolve("index.db"), Duration.ofSeconds(20));
        other = server.direct(folder.resolve("other.db"));
    }

    @AfterEach
    void closed() throws IOException {
        store.close();
        other.close();
        line.close();
        server.close();
    }

    private Outcome append(Commit commit) {
        return store.append(List.of(commit), NOON).getFirst();
    }

    /** The entries as a node reads them that knows nothing yet. */
    private List<Entry> standing() {
        try (LedgerStore fresh = server.direct(folder.resolve("fresh-" + System.nanoTime()))) {
            List<Entry> entries = fresh.read(0, 10_000);
            assertThat(entries).hasSize((int) fresh.size());
            return entries;
        }
    }

    private List<String> commands() {
        return standing().stream().map(e -> EntryFormat.read(e).commandId()).toList();
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_commit_whose_outcome_was_lost_stands_once_where_it_was_first_put(Fault fault) {
        append(one("before", "a", 0));
        line.spoil(fault);
        assertThat(append(commit("1", draft("1", "a", 1), draft("1", "b", 0))))
                .isEqualTo(new Appended(1));
        assertThat(append(one("after", "a", 2))).isEqualTo(new Appended(3));
        assertThat(commands()).containsExactly("before", "1", "1", "after");
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_batch_whose_outcome_was_lost_stands_whole_and_once(Fault fault) {
        line.spoil(fault);
        assertThat(store.append(List.of(one("1", "a", 0), one("2", "a", 1), one("3", "x", 7),
                one("4", "a", 2)), NOON)).containsExactly(new Appended(0), new Appended(1),
                        new StreamMoved("x"), new Appended(2));
        assertThat(commands()).containsExactly("1", "2", "4");
    }

    @Test
    void a_message_that_arrives_when_all_is_settled_changes_nothing() throws Exception {
        line.spoil(Fault.ARRIVE_LATE);
        assertThat(store.append(List.of(one("1", "a", 0), one("2", "a", 1)), NOON))
                .containsExactly(new Appended(0), new Appended(1));
        line.release();
        assertThat(commands()).containsExactly("1", "2");
        assertThat(append(one("3", "a", 2))).isEqualTo(new Appended(2));
    }

    @Test
    void where_another_node_came_first_meanwhile_the_commits_get_new_places_and_old_messages_none()
            throws Exception {
        line.spoil(Fault.ARRIVE_LATE);
        line.meanwhile(() -> other.append(List.of(one("theirs", "t", 0)), NOON));
        assertThat(store.append(List.of(one("1", "a", 0), one("2", "t", 0), one("3", "a", 1)),
                NOON)).containsExactly(new Appended(1), new StreamMoved("t"), new Appended(2));
        line.release();
        assertThat(commands()).containsExactly("theirs", "1", "3");
    }

    @Test
    void a_commit_that_another_node_carried_out_meanwhile_is_known() {
        line.spoil(Fault.DROP_REQUEST);
        line.meanwhile(() -> other.append(List.of(one("same", "a", 0)), NOON));
        assertThat(append(one("same", "a", 0))).isEqualTo(new CommandKnown(0));
        assertThat(commands()).containsExactly("same");
    }

    @Test
    void while_nothing_gets_through_the_outcome_is_called_unknown_and_settles_later() {
        store.close();
        store = server.over(line, folder.resolve("impatient.db"), Duration.ofMillis(1_500));
        line.spoilAll(Fault.DROP_REQUEST);
        assertThatThrownBy(() -> append(one("1", "a", 0)))
                .isInstanceOfSatisfying(LedgerFailure.class,
                        e -> assertThat(e.isOutcomeKnown()).isFalse());
        line.spoilAll(null);
        assertThat(append(one("1", "a", 0))).isEqualTo(new Appended(0));
        assertThat(commands()).containsExactly("1");
    }

    @Test
    void what_was_called_unknown_and_stands_is_known_when_it_is_sent_again() {
        store.close();
        store = server.over(line, folder.resolve("impatient.db"), Duration.ZERO);
        line.spoil(Fault.DROP_REPLY);
        Outcome first = null;
        try {
            first = append(one("1", "a", 0));
        } catch (LedgerFailure e) {
            assertThat(e.isOutcomeKnown()).isFalse();
        }
        assertThat(first).isIn(null, new Appended(0));
        assertThat(append(one("1", "a", 0))).isEqualTo(new CommandKnown(0));
    }

    @Test
    void without_a_database_nothing_is_written_and_it_is_said() throws Exception {
        append(one("1", "a", 0));
        line.close();
        assertThatThrownBy(() -> append(one("2", "a", 1)))
                .isInstanceOf(LedgerFailure.class);
        assertThat(commands()).containsExactly("1");
    }

    @Test
    void a_writer_that_is_asked_to_stop_finishes_and_stays_asked() {
        Thread.currentThread().interrupt();
        assertThat(append(one("1", "a", 0))).isEqualTo(new Appended(0));
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatever_happens_on_the_line_nothing_acknowledged_is_missing_and_nothing_is_twice(
            long seed) {
        Random random = new Random(seed);
        Map<String, Long> acknowledged = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            if (random.nextInt(3) == 0) {
                line.spoil(Fault.values()[random.nextInt(5)]);
            }
            if (random.nextInt(3) == 0) {
                keep(other, random, i + "-other", acknowledged);
            }
            keep(store, random, i + "-spoilt", acknowledged);
        }
        List<Entry> entries = standing();
        Map<String, Long> first = new HashMap<>();
        Map<String, Long> streams = new HashMap<>();
        for (Entry entry : entries) {
            first.putIfAbsent(EntryFormat.read(entry).commandId(), entry.position());
            assertThat(entry.position()).isEqualTo(entries.indexOf(entry));
            assertThat(entry.sequence()).isEqualTo(
                    streams.merge(entry.stream(), 0L, (n, _) -> n + 1));
        }
        assertThat(first).isEqualTo(acknowledged);
    }

    private static void keep(
            LedgerStore node, Random random, String name, Map<String, Long> acknowledged) {
        List<Commit> batch = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            String command = name + i;
            String stream = "s" + random.nextInt(3);
            long next = node.lastSequence(stream) + 1;
            batch.add(random.nextBoolean() ? one(command, stream, next)
                    : commit(command, draft(command, stream, next),
                            draft(command, stream, next + 1)));
        }
        List<Outcome> outcomes = node.append(batch, NOON);
        for (int i = 0; i < batch.size(); i++) {
            if (outcomes.get(i) instanceof Appended appended) {
                acknowledged.put(batch.get(i).commandId(), appended.position());
            }
        }
    }
}
