package creditbank.ledger.sqlite;

import static creditbank.ledger.Drafts.claim;
import static creditbank.ledger.Drafts.commit;
import static creditbank.ledger.Drafts.draft;
import static creditbank.ledger.Drafts.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AchievementId;
import creditbank.api.account.Deposit;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.Claim;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Entry;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.MemoryLedgerStore;
import creditbank.ledger.Outcome;
import creditbank.ledger.Outcome.Appended;
import creditbank.ledger.sqlite.IndexFile.Covered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    private static Draft taking(String command, String stream, long sequence, Claim... claims) {
        return draft(command, stream, sequence, new InstitutionRegistered(
                new InstitutionId("some-college"), "某学院", Sector.VOCATIONAL,
                InstitutionKind.COLLEGE, null, null, List.of(claims)));
    }

    private static Draft freeing(String command, String stream, long sequence, Claim... claims) {
        return draft(command, stream, sequence, new AchievementRevoked(
                new AchievementId(new LearnerId("7K3M9Q2HX4T8W1ZC"), 2),
                new InstitutionId("some-college"), new Deposit(Sector.VOCATIONAL, Credits.of("4.50", CreditUnit.CN), null), LocalDate.EPOCH,
                List.of(claims)));
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
}
