package creditbank.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Bank;
import creditbank.Sample;
import creditbank.audit.Verification.Check;
import creditbank.audit.Verification.Outcome;
import creditbank.audit.evidence.Entries;
import creditbank.audit.evidence.Evidence;
import creditbank.audit.evidence.Selection;
import creditbank.ledger.Entry;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.sqlite.SqliteLedgerRows;
import creditbank.projections.Projection;
import creditbank.proof.Note;
import creditbank.proof.VerifierKey;
import creditbank.publishing.PublishedLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drills of {@code docs/trust.md}: somebody who holds the disk edits the files of a real bank,
 * each time as well as they can, and each test says who notices by which check, and who does not.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class TamperingDrillsTest {

    /** Entries 0 to 9 last week, and 10 to 13 since. */
    private static final int WEEK = 10;
    private static final int ALL = 14;

    @TempDir
    static Path made;

    /** What an auditor has from elsewhere. */
    private static VerifierKey key;
    private static Note kept;

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    @BeforeAll
    static void a_bank_and_its_copy_of_last_week() throws Exception {
        PublishedBank.business(made);
        PublishedBank.copy(made.resolve("data"), made.resolve("week"));
        kept = Note.parse(Files.readAllBytes(made.resolve("data/log/checkpoint")));
        PublishedBank.more(made, ALL - WEEK);
        key = LogFolder.verifierKey(made.resolve("keys"));
    }

    @BeforeEach
    void a_copy_of_it() throws IOException {
        PublishedBank.copy(made.resolve("data"), folder.resolve("data"));
        PublishedBank.copy(made.resolve("keys"), folder.resolve("keys"));
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Over how many entries the checkpoint was that the publisher served last. */
    private long served;

    // ------------------------------------------------------------------ who could notice

    /** {@code creditbank verify} with the folder alone: what does not hold, or was not checked. */
    private Set<String> verify() {
        return verify(folder.resolve("keys"), Known.NOTHING);
    }

    /** {@code creditbank verify --verifier-key --checkpoint}. */
    private Set<String> auditor() {
        return verify(folder.resolve("keys"), new Known(key, List.of(), kept));
    }

    private Set<String> verify(@Nullable Path keys, Known known) {
        List<Check> checks = new ArrayList<>(new Verification(
                data(), Projection.all(), ZoneOffset.UTC, Locale.ENGLISH)
                .verify(scratch, (_, _) -> { }).checks());
        checks.addAll(LogCheck.of(data(), keys, known, Locale.ENGLISH, (_, _) -> { }));
        Set<String> failed = new TreeSet<>();
        checks.stream().filter(c -> c.outcome() == Outcome.DOES_NOT_HOLD)
                .forEach(c -> failed.add(c.name()));
        return failed;
    }

    /** A bank that starts and serves: answers why its publisher signs nothing, if so. */
    private @Nullable String publisher() throws InterruptedException {
        try (Bank bank = Sample.open(folder)) {
            PublishedLog log = bank.publish(Sample.LOG);
            assertThat(log.awaitPublished(Long.MAX_VALUE, Duration.ofSeconds(2))).isFalse();
            served = log.publishedSize();
            return log.halted();
        }
    }

    private void assertRefusesToSign(String why) throws InterruptedException {
        assertThat(publisher()).isNotNull().contains(why);
    }

    private void assertSignsOn() throws InterruptedException {
        assertThat(publisher()).isNull();
    }

    // ------------------------------------------------------------------ what is done

    private void sql(String file, String... statements) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + data().resolve(file));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                assertThat(statement.executeUpdate(each)).as(each).isNotZero();
            }
        }
    }

    /** With the checksum that belongs to it. */
    private void write(long position, String from, String to) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + data().resolve("ledger.db"))) {
            byte[] before;
            try (var row = connection.createStatement().executeQuery(
                    "SELECT bytes FROM entries WHERE position = " + position)) {
                before = row.getBytes(1);
            }
            String text = new String(before, StandardCharsets.UTF_8);
            String changed = text.replace(from, to);
            assertThat(changed).isNotEqualTo(text);
            byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE entries SET bytes = ?, checksum = ? WHERE position = ?")) {
                update.setBytes(1, bytes);
                update.setLong(2, crc.getValue());
                update.setLong(3, position);
                assertThat(update.executeUpdate()).isEqualTo(1);
            }
        }
    }

    /** What is made of the ledger, and made again by whoever opens it. */
    private void deleteWhatIsMadeOfTheLedger() throws IOException {
        Files.delete(data().resolve("index.db"));
        Files.delete(data().resolve("views.db"));
    }

    private void delete(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    // ------------------------------------------------------------------ the drills

    @Test
    void without_any_of_it_everything_holds_and_the_bank_signs_on() throws Exception {
        assertThat(auditor()).isEmpty();
        assertSignsOn();
    }

    @Test
    void one_byte_of_an_entry_is_noticed_by_its_checksum_and_by_whoever_reads_it()
            throws Exception {
        sql("ledger.db", "UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT),"
                + " '4.50', '9.50') AS BLOB) WHERE position = 2");
        assertThat(verify()).contains("entries", "log-records", "log-checkpoint/keys");
        try (Bank bank = Sample.open(folder)) {
            assertThatThrownBy(() -> bank.ledger().reader().read(2, 1))
                    .isInstanceOf(LedgerFailure.class).hasMessageContaining("position 2");
        }
    }

    @Test
    void one_byte_with_its_checksum_and_without_the_views_is_noticed_by_the_log_alone()
            throws Exception {
        write(2, "\"4.50\"", "\"9.50\"");
        deleteWhatIsMadeOfTheLedger();
        assertThat(verify()).containsExactlyInAnyOrder(
                "log-records", "log-checkpoint/log", "log-checkpoint/keys");
        // The bank reads again only the last entry that was signed for.
        assertSignsOn();
        assertThat(verify()).contains("log-records");
        assertThatThrownBy(() -> bundle(new Selection.Range(0, 5)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("position 2");
        bundle(new Selection.Range(3, 5));
    }

    private Path bundle(Selection selection) throws IOException {
        Path zip = folder.resolve("bundle.zip");
        try (LedgerRows ledger = new SqliteLedgerRows(
                        data().resolve("ledger.db"), data().resolve("index.db"));
                OutputStream out = Files.newOutputStream(zip)) {
            Evidence.gather(selection, Entries.of(ledger), new LogFolder(data()), key, null)
                    .writeTo(out);
        }
        return zip;
    }

    @Test
    void a_dropped_last_entry_is_noticed_by_the_publisher_and_by_verify() throws Exception {
        sql("ledger.db", "DELETE FROM entries WHERE position = " + (ALL - 1));
        deleteWhatIsMadeOfTheLedger();
        assertThat(verify()).containsExactlyInAnyOrder(
                "log-records", "log-checkpoint/log", "log-checkpoint/keys");
        // What was kept last week is of entries that still stand.
        assertThat(auditor()).doesNotContain("log-checkpoint/kept");
        assertRefusesToSign("was cut off");
    }

    @Test
    void a_dropped_entry_in_the_middle_is_noticed_by_the_hole() throws Exception {
        sql("ledger.db", "DELETE FROM entries WHERE position = 3");
        assertThat(auditor()).contains("positions", "log-records", "log-checkpoint/kept");
    }

    @Test
    void two_entries_that_change_places_are_noticed() throws Exception {
        sql("ledger.db", "UPDATE entries SET position = -1 WHERE position = 2",
                "UPDATE entries SET position = 2 WHERE position = 7",
                "UPDATE entries SET position = 7 WHERE position = -1");
        deleteWhatIsMadeOfTheLedger();
        assertThat(auditor()).contains("times", "log-records", "log-checkpoint/kept");
    }

    @Test
    void a_gap_closed_by_new_numbers_is_noticed_by_the_log_and_by_sequences() throws Exception {
        // The last record of the third learner but one: 11 goes, and 12 and 13 move up.
        sql("ledger.db", "DELETE FROM entries WHERE position = 11",
                "UPDATE entries SET position = position - 1 WHERE position = 12",
                "UPDATE entries SET position = position - 1 WHERE position = 13");
        deleteWhatIsMadeOfTheLedger();
        assertThat(verify()).contains("sequences", "log-records", "log-checkpoint/keys");
        assertRefusesToSign("was cut off");
    }

    @Test
    void an_inserted_entry_is_noticed_by_all_that_come_behind_it() throws Exception {
        sql("ledger.db", "UPDATE entries SET position = -1 - position WHERE position > 5",
                "UPDATE entries SET position = -position WHERE position < 0",
                "INSERT INTO entries SELECT 6, stream, sequence, checksum, bytes FROM entries"
                        + " WHERE position = 5");
        deleteWhatIsMadeOfTheLedger();
        assertThat(auditor()).contains("commands", "log-records", "log-checkpoint/kept");
        assertRefusesToSign("not the one");
    }

    @Test
    void last_weeks_copy_is_noticed_by_the_checkpoint_beside_the_key() throws Exception {
        delete(data());
        PublishedBank.copy(made.resolve("week"), data());
        assertThat(verify()).containsExactly("log-checkpoint/keys");
        // Without the keys folder it is a sound bank of last week; who kept a newer checkpoint
        // knows better.
        assertThat(verify(null, Known.NOTHING)).isEmpty();
        Note newest = Note.parse(Files.readAllBytes(made.resolve("data/log/checkpoint")));
        assertThat(verify(null, new Known(key, List.of(), newest)))
                .containsExactly("log-checkpoint/kept");
        assertRefusesToSign("restored from an older copy");
    }

    @Test
    void a_forgery_of_the_whole_ledger_is_noticed_by_the_checkpoint_beside_the_key()
            throws Exception {
        forgeEverything();
        assertThat(verify()).containsExactlyInAnyOrder(
                "log-records", "log-checkpoint/log", "log-checkpoint/keys");
        delete(data().resolve("log"));
        assertRefusesToSign("not those that a checkpoint was signed for");
    }

    @Test
    void a_forgery_signed_with_the_banks_own_key_is_noticed_by_a_checkpoint_that_was_kept()
            throws Exception {
        forgeEverything();
        delete(data().resolve("log"));
        Files.delete(folder.resolve("keys/log.checkpoint"));
        try (Bank bank = Sample.open(folder)) {
            bank.follower().catchUp(_ -> { });
            PublishedBank.publish(bank);
        }
        // The bank, its files and a bundle of it are sound: there is nothing in them to notice.
        assertThat(verify()).isEmpty();
        Path bundle = bundle(new Selection.Range(0, ALL - 1));
        Known keyAlone = new Known(key, List.of(), null);
        assertThat(new BundleVerification(bundle, keyAlone, Locale.ENGLISH)
                .verify((_, _) -> { }).holds()).isTrue();
        // An auditor who kept last week's checkpoint notices; so does a witness, for all others.
        assertThat(auditor()).containsExactly("log-checkpoint/kept");
        Note newest = Note.parse(Files.readAllBytes(made.resolve("data/log/checkpoint")));
        assertThat(new BundleVerification(bundle, new Known(key, List.of(), newest),
                Locale.ENGLISH).verify((_, _) -> { }).check("bundle-consistency").sentence())
                .contains("signed two histories");
        assertThatThrownBy(() -> Evidence.gather(new Selection.Range(0, 0), NO_ENTRIES,
                new LogFolder(data()), key, kept)).hasMessageContaining("two histories");
    }

    private static final Entries NO_ENTRIES = new Entries() {
        @Override
        public List<Long> positions(String stream, int most) {
            return List.of();
        }

        @Override
        public Optional<Entry> at(long position) {
            return Optional.empty();
        }

        @Override
        public OptionalLong erasedAt(String stream) {
            return OptionalLong.empty();
        }
    };

    /** Another history of the same length that is sound by itself. */
    private void forgeEverything() throws Exception {
        write(2, "\"4.50\"", "\"9.50\"");
        deleteWhatIsMadeOfTheLedger();
        try (Bank bank = Sample.open(folder)) {
            bank.follower().catchUp(_ -> { });
        }
        assertThat(new Verification(data(), Projection.all(), ZoneOffset.UTC, Locale.ENGLISH)
                .verify(scratch, (_, _) -> { }).holds()).isTrue();
    }

    @Test
    void an_edited_view_is_noticed_by_verify_and_changes_nothing_that_is_signed()
            throws Exception {
        sql("views.db", "DELETE FROM institutions_1");
        assertThat(auditor()).containsExactly("views/institutions");
        assertSignsOn();
    }

    @Test
    void an_old_checkpoint_put_back_changes_nothing_that_was_signed_since() throws Exception {
        Path checkpoint = data().resolve("log/checkpoint");
        Files.copy(made.resolve("week/log/checkpoint"), checkpoint,
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify()).isEmpty();
        assertSignsOn();
        assertThat(served).isEqualTo(ALL);
        // In both places, with last week's ledger, the bank itself cannot know better.
        delete(data());
        PublishedBank.copy(made.resolve("week"), data());
        Files.copy(made.resolve("week/log/checkpoint"),
                folder.resolve("keys/log.checkpoint"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify()).isEmpty();
        assertSignsOn();
        Note newest = Note.parse(Files.readAllBytes(made.resolve("data/log/checkpoint")));
        assertThat(verify(null, new Known(key, List.of(), newest)))
                .containsExactly("log-checkpoint/kept");
    }

    @Test
    void an_edited_tree_is_noticed_and_made_again() throws Exception {
        Path records = data().resolve("log/records");
        byte[] bytes = Files.readAllBytes(records);
        bytes[40] ^= 1;
        Files.write(records, bytes);
        assertThat(verify()).containsExactly("log-records");
        assertSignsOn();
        assertThat(verify()).isEmpty();
    }

    @Test
    void an_edited_hash_above_the_records_is_noticed() throws Exception {
        PublishedBank.more(folder, 256);
        Path level = data().resolve("log/level-1");
        byte[] bytes = Files.readAllBytes(level);
        bytes[0] ^= 1;
        Files.write(level, bytes);
        assertThat(auditor()).containsExactly("log-tree");
    }

    @Test
    void a_tree_that_is_gone_could_not_be_checked() throws Exception {
        delete(data().resolve("log"));
        List<Check> checks = LogCheck.of(
                data(), null, Known.NOTHING, Locale.ENGLISH, (_, _) -> { });
        assertThat(checks).isNotEmpty().allSatisfy(
                c -> assertThat(c.outcome()).isEqualTo(Outcome.NOT_CHECKED));
        assertThat(Objects.requireNonNull(checks.getFirst()).sentence()).contains("records");
    }
}
