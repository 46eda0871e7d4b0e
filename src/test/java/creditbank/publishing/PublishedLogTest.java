package creditbank.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.ledger.Ledger;
import creditbank.proof.Checkpoint;
import creditbank.proof.Hash;
import creditbank.proof.Note;
import creditbank.proof.TilePath;
import creditbank.proof.TlogProof;
import creditbank.proof.Tree;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublishedLogTest {

    private static final String ORIGIN = "bank.example/log";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Random RANDOM = new Random(20261130);

    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private Path keys() {
        return folder.resolve("keys");
    }

    private PublishedLog log(Ledger ledger, String origin) {
        return new PublishedLog(ledger, data(), keys(), origin, new SecureRandom());
    }

    private PublishedLog log(Ledger ledger) {
        return log(ledger, ORIGIN);
    }

    private void makeFolders() throws IOException {
        Files.createDirectories(data());
        Files.createDirectories(keys());
    }

    /** Follows until all is published, and answers the checkpoint. */
    private Checkpoint published(MadeUpLedger store) throws Exception {
        makeFolders();
        try (Ledger ledger = store.ledger(); PublishedLog log = log(ledger)) {
            log.start();
            assertThat(log.awaitPublished(store.size(), LONG)).as(log.halted()).isTrue();
            assertThat(log.halted()).isNull();
            Checkpoint checkpoint = Checkpoint.open(Note.parse(log.checkpoint()),
                    log.verifierKey());
            assertThat(checkpoint.size()).isEqualTo(store.size());
            return checkpoint;
        }
    }

    /** Follows until it is halted, and answers why. */
    private String halted(MadeUpLedger store) throws Exception {
        try (Ledger ledger = store.ledger(); PublishedLog log = log(ledger)) {
            log.start();
            assertThat(log.awaitPublished(Long.MAX_VALUE, LONG)).isFalse();
            return Objects.requireNonNull(log.halted());
        }
    }

    // ------------------------------------------------------------------ publishing

    @Test
    void an_empty_ledger_has_a_checkpoint_too() throws Exception {
        assertThat(published(new MadeUpLedger()))
                .isEqualTo(new Checkpoint(ORIGIN, 0, Hash.EMPTY));
    }

    @Test
    void new_entries_are_signed_for_within_a_second_and_every_proof_holds() throws Exception {
        makeFolders();
        MadeUpLedger store = MadeUpLedger.of(700);
        try (Ledger ledger = store.ledger(); PublishedLog log = log(ledger)) {
            log.start();
            assertThat(log.awaitPublished(700, LONG)).isTrue();
            List<Checkpoint> seen = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                store.append(ledger);
                assertThat(log.awaitPublished(701 + i, LONG)).isTrue();
                seen.add(Objects.requireNonNull(log.published()).checkpoint());
            }
            Checkpoint last = seen.getLast();
            for (long position : new long[] {0, 255, 256, 700, 704}) {
                TlogProof proof = TlogProof.parse(log.proof(position).bytes());
                byte[] record = Hash.sha(store.read(position, 1).getFirst().bytes()).bytes();
                assertThat(proof.verify(log.verifierKey(), Hash.leaf(record))).isEqualTo(last);
                assertThat(proof.extra()).isEqualTo(record);
            }
            for (Checkpoint each : seen) {
                assertThat(log.consistency(each.size(), last.size())
                        .holds(each.root(), last.root())).isTrue();
            }
            assertThat(new Tree(log, last.size()).root()).isEqualTo(last.root());
        }
    }

    @Test
    void what_is_not_published_cannot_be_asked_for() throws Exception {
        makeFolders();
        MadeUpLedger store = MadeUpLedger.of(300);
        try (Ledger ledger = store.ledger(); PublishedLog log = log(ledger)) {
            assertThatThrownBy(log::checkpoint).isInstanceOf(NullPointerException.class);
            log.start();
            assertThat(log.awaitPublished(300, LONG)).isTrue();
            assertThat(log.entries(1, 44)).hasSize(44 * 34);
            assertThatIllegalArgumentException().isThrownBy(() -> log.entries(1, 45));
            assertThatIllegalArgumentException().isThrownBy(() -> log.tile(0, 1, 45));
            assertThatIllegalArgumentException().isThrownBy(() -> log.tile(1, 0, 2));
            assertThatIllegalArgumentException().isThrownBy(
                    () -> log.tile(TilePath.ENTRIES - 1, 0, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> log.proof(300));
            assertThatIllegalArgumentException().isThrownBy(() -> log.consistency(0, 300));
            assertThatIllegalArgumentException().isThrownBy(() -> log.consistency(1, 301));
        }
    }

    // ------------------------------------------------------------------ restarts and crashes

    @Test
    void a_restart_goes_on_without_reading_the_old_entries_again() throws Exception {
        Checkpoint before = published(MadeUpLedger.of(5_000));
        MadeUpLedger store = MadeUpLedger.of(5_010);
        Checkpoint after = published(store);
        assertThat(store.firstRead()).as("the last entry is looked at, and what is new")
                .isEqualTo(4_999);
        assertThat(after.root()).isNotEqualTo(before.root());
    }

    @RepeatedTest(15)
    void files_cut_anywhere_lead_to_the_same_tree() throws Exception {
        MadeUpLedger store = MadeUpLedger.of(1 + RANDOM.nextInt(1_500));
        Checkpoint before = published(store);
        for (String name : List.of("records", "level-1")) {
            Path file = data().resolve("log").resolve(name);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(RANDOM.nextLong(channel.size() + 1));
            }
        }
        assertThat(published(store)).isEqualTo(before);
        store.grow(RANDOM.nextInt(600));
        Checkpoint after = published(store);
        assertThat(after.root()).isEqualTo(store.root(0, (int) store.size()));
    }

    @Test
    void a_tree_that_is_gone_or_damaged_is_made_again_from_the_ledger() throws Exception {
        MadeUpLedger store = MadeUpLedger.of(2_000);
        Checkpoint before = published(store);
        try (Stream<Path> files = Files.list(data().resolve("log"))) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        assertThat(published(store)).isEqualTo(before);
        Path records = data().resolve("log/records");
        byte[] changed = Files.readAllBytes(records);
        changed[changed.length - 1] ^= 1;
        Files.write(records, changed);
        assertThat(published(store)).isEqualTo(before);
    }

    @Test
    void a_crash_between_the_two_checkpoints_loses_neither() throws Exception {
        MadeUpLedger store = MadeUpLedger.of(10);
        published(store);
        byte[] older = Files.readAllBytes(data().resolve("log/checkpoint"));
        store.grow(10);
        Checkpoint newer = published(store);
        Files.write(data().resolve("log/checkpoint"), older);
        assertThat(published(store)).isEqualTo(newer);
        Files.write(keys().resolve("log.checkpoint"), older);
        assertThat(published(store)).isEqualTo(newer);
    }

    @Test
    void what_was_published_can_be_read_while_nothing_can_be_written() throws Exception {
        makeFolders();
        MadeUpLedger store = MadeUpLedger.of(300);
        try (Ledger ledger = store.ledger(); PublishedLog log = log(ledger)) {
            log.start();
            assertThat(log.awaitPublished(300, LONG)).isTrue();
            // A folder with something in it, where a file has to be put: no disk takes that.
            Path file = data().resolve("log/checkpoint");
            Files.delete(file);
            Files.createDirectories(file.resolve("in-the-way"));
            store.append(ledger);
            assertThat(log.awaitPublished(301, Duration.ofSeconds(2))).isFalse();
            assertThat(log.publishedSize()).isEqualTo(300);
            assertThat(log.proof(299).index()).isEqualTo(299);
            Files.delete(file.resolve("in-the-way"));
            Files.delete(file);
            assertThat(log.awaitPublished(301, LONG)).isTrue();
            assertThat(log.halted()).isNull();
        }
    }

    // ------------------------------------------------------------------ at odds

    @Test
    void a_ledger_that_became_shorter_is_not_signed_for() throws Exception {
        published(MadeUpLedger.of(700));
        byte[] signed = Files.readAllBytes(keys().resolve("log.checkpoint"));
        assertThat(halted(MadeUpLedger.of(699))).contains("699", "700");
        assertThat(Files.readAllBytes(keys().resolve("log.checkpoint"))).isEqualTo(signed);
    }

    @Test
    void the_whole_data_folder_of_last_week_is_noticed_by_what_lies_beside_the_key()
            throws Exception {
        published(MadeUpLedger.of(500));
        byte[] week = Files.readAllBytes(data().resolve("log/checkpoint"));
        byte[] records = Files.readAllBytes(data().resolve("log/records"));
        published(MadeUpLedger.of(700));
        Files.write(data().resolve("log/checkpoint"), week);
        Files.write(data().resolve("log/records"), records);
        assertThat(halted(MadeUpLedger.of(500))).contains("500", "700");
    }

    @Test
    void a_ledger_that_went_another_way_is_not_signed_for_however_long_it_is() throws Exception {
        published(MadeUpLedger.of(700));
        MadeUpLedger forged = new MadeUpLedger(
                position -> position == 600 ? "another" : "entry " + position);
        forged.grow(900);
        Files.delete(data().resolve("log/records"));
        assertThat(halted(forged)).contains("700");
    }

    @Test
    void a_changed_last_entry_is_noticed_without_reading_the_ledger() throws Exception {
        published(MadeUpLedger.of(700));
        MadeUpLedger forged = new MadeUpLedger(
                position -> position == 699 ? "another" : "entry " + position);
        forged.grow(900);
        assertThat(halted(forged)).contains("699");
    }

    @Test
    void what_was_published_is_still_told_while_nothing_is_signed() throws Exception {
        Checkpoint before = published(MadeUpLedger.of(700));
        MadeUpLedger shorter = MadeUpLedger.of(600);
        try (Ledger ledger = shorter.ledger(); PublishedLog log = log(ledger)) {
            log.start();
            assertThat(log.awaitPublished(701, LONG)).isFalse();
            assertThat(log.halted()).isNotNull();
            assertThat(Objects.requireNonNull(log.published()).checkpoint()).isEqualTo(before);
            assertThat(log.proof(650).verify(log.verifierKey(), Hash.leaf(Hash.sha(
                    "entry 650".getBytes(StandardCharsets.UTF_8)).bytes())))
                    .isEqualTo(before);
        }
    }

    @Test
    void a_checkpoint_beside_the_key_that_is_not_its_own_stops_the_signing() throws Exception {
        MadeUpLedger store = MadeUpLedger.of(10);
        published(store);
        Files.writeString(keys().resolve("log.checkpoint"), "damaged");
        assertThat(halted(store)).contains("log.checkpoint");
    }

    // ------------------------------------------------------------------ the key

    @Test
    void of_a_size_that_was_signed_for_or_a_smaller_one_nothing_else_is_signed() throws Exception {
        makeFolders();
        LogKey key = LogKey.open(
                keys(), ORIGIN, data().resolve("none"), new SecureRandom());
        LogKey other = LogKey.open(
                keys(), ORIGIN, data().resolve("none"), new SecureRandom());
        MadeUpLedger store = MadeUpLedger.of(400);
        Checkpoint smaller = new Checkpoint(ORIGIN, 300, store.root(0, 300));
        Checkpoint larger = new Checkpoint(ORIGIN, 400, store.root(0, 400));
        key.sign(smaller);
        Note kept = other.sign(larger);
        for (Checkpoint next : List.of(smaller, new Checkpoint(ORIGIN, 400, smaller.root()))) {
            assertThatThrownBy(() -> key.sign(next)).isInstanceOf(IOException.class)
                    .hasMessageContaining("another bank");
        }
        assertThat(key.lastSigned()).isEqualTo(kept);
        assertThat(key.sign(larger)).isEqualTo(kept);
        key.sign(new Checkpoint(ORIGIN, 401, larger.root()));
    }

    /** Such as by a copy of the keys on another machine, whose checkpoint was brought here. */
    @Test
    void what_another_bank_has_signed_with_the_key_meanwhile_stops_the_signing() throws Exception {
        makeFolders();
        MadeUpLedger store = MadeUpLedger.of(300);
        try (Ledger ledger = store.ledger(); PublishedLog log = log(ledger)) {
            log.start();
            assertThat(log.awaitPublished(300, LONG)).isTrue();
            MadeUpLedger another = MadeUpLedger.of(400);
            LogKey.open(keys(), ORIGIN, data().resolve("none"), new SecureRandom())
                    .sign(new Checkpoint(ORIGIN, 400, another.root(0, 400)));
            byte[] signed = Files.readAllBytes(keys().resolve("log.checkpoint"));
            store.append(ledger);
            assertThat(log.awaitPublished(Long.MAX_VALUE, LONG)).isFalse();
            assertThat(log.halted()).contains("301", "400");
            assertThat(Files.readAllBytes(keys().resolve("log.checkpoint"))).isEqualTo(signed);
        }
    }

    @Test
    void the_key_is_made_once_and_for_one_origin() throws Exception {
        MadeUpLedger store = MadeUpLedger.of(1);
        published(store);
        List<String> lines = Files.readAllLines(keys().resolve("log.key"));
        assertThat(VerifierKey.parse(lines.get(1)).name()).isEqualTo(ORIGIN);
        published(store);
        assertThat(Files.readAllLines(keys().resolve("log.key"))).isEqualTo(lines);
        try (Ledger ledger = store.ledger()) {
            assertThatThrownBy(() -> log(ledger, "other.example/log"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("creditbank.log.origin")
                    .hasMessageContaining(ORIGIN);
        }
    }

    @Test
    void a_log_that_nobody_named_has_a_name_that_no_other_has() throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Files.deleteIfExists(keys().resolve("log.key"));
            makeFolders();
            try (Ledger ledger = new MadeUpLedger().ledger();
                    PublishedLog first = log(ledger, "");
                    PublishedLog again = log(ledger, "")) {
                assertThat(again.verifierKey().name()).isEqualTo(first.verifierKey().name())
                        .matches("[0-9a-f]{16}\\.localhost/log");
                names.add(first.verifierKey().name());
            }
        }
        assertThat(names).hasSize(3);
    }

    @Test
    void a_key_that_is_gone_is_not_quietly_replaced() throws Exception {
        MadeUpLedger store = MadeUpLedger.of(1);
        published(store);
        Files.delete(keys().resolve("log.key"));
        try (Ledger ledger = store.ledger()) {
            assertThatThrownBy(() -> log(ledger)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("log.key");
        }
    }

    @Test
    void a_damaged_key_is_told_without_its_content() throws Exception {
        MadeUpLedger store = MadeUpLedger.of(1);
        published(store);
        Path file = keys().resolve("log.key");
        String text = Files.readString(file);
        try (Ledger ledger = store.ledger()) {
            for (String damaged : List.of("", text.substring(3), text + text,
                    text.substring(0, text.indexOf('\n') + 1))) {
                Files.writeString(file, damaged);
                assertThatThrownBy(() -> log(ledger)).isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("log.key")
                        .hasMessageNotContaining(text.substring(60, 90));
            }
        }
    }

    @Test
    void an_origin_is_an_address_without_scheme() throws Exception {
        makeFolders();
        try (Ledger ledger = new MadeUpLedger().ledger()) {
            for (String origin : List.of(" ", "https://bank.example/log", "bank.example/log/",
                    "bank example", "bank+log", "/log", "x".repeat(201))) {
                assertThatThrownBy(() -> log(ledger, origin)).as(origin)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("creditbank.log.origin");
            }
        }
    }
}
