package creditbank.ledger.sqlite;

import static creditbank.ledger.Drafts.claim;
import static creditbank.ledger.Drafts.commit;
import static creditbank.ledger.Drafts.draft;
import static creditbank.ledger.Drafts.freeing;
import static creditbank.ledger.Drafts.one;
import static creditbank.ledger.Drafts.taking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.value.Claim;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Entry;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.MemoryLedgerStore;
import creditbank.ledger.Outcome;
import creditbank.ledger.Outcome.Appended;
import creditbank.ledger.index.IndexFile;
import creditbank.ledger.index.IndexFile.Covered;
import creditbank.ledger.index.Recent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the index when runs go into its file, and when that file goes its own ways. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SqliteLedgerIndexTest {

    private static final Instant NOON = Instant.parse("2026-11-22T04:00:00.123456Z");
    private static final int RUN = 3;

    @TempDir
    Path folder;

    private final List<LedgerStore> opened = new ArrayList<>();

    private Path ledger() {
        return folder.resolve("ledger.db");
    }

    private Path index() {
        return folder.resolve("index.db");
    }

    private LedgerStore open() {
        LedgerStore store = new SqliteLedgerStore(ledger(), index(), RUN);
        opened.add(store);
        return store;
    }

    @AfterEach
    void closeAll() {
        opened.forEach(LedgerStore::close);
    }

    /** Mostly a commit that can stand behind what stands, but often enough one that cannot. */
    private static Commit random(Random random, LedgerStore standing, int number) {
        String command = "c" + (random.nextInt(5) == 0 ? random.nextInt(number + 1) : number);
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String stream = "s" + (random.nextInt(4) + i) % 4;
            long sequence = standing.lastSequence(stream) + (random.nextInt(12) == 0 ? 0 : 1);
            Claim claim = claim(random.nextInt(6));
            boolean held = standing.positionOfClaim(claim.text()).isPresent();
            boolean sensibly = random.nextInt(8) != 0;
            drafts.add(random.nextInt(3) == 0 ? draft(command, stream, sequence)
                    : held == sensibly ? freeing(command, stream, sequence, claim)
                    : taking(command, stream, sequence, claim));
        }
        return new Commit(command, drafts,
                random.nextInt(4) == 0 ? Map.of("s0", standing.lastSequence("s0")) : Map.of());
    }

    // ------------------------------------------------------------------ what is told

    @Test
    void an_index_that_is_made_anew_for_more_than_two_seconds_is_told_of() throws Exception {
        try (LedgerStore store = open()) {
            store.append(IntStream.range(0, 6 * RUN).mapToObj(i -> one("c" + i, "s", i)).toList(),
                    NOON);
        }
        delete("index.db");
        List<String> told = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is held open.
            }
        };
        Logger log = Logger.getLogger(SqliteLedgerStore.class.getName());
        log.addHandler(handler);
        // Each run of three entries takes a second and a tenth.
        AtomicLong millis = new AtomicLong();
        try (LedgerStore again = new SqliteLedgerStore(ledger(), index(), RUN,
                () -> NOON.plusMillis(millis.getAndAdd(1_100)))) {
            assertThat(again.size()).isEqualTo(6 * RUN);
        } finally {
            log.removeHandler(handler);
        }
        assertThat(told).first().asString()
                .isEqualTo("Making the index of the ledger: 6 of 18 entries");
    }

    // ------------------------------------------------------------------ the same answers

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_happens_to_the_index_answers_are_those_of_memory(long seed)
            throws Exception {
        Random random = new Random(seed);
        LedgerStore model = new MemoryLedgerStore(new MemoryLedgerStore.Disk());
        LedgerStore store = open();
        Path older = Files.createDirectory(folder.resolve("older"));
        int appended = 0;
        for (int number = 0; number < 120; number++) {
            int first = number;
            List<Commit> batch = IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(i -> random(random, model, first)).toList();
            List<Outcome> outcomes = store.append(batch, NOON);
            assertThat(outcomes).as("batch " + number).isEqualTo(model.append(batch, NOON));
            appended += (int) outcomes.stream().filter(Appended.class::isInstance).count();
            switch (random.nextInt(25)) {
                case 0 -> store = reopened(store);
                case 1 -> {
                    store.close();
                    delete("index.db");
                    store = open();
                }
                case 2 -> {
                    store.close();
                    copy(folder, older, "index.db");
                    store = open();
                }
                case 3 -> {
                    if (Files.exists(older.resolve("index.db"))) {
                        store.close();
                        copy(older, folder, "index.db");
                        store = open();
                    }
                }
                default -> { }
            }
            assertSameAnswers(store, model);
        }
        assertThat(appended).isGreaterThan(60);
    }

    private static void assertSameAnswers(LedgerStore store, LedgerStore model) {
        assertThat(store.size()).isEqualTo(model.size());
        for (int i = 0; i < 4; i++) {
            String stream = "s" + i;
            assertThat(store.lastSequence(stream)).isEqualTo(model.lastSequence(stream));
            assertThat(positions(store, stream, 0, 1_000))
                    .isEqualTo(positions(model, stream, 0, 1_000));
            assertThat(positions(store, stream, 2, 3)).isEqualTo(positions(model, stream, 2, 3));
        }
        for (int i = 0; i < 6; i++) {
            assertThat(store.positionOfClaim(claim(i).text()))
                    .isEqualTo(model.positionOfClaim(claim(i).text()));
        }
        for (int i = 0; i < 40; i++) {
            assertThat(store.positionOfCommand("c" + i)).isEqualTo(model.positionOfCommand("c" + i));
        }
    }

    private static List<Long> positions(LedgerStore store, String stream, long from, int limit) {
        return store.readStream(stream, from, limit).stream().map(Entry::position).toList();
    }

    private LedgerStore reopened(LedgerStore store) {
        store.close();
        return open();
    }

    private void delete(String file) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve(file + suffix));
        }
    }

    private static void copy(Path from, Path to, String file) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            if (Files.exists(from.resolve(file + suffix))) {
                Files.copy(from.resolve(file + suffix), to.resolve(file + suffix),
                        StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(to.resolve(file + suffix));
            }
        }
    }

    // ------------------------------------------------------------------ files

    private long covered() {
        try (IndexFile file = new IndexFile(index())) {
            Covered covered = file.covered();
            return covered == null ? 0 : covered.entries();
        }
    }

    @Test
    void closing_leaves_nothing_in_memory() {
        LedgerStore store = open();
        store.append(List.of(one("1", "a", 0)), NOON);
        store.close();
        assertThat(covered()).isEqualTo(1);
    }

    @Test
    void a_ledger_whose_process_ended_at_once_is_taken_up_from_what_the_file_covers()
            throws Exception {
        LedgerStore store = open();
        store.append(List.of(commit("1", taking("1", "a", 0, claim(1)))), NOON);
        Path copied = Files.createDirectory(folder.resolve("copied"));
        copy(folder, copied, "ledger.db");
        copy(folder, copied, "index.db");
        try (LedgerStore again = new SqliteLedgerStore(
                copied.resolve("ledger.db"), copied.resolve("index.db"), RUN)) {
            assertThat(again.positionOfCommand("1")).hasValue(0);
            assertThat(again.positionOfClaim(claim(1).text())).hasValue(0);
            assertThat(again.lastSequence("a")).isZero();
        }
    }

    @Test
    void an_index_of_a_longer_ledger_or_of_another_one_is_refused_with_what_to_do()
            throws Exception {
        LedgerStore store = open();
        store.append(List.of(one("1", "a", 0), one("2", "b", 0)), NOON);
        store.close();
        Path other = Files.createDirectory(folder.resolve("other"));
        for (List<Commit> commits : List.of(List.of(one("1", "a", 0)),
                List.of(one("1", "a", 0), one("2", "b", 0)))) {
            copy(folder, other, "index.db");
            delete("ledger.db");
            delete("index.db");
            LedgerStore shorter = open();
            shorter.append(commits, NOON);
            shorter.close();
            copy(other, folder, "index.db");
            assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("made from 2 entries that are not those of the ledger,"
                            + " which holds " + commits.size())
                    .hasMessageContaining("delete index.db and views.db");
        }
    }

    @Test
    void while_the_file_cannot_be_written_commands_go_on_until_memory_holds_all_it_may()
            throws Exception {
        LedgerStore store = open();
        int accepted = 0;
        try (Connection elsewhere = DriverManager.getConnection("jdbc:sqlite:" + index());
                Statement statement = elsewhere.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                while (accepted < 100) {
                    store.append(List.of(one("c" + accepted, "a", accepted)), NOON);
                    accepted++;
                }
            } catch (LedgerFailure e) {
                assertThat(e).hasMessageContaining("index.db");
            }
            statement.execute("ROLLBACK");
        }
        // One run on its way into the file, and four that grew behind it.
        assertThat(accepted).isEqualTo(5 * RUN);
        assertThat(store.size()).isEqualTo(accepted);
        assertThat(store.append(List.of(one("c" + accepted, "a", accepted)), NOON))
                .containsExactly(new Appended(accepted));
        store.close();
        assertThat(covered()).isEqualTo(accepted + 1);
    }

    @Test
    void a_ledger_that_kept_its_indexes_itself_is_opened_and_keeps_its_entries_alone()
            throws Exception {
        LedgerStore store = open();
        store.append(List.of(commit("1", taking("1", "a", 0, claim(1)))), NOON);
        store.close();
        delete("index.db");
        inLedger("CREATE TABLE commands (command TEXT PRIMARY KEY, position INTEGER NOT NULL)"
                + " STRICT, WITHOUT ROWID",
                "CREATE TABLE claims (claim TEXT PRIMARY KEY, position INTEGER NOT NULL)"
                        + " STRICT, WITHOUT ROWID",
                "ALTER TABLE entries RENAME TO kept",
                "CREATE TABLE entries (position INTEGER PRIMARY KEY, stream TEXT NOT NULL,"
                        + " sequence INTEGER NOT NULL, checksum INTEGER NOT NULL,"
                        + " bytes BLOB NOT NULL, UNIQUE (stream, sequence)) STRICT",
                "INSERT INTO entries SELECT * FROM kept", "DROP TABLE kept",
                "INSERT INTO commands VALUES ('1', 0)");
        LedgerStore again = open();
        assertThat(again.positionOfClaim(claim(1).text())).hasValue(0);
        assertThat(again.append(List.of(one("1", "b", 0), one("2", "a", 1)), NOON))
                .containsExactly(new Outcome.CommandKnown(0), new Appended(1));
    }

    private void inLedger(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger());
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    // ------------------------------------------------------------------ what must never be

    @Test
    void a_command_keeps_the_position_of_its_first_entry_wherever_runs_end() throws Exception {
        LedgerStore store = open();
        for (int i = 0; i < 6; i++) {
            store.append(List.of(commit("c" + i, draft("c" + i, "a", 2 * i),
                    draft("c" + i, "a", 2 * i + 1))), NOON);
        }
        for (int again = 0; again < 3; again++) {
            store.close();
            if (again == 1) {
                delete("index.db");
            }
            store = open();
            for (int i = 0; i < 6; i++) {
                assertThat(store.positionOfCommand("c" + i)).hasValue(2 * i);
            }
        }
    }

    @Test
    void a_stream_is_never_read_with_a_hole_or_with_an_entry_of_another() throws Exception {
        LedgerStore store = open();
        store.append(List.of(one("1", "a", 0), one("2", "b", 0), one("3", "a", 1),
                one("4", "a", 2)), NOON);
        inLedger("DELETE FROM entries WHERE position = 2");
        assertThatThrownBy(() -> store.readStream("a", 0, 10)).isInstanceOf(LedgerFailure.class)
                .hasMessageContaining("Position 2").hasMessageContaining("the entry 1 of a");
        inLedger("UPDATE entries SET position = 2 WHERE position = 1");
        assertThatThrownBy(() -> store.readStream("a", 0, 10)).isInstanceOf(LedgerFailure.class)
                .hasMessageContaining("does not hold the entry 1 of a");
    }

    @Test
    void a_store_closes_although_its_index_cannot_be_written() throws Exception {
        LedgerStore store = open();
        try (Connection elsewhere = DriverManager.getConnection("jdbc:sqlite:" + index());
                Statement statement = elsewhere.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (int i = 0; i < 2 * RUN; i++) {
                store.append(List.of(one("c" + i, "a", i)), NOON);
            }
            store.close();
            statement.execute("ROLLBACK");
        }
        LedgerStore again = open();
        assertThat(again.lastSequence("a")).isEqualTo(2 * RUN - 1);
        assertThat(again.positionOfCommand("c0")).hasValue(0);
    }

    @Test
    void a_run_is_taken_in_once_however_often_it_is_sent_and_never_out_of_turn() {
        try (IndexFile file = new IndexFile(index())) {
            Recent first = new Recent(0);
            first.add("a", 0, "c", List.of(), List.of(claim(1)));
            file.takeIn(first, "id");
            file.takeIn(first, "id");
            assertThat(file.<Long>ask(q -> q.lastSequence("a"))).isZero();
            Recent later = new Recent(2);
            later.add("a", 2, "d", List.of(), List.of());
            assertThatThrownBy(() -> file.takeIn(later, "id"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("covers 1 entries");
        }
    }

    @Test
    void what_was_added_in_part_can_be_added_again() {
        Recent run = new Recent(0);
        run.add("a", 0, "c", List.of(), List.of(claim(1)));
        run.add("a", 1, "d", List.of(), List.of());
        Recent growing = new Recent(0);
        growing.add(run);
        growing.add(run);
        assertThat(growing.streams().values()).singleElement().satisfies(tail -> {
            assertThat(tail.positions()).containsExactly(0, 1);
            assertThat(tail.last()).isEqualTo(1);
        });
    }

    @Test
    void readers_find_all_that_stands_while_runs_go_into_the_file() throws Exception {
        LedgerStore store = open();
        AtomicBoolean writing = new AtomicBoolean(true);
        List<Throwable> problems = new CopyOnWriteArrayList<>();
        List<Thread> readers = IntStream.range(0, 3).mapToObj(i -> Thread.ofPlatform()
                .uncaughtExceptionHandler((_, e) -> problems.add(e)).start(() -> {
                    while (writing.get()) {
                        long before = store.size();
                        for (String stream : List.of("s0", "s1", "s2")) {
                            long last = store.lastSequence(stream);
                            assertThat(store.readStream(stream, 0, 10_000))
                                    .hasSizeGreaterThan((int) last);
                        }
                        if (before > 0) {
                            assertThat(store.positionOfCommand("c" + (before - 1)))
                                    .hasValue(before - 1);
                        }
                    }
                })).toList();
        for (int i = 0; i < 300; i++) {
            store.append(List.of(one("c" + i, "s" + i % 3, i / 3)), NOON);
        }
        writing.set(false);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(problems).isEmpty();
    }
}
