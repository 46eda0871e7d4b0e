package creditbank.ledger.sqlite;

import static creditbank.ledger.Drafts.claim;
import static creditbank.ledger.Drafts.commit;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Recorded;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.Sector;
import creditbank.ledger.Drafts;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.Outcome;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while runs of the index go into their file all the time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledIndexTest {

    private static final int KILLS = 12;
    private static final int RUN = 3;
    private static final int STREAMS = 5;

    @TempDir
    Path folder;

    /** The killed process: writes without end and says each position that was acknowledged. */
    static final class Writer {

        private Writer() {
        }

        public static void main(String[] arguments) {
            try (LedgerStore store = open(Path.of(arguments[0]))) {
                while (true) {
                    long next = store.size();
                    String stream = "s" + next % STREAMS;
                    Outcome outcome = store.append(List.of(commit("c" + next, Drafts.draft(
                            "c" + next, stream, store.lastSequence(stream) + 1,
                            new InstitutionRegistered(new InstitutionId("some-college"), "某学院",
                                    Sector.VOCATIONAL, InstitutionKind.COLLEGE, null, null, null,
                                    next < 100 ? List.of(claim((int) next)) : List.of())))),
                            Instant.now()).getFirst();
                    System.out.println(next + " " + outcome.getClass().getSimpleName());
                }
            }
        }
    }

    private static LedgerStore open(Path folder) {
        return new SqliteLedgerStore(
                folder.resolve("ledger.db"), folder.resolve("index.db"), RUN);
    }

    @Test
    void whatever_was_acknowledged_is_in_the_index_as_the_entries_say() throws Exception {
        Random random = new Random(1);
        for (int kill = 0; kill < KILLS; kill++) {
            long acknowledged = letWriteAndKill(1 + random.nextInt(40));
            try (LedgerStore store = open(folder)) {
                assertThat(store.size()).isGreaterThan(acknowledged);
                Map<String, Long> last = new HashMap<>();
                for (Entry each : store.read(0)) {
                    Recorded entry = EntryFormat.read(each);
                    assertThat(entry.sequence())
                            .isEqualTo(last.getOrDefault(entry.stream(), -1L) + 1);
                    last.put(entry.stream(), entry.sequence());
                    assertThat(store.positionOfCommand(entry.commandId()))
                            .hasValue(entry.position());
                    entry.event().claims().forEach(taken -> assertThat(
                            store.positionOfClaim(taken.text())).hasValue(entry.position()));
                }
                last.forEach((stream, sequence) -> {
                    assertThat(store.lastSequence(stream)).isEqualTo(sequence);
                    assertThat(store.readStream(stream, 0)).hasSize((int) (sequence + 1));
                });
            }
        }
    }

    /** Answers the last position that was acknowledged. */
    private long letWriteAndKill(int lines) throws Exception {
        Process writer = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"),
                Writer.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        long acknowledged = -1;
        try (BufferedReader said = writer.inputReader()) {
            for (int i = 0; i < lines; i++) {
                String line = said.readLine();
                assertThat(line).endsWith(" Appended");
                acknowledged = Long.parseLong(line.substring(0, line.indexOf(' ')));
            }
        } finally {
            writer.toHandle().destroyForcibly();
            writer.waitFor();
        }
        return acknowledged;
    }
}
