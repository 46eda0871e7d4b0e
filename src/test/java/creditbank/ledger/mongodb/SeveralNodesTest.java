package creditbank.ledger.mongodb;

import static creditbank.ledger.Drafts.claim;
import static creditbank.ledger.Drafts.commit;
import static creditbank.ledger.Drafts.draft;
import static creditbank.ledger.Drafts.freeing;
import static creditbank.ledger.Drafts.one;
import static creditbank.ledger.Drafts.taking;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Recorded;
import creditbank.api.value.Claim;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.Outcome;
import creditbank.ledger.Outcome.Appended;
import creditbank.ledger.Outcome.ClaimTaken;
import creditbank.ledger.Outcome.CommandKnown;
import creditbank.ledger.Outcome.StreamMoved;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes, each with a connection and an index of its own, on one ledger. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(180)
class SeveralNodesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T04:00:00.123456Z");
    private static final int NODES = 3;

    @TempDir
    Path folder;

    private final MongoServers server = new MongoServers();
    private final List<LedgerStore> nodes = new ArrayList<>();

    private LedgerStore node() {
        LedgerStore node = new MongoLedgerStore(server.database(), "bank-of-tests",
                folder.resolve("index-" + nodes.size() + ".db"));
        nodes.add(node);
        return node;
    }

    @AfterEach
    void leaveNothing() {
        nodes.forEach(LedgerStore::close);
        server.close();
    }

    private static Outcome append(LedgerStore node, Commit commit) {
        return node.append(List.of(commit), NOON).getFirst();
    }

    @Test
    void a_node_writes_behind_what_another_has_written_without_having_looked() {
        LedgerStore left = node();
        LedgerStore right = node();
        assertThat(append(left, one("1", "a", 0))).isEqualTo(new Appended(0));
        assertThat(append(right, commit("2", draft("2", "b", 0), draft("2", "b", 1))))
                .isEqualTo(new Appended(1));
        assertThat(append(left, one("3", "a", 1))).isEqualTo(new Appended(3));
        assertThat(right.read(0, 9)).extracting(Entry::position).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void what_another_node_has_written_stands_in_the_way_of_what_is_at_odds_with_it() {
        LedgerStore left = node();
        LedgerStore right = node();
        append(left, commit("1", taking("1", "a", 0, claim(1))));
        assertThat(append(right, one("1", "z", 0))).isEqualTo(new CommandKnown(0));
        assertThat(append(left, one("2", "a", 1))).isEqualTo(new Appended(1));
        assertThat(append(right, one("3", "a", 1))).isEqualTo(new StreamMoved("a"));
        assertThat(append(right, commit("4", taking("4", "b", 0, claim(1)))))
                .isEqualTo(new ClaimTaken(claim(1), 0));
    }

    @Test
    void what_another_node_has_set_free_is_free_at_once() {
        LedgerStore left = node();
        LedgerStore right = node();
        append(left, commit("1", taking("1", "a", 0, claim(1))));
        assertThat(append(right, commit("2", taking("2", "b", 0, claim(1)))))
                .isEqualTo(new ClaimTaken(claim(1), 0));
        append(left, commit("3", freeing("3", "a", 1, claim(1))));
        assertThat(append(right, commit("2", taking("2", "b", 0, claim(1)))))
                .isEqualTo(new Appended(2));
    }

    @Test
    void the_time_never_goes_back_where_the_clock_of_another_node_is_behind() {
        LedgerStore left = node();
        LedgerStore right = node();
        left.append(List.of(one("1", "a", 0)), NOON);
        right.append(List.of(one("2", "b", 0)), NOON.minusSeconds(3_600));
        assertThat(left.read(0, 9)).extracting(e -> EntryFormat.recordedAt(e.bytes()))
                .containsExactly(NOON, NOON);
    }

    @Test
    void who_waits_for_an_entry_is_told_when_another_node_has_written_it() throws Exception {
        LedgerStore left = node();
        LedgerStore right = node();
        try (Ledger ledger = new Ledger(left, () -> NOON);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Boolean> waiting = threads.submit(
                    () -> ledger.awaitEntryAt(0, Duration.ofSeconds(60)));
            append(right, one("1", "a", 0));
            assertThat(waiting.get()).isTrue();
            assertThat(ledger.reader().lastSequence("a")).isZero();
        }
    }

    @Test
    void nodes_that_write_at_once_leave_no_hole_and_lose_and_double_nothing() throws Exception {
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        List<Callable<Void>> work = new ArrayList<>();
        for (int n = 0; n < NODES; n++) {
            LedgerStore node = node();
            Random random = new Random(n);
            work.add(() -> {
                for (int round = 0; round < 80; round++) {
                    writeSomething(node, random, acknowledged);
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(NODES)) {
            for (Future<Void> each : threads.invokeAll(work)) {
                each.get();
            }
        }
        LedgerStore fresh = node();
        List<Entry> entries = fresh.read(0, 10_000);
        assertThat(entries).hasSize((int) fresh.size());
        assertThat(consistentCommands(entries)).isEqualTo(acknowledged);
        for (LedgerStore node : nodes) {
            // The last thing that a node does before it refuses is to look.
            assertThat(append(node, one("never", "nowhere", 7)))
                    .isEqualTo(new StreamMoved("nowhere"));
            assertThat(node.size()).isEqualTo(entries.size());
            for (int i = 0; i < 4; i++) {
                assertThat(node.readStream("s" + i, 0, 10_000)).extracting(Entry::position)
                        .isEqualTo(fresh.readStream("s" + i, 0, 10_000).stream()
                                .map(Entry::position).toList());
            }
        }
    }

    /** Few streams, claims and commands, so that the nodes get in each other's way. */
    private static void writeSomething(
            LedgerStore node, Random random, Map<String, Long> acknowledged) {
        List<Commit> batch = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            String command = "c" + random.nextInt(2_000);
            List<Draft> drafts = new ArrayList<>();
            for (int d = 0; d <= random.nextInt(3); d++) {
                String stream = "s" + (random.nextInt(4) + d) % 4;
                long next = node.lastSequence(stream) + 1;
                Claim claim = claim(random.nextInt(5));
                boolean held = node.positionOfClaim(claim.text()).isPresent();
                drafts.add(random.nextInt(3) == 0 ? draft(command, stream, next)
                        : held ? freeing(command, stream, next, claim)
                        : taking(command, stream, next, claim));
            }
            batch.add(new Commit(command, drafts, random.nextInt(4) == 0
                    ? Map.of("s0", node.lastSequence("s0")) : Map.of()));
        }
        List<Outcome> outcomes = node.append(batch, NOON);
        for (int i = 0; i < batch.size(); i++) {
            switch (outcomes.get(i)) {
                case Appended appended -> assertThat(acknowledged.put(
                        batch.get(i).commandId(), appended.position())).isNull();
                case CommandKnown known -> assertThat(known.position()).isNotNegative();
                case StreamMoved _, ClaimTaken _, Outcome.ClaimNotHeld _ -> {
                    // The other nodes, or an earlier commit of the batch, stood in the way.
                }
                case Outcome.TooLarge large -> throw new AssertionError(large);
            }
        }
    }

    /** The position of each command; fails where the entries are at odds with each other. */
    private static Map<String, Long> consistentCommands(List<Entry> entries) {
        Map<String, Long> commands = new HashMap<>();
        Map<String, Long> streams = new HashMap<>();
        Map<String, Long> claims = new HashMap<>();
        String before = "";
        for (Entry entry : entries) {
            Recorded recorded = EntryFormat.read(entry);
            assertThat(entry.position()).isEqualTo(
                    streams.values().stream().mapToLong(n -> n + 1).sum());
            assertThat(entry.sequence()).isEqualTo(
                    streams.merge(entry.stream(), 0L, (n, _) -> n + 1));
            if (!recorded.commandId().equals(before)) {
                assertThat(commands.put(recorded.commandId(), entry.position())).isNull();
            }
            before = recorded.commandId();
            recorded.event().releases().forEach(
                    c -> assertThat(claims.remove(c.text())).isNotNull());
            recorded.event().claims().forEach(
                    c -> assertThat(claims.put(c.text(), entry.position())).isNull());
        }
        return commands;
    }
}
