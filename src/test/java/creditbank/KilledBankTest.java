package creditbank;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.api.account.SealedIdentity;
import creditbank.audit.Verification;
import creditbank.audit.Verification.Outcome;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.sqlite.SqliteLedgerRows;
import creditbank.projections.Projection;
import creditbank.proof.Checkpoint;
import creditbank.proof.Hash;
import creditbank.proof.Note;
import creditbank.publishing.PublishedLog;
import creditbank.store.Cursor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledBankTest {

    /** {@code -Dcreditbank.kills=5} for a hurried machine. */
    private static final int ROUNDS = Integer.getInteger("creditbank.kills", 50);
    private static final int ROUNDS_BETWEEN_VERIFICATIONS = 5;

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Map<Long, Checkpoint> signed = new TreeMap<>();

    @Test
    void a_bank_that_is_killed_keeps_every_acknowledged_command_exactly_once() throws Exception {
        long seed = System.nanoTime();
        System.out.println("KilledBankTest: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            letWorkAndKill(round, 1 + random.nextInt(300), random.nextInt(30));
            everyAcknowledgedCommandStandsWhereItWasSaidTo();
            remember("data/log/checkpoint");
            remember("keys/log.checkpoint");
            if (round % ROUNDS_BETWEEN_VERIFICATIONS == ROUNDS_BETWEEN_VERIFICATIONS - 1) {
                nothingIsHalfWritten();
                everyLearnerCanBeReadOrIsErased();
                theLogBeginsWithEverythingThatWasEverSigned();
            }
        }
        System.out.println("KilledBankTest: " + ROUNDS + " kills, " + acknowledged.size()
                + " commands acknowledged");
    }

    private void letWorkAndKill(int round, int acknowledgements, int millisMore)
            throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process bank = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"),
                BusyBank.class.getName(), folder.toString(), Integer.toString(round))
                .redirectError(errors.toFile()).start();
        List<String> lines = new ArrayList<>();
        Semaphore heard = new Semaphore(0);
        Thread listener = Thread.ofPlatform().start(() -> listen(bank, lines, heard));
        try {
            assertThat(heard.tryAcquire(acknowledgements, 60, TimeUnit.SECONDS))
                    .as(() -> "the bank works: " + lines + text(errors)).isTrue();
            // Anywhere within what it is doing; not a wait for anything.
            Thread.sleep(millisMore);
        } finally {
            // By its handle: the process itself would close what was said and not yet heard.
            bank.toHandle().destroyForcibly();
            bank.waitFor();
            listener.join();
        }
        for (String line : lines) {
            assertThat(line).as(() -> text(errors)).doesNotStartWith("failed");
            String[] words = line.split(" ");
            Long before = acknowledged.putIfAbsent(words[0], Long.valueOf(words[1]));
            assertThat(before).as("a command sent again gets its first answer")
                    .isIn(null, Long.valueOf(words[1]));
        }
    }

    private static void listen(Process bank, List<String> lines, Semaphore heard) {
        try (BufferedReader out = bank.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.endsWith(" .")) {
                    lines.add(line);
                    heard.release();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever somebody may have fetched before the bank was killed. */
    private void remember(String file) throws IOException {
        Path checkpoint = folder.resolve(file);
        if (Files.exists(checkpoint)) {
            Note note = Note.parse(Files.readAllBytes(checkpoint));
            Checkpoint said = Checkpoint.parse(note.text());
            Checkpoint before = signed.putIfAbsent(said.size(), said);
            assertThat(said).as("two checkpoints of one size").isEqualTo(
                    before == null ? said : before);
        }
    }

    private void theLogBeginsWithEverythingThatWasEverSigned() throws Exception {
        try (Bank bank = Sample.open(folder)) {
            PublishedLog log = bank.publish(Sample.LOG);
            assertThat(log.awaitPublished(
                    bank.ledger().reader().size(), Duration.ofMinutes(1)))
                    .as(log.halted()).isTrue();
            Checkpoint now = Checkpoint.open(
                    Note.parse(log.checkpoint()), log.verifierKey());
            assertThat(signed).isNotEmpty();
            for (Checkpoint each : signed.values()) {
                assertThat(each.size() == 0 || log.consistency(each.size(), now.size())
                        .holds(each.root(), now.root())).as(each.text()).isTrue();
            }
            long last = now.size() - 1;
            assertThat(log.proof(last).verify(log.verifierKey(), Hash.leaf(Hash.sha(
                    bank.ledger().reader().read(last, 1).getFirst().bytes()).bytes())))
                    .isEqualTo(now);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void everyAcknowledgedCommandStandsWhereItWasSaidTo() {
        Map<String, Long> standing = new HashMap<>();
        Path data = folder.resolve("data");
        try (SqliteLedgerRows ledger = new SqliteLedgerRows(
                        data.resolve("ledger.db"), data.resolve("index.db"));
                Cursor<LedgerRows.Row> rows = ledger.entries()) {
            for (LedgerRows.Row row = rows.next(); row != null; row = rows.next()) {
                String command = EntryFormat.read(row.entry()).commandId();
                assertThat(standing.putIfAbsent(command, row.entry().position()))
                        .as("before " + command).isNull();
            }
        }
        assertThat(standing).containsAllEntriesOf(acknowledged);
    }

    private void nothingIsHalfWritten() {
        Verification.Report report = new Verification(
                folder.resolve("data"), Projection.all(), ZoneOffset.UTC, Locale.ENGLISH)
                .verify(scratch, (_, _) -> { });
        assertThat(report.checks()).allSatisfy(check ->
                assertThat(check.outcome()).as(check.sentence()).isEqualTo(Outcome.HOLDS));
    }

    private void everyLearnerCanBeReadOrIsErased() {
        try (Bank bank = Sample.open(folder)) {
            Map<LearnerId, SealedIdentity> learners = new HashMap<>();
            Set<LearnerId> erased = new HashSet<>();
            for (Entry entry : bank.ledger().reader().read(0)) {
                switch (EntryFormat.read(entry).event()) {
                    case AccountOpened e -> learners.put(e.learner(), e.identity());
                    case LearnerErased e -> erased.add(e.learner());
                    default -> {
                        // Says nothing about who can be read.
                    }
                }
            }
            assertThat(learners).isNotEmpty();
            learners.forEach((learner, identity) -> assertThat(bank.sealing().open(
                    learner, PersonalField.IDENTITY_DOCUMENT_NUMBER, identity.documentNumber())
                    .isPresent()).as(learner.text()).isEqualTo(!erased.contains(learner)));
        }
    }
}
