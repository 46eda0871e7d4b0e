package creditbank.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.formats.Committed;
import creditbank.formats.KnownRandom;
import creditbank.ledger.Ledger;
import creditbank.proof.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log's files are what the page says they are, byte for byte. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogFormatTest {

    private static final byte[] SEED = HexFormat.of().parseHex(
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    @TempDir
    Path folder;

    @Test
    void the_log_of_three_entries_is_the_committed_one() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path keys = Files.createDirectory(folder.resolve("keys"));
        MadeUpLedger store = MadeUpLedger.of(3);
        try (Ledger ledger = store.ledger(); PublishedLog log = new PublishedLog(
                ledger, data, keys, "bank.example.org/log", new KnownRandom(SEED))) {
            log.start();
            assertThat(log.awaitPublished(3, Duration.ofSeconds(30))).isTrue();
            isCommitted("log.key", keys.resolve("log.key"));
            isCommitted("log.checkpoint", keys.resolve("log.checkpoint"));
            isCommitted("log.checkpoint", data.resolve("log/checkpoint"));
            isCommitted("entry-1.tlog-proof", Files.write(
                    folder.resolve("proof"), log.proof(1).bytes()));
            assertThat(hex(log.entries(0, 2))).isEqualTo("0020" + record(0) + "0020" + record(1));
            assertThat(hex(log.tile(0, 0, 1))).isEqualTo(hex(Hash.leaf(
                    HexFormat.of().parseHex(record(0))).bytes()));
        }
        assertThat(hex(Files.readAllBytes(data.resolve("log/records"))))
                .isEqualTo(record(0) + record(1) + record(2));
        assertThat(Committed.page("log.md")).contains(record(0).substring(0, 6));
        assertThat(names(data.resolve("log")))
                .containsExactlyInAnyOrder("records", "level-1", "checkpoint");
        assertThat(names(keys)).containsExactlyInAnyOrder("log.key", "log.checkpoint")
                .allSatisfy(name -> assertThat(Committed.page("keys-folder.md")).contains(name));
    }

    private static Stream<String> names(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(f -> f.getFileName().toString()).toList().stream();
        }
    }

    private static String record(int position) {
        return hex(Hash.sha(("entry " + position).getBytes(StandardCharsets.UTF_8)).bytes());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static void isCommitted(String name, Path written) throws IOException {
        String text = Files.readString(written);
        assertThat(text).isEqualTo(Committed.text("log/" + name));
        assertThat(Committed.page("log.md")).contains(text.stripTrailing());
    }
}
