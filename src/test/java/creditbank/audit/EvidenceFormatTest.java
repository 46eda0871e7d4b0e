package creditbank.audit;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Sample;
import creditbank.api.account.LearnerId;
import creditbank.audit.evidence.Entries;
import creditbank.audit.evidence.Evidence;
import creditbank.audit.evidence.Selection;
import creditbank.formats.Committed;
import creditbank.ledger.Entry;
import creditbank.proof.Checkpoint;
import creditbank.proof.GrowingTree;
import creditbank.proof.Hash;
import creditbank.proof.LogReader;
import creditbank.proof.Note;
import creditbank.proof.SigningKey;
import creditbank.proof.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle is what its page says, file by file and byte by byte. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EvidenceFormatTest {

    private static final List<String> LEDGER = List.of("institution.registered",
            "account.opened", "achievement.recorded", "account.restricted");

    private static final SigningKey KEY = new SigningKey(Sample.LOG, VerifierKey.Kind.ED25519,
            HexFormat.of().parseHex(
                    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

    @TempDir
    Path folder;

    /** The first three are signed for; the fourth is too late. */
    private static final Entries ENTRIES = new Entries() {
        @Override
        public List<Long> positions(String stream, int most) {
            return LongStream.range(0, LEDGER.size())
                    .filter(p -> at(p).orElseThrow().stream().equals(stream)).boxed().toList();
        }

        @Override
        public Optional<Entry> at(long position) {
            byte[] bytes = Committed.text("events/" + LEDGER.get((int) position) + ".json")
                    .stripTrailing().getBytes(StandardCharsets.UTF_8);
            return Optional.of(new Entry(position, position == 0
                    ? "institution/dandong-tech" : "learner/7K3M9Q2HX4T8W1ZC", 0, bytes));
        }

        @Override
        public OptionalLong erasedAt(String stream) {
            return OptionalLong.of(7);
        }
    };

    private static final LogReader LOG = new LogReader() {
        @Override
        public byte[] checkpoint() {
            return signed(3).bytes();
        }

        @Override
        public byte[] tile(int level, long index, int width) {
            ByteArrayOutputStream leaves = new ByteArrayOutputStream();
            for (int i = 0; i < width; i++) {
                leaves.writeBytes(leaf(i).bytes());
            }
            return leaves.toByteArray();
        }

        @Override
        public byte[] entries(long index, int width) {
            throw new UnsupportedOperationException();
        }
    };

    private static Hash leaf(int position) {
        return Hash.leaf(Hash.sha(ENTRIES.at(position).orElseThrow().bytes()).bytes());
    }

    private static Note signed(int size) {
        GrowingTree tree = new GrowingTree();
        for (int i = 0; i < size; i++) {
            tree.add(leaf(i));
        }
        return KEY.sign(new Checkpoint(Sample.LOG, size, tree.root()).text());
    }

    @Test
    void the_bundle_of_two_entries_is_the_committed_one() throws Exception {
        Path zip = folder.resolve("bundle.zip");
        try (OutputStream out = Files.newOutputStream(zip)) {
            Evidence.gather(new Selection.Learner(new LearnerId("7K3M9Q2HX4T8W1ZC")), ENTRIES,
                    LOG, KEY.verifier(), signed(1)).writeTo(out);
        }
        List<String> names = new ArrayList<>();
        String page = Committed.page("evidence-bundle.md");
        try (ZipFile files = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : files.stream().map(ZipEntry.class::cast).toList()) {
                String name = entry.getName();
                String text = new String(
                        files.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                names.add(name);
                assertThat(text).as(name).isEqualTo(Committed.text("evidence/" + name));
                assertThat(page).contains(name.replaceFirst("/[0-9]+", "/<position>"));
                if (!name.startsWith("proofs/") && !name.equals("README.txt")
                        && !name.equals("entries.ndjson")) {
                    assertThat(page.replace("\r\n", "\n")).as(name).contains(
                            text.replace("\r\n", "\n").replace("\ufeff", "").stripTrailing());
                }
            }
        }
        assertThat(names).containsExactly("README.txt", "bundle.json", "verifier-key",
                "checkpoint", "since-checkpoint", "consistency", "entries.ndjson", "records.txt",
                "entries.csv", "proofs/1.tlog-proof", "proofs/2.tlog-proof", "SHA256SUMS");
        assertThat(new BundleVerification(zip, new Known(KEY.verifier(), List.of(), signed(1)),
                Locale.ENGLISH).verify((_, _) -> { }).checks())
                .extracting(Verification.Check::name, Verification.Check::outcome)
                .allSatisfy(c -> assertThat(c.toList().getLast())
                        .isEqualTo(c.toList().getFirst().equals("bundle-erasures")
                                ? Verification.Outcome.NOT_CHECKED
                                : Verification.Outcome.HOLDS));
    }
}
