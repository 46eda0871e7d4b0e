package creditbank.witness;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.formats.Committed;
import creditbank.formats.KnownRandom;
import creditbank.proof.AddCheckpoint;
import creditbank.proof.Checkpoint;
import creditbank.proof.Hash;
import creditbank.proof.Note;
import creditbank.proof.SigningKey;
import creditbank.proof.VerifierKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness's files, questions and answers are what the page says they are, byte for byte. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WitnessFormatTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] LOG = HEX.parseHex(
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final byte[] WITNESS = HEX.parseHex(
            "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private static Hash leaf(int index) {
        return Hash.leaf(Hash.sha(("entry " + index).getBytes(StandardCharsets.UTF_8)).bytes());
    }

    @Test
    void what_is_asked_answered_and_remembered_is_what_the_page_shows() throws Exception {
        SigningKey log = new SigningKey(
                "bank.example.org/log", VerifierKey.Kind.ED25519, LOG);
        Hash two = Hash.node(leaf(0), leaf(1));
        Note older = log.sign(new Checkpoint("bank.example.org/log", 2, two).text());
        AddCheckpoint request = new AddCheckpoint(2, List.of(leaf(2)), log.sign(new Checkpoint(
                "bank.example.org/log", 3, Hash.node(two, leaf(2))).text()));
        try (Witness witness = new Witness(folder, folder.resolve("witness.key"),
                "witness.example.org", CLOCK, new KnownRandom(WITNESS), _ -> { })) {
            witness.trust(log.verifier(), URI.create("https://bank.example.org/log"));
            witness.add(new AddCheckpoint(0, List.of(), older));
            Answer answer = witness.add(request);
            isOnThePage(request.bytes());
            isOnThePage(answer.body());
            Answer fork = witness.add(new AddCheckpoint(0, List.of(), log.sign(new Checkpoint(
                    "bank.example.org/log", 3, Hash.node(two, leaf(3))).text())));
            Path kept = Objects.requireNonNull(((Answer.Forked) fork).kept());
            isOnThePage(Files.readAllBytes(kept));
            assertThat(Committed.page("witness.md")).contains(
                    "contradictions/" + kept.getFileName());
        }
        isOnThePage(Files.readAllBytes(folder.resolve("witness.key.origins")));
        isOnThePage(Files.readAllBytes(folder.resolve("witness.key")));
        isOnThePage(Files.readAllBytes(folder.resolve("watched/6e3a5c1213eb5f08.watched")));
        assertThat(Committed.page("witness.md")).contains("watched/6e3a5c1213eb5f08.watched");
    }

    private static void isOnThePage(byte[] text) throws Exception {
        assertThat(Committed.page("witness.md")).contains(
                "```\n" + new String(text, StandardCharsets.UTF_8) + "```\n");
    }
}
