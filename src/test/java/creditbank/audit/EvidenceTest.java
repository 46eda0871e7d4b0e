package creditbank.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Bank;
import creditbank.Sample;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.audit.Verification.Check;
import creditbank.audit.Verification.Outcome;
import creditbank.audit.Verification.Report;
import creditbank.audit.evidence.Entries;
import creditbank.audit.evidence.Evidence;
import creditbank.audit.evidence.Selection;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.sqlite.SqliteLedgerRows;
import creditbank.proof.Hash;
import creditbank.proof.Note;
import creditbank.proof.SigningKey;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles of evidence, and what their verifier says of whole and of changed ones. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the fields are made before all tests
class EvidenceTest {

    @TempDir
    static Path bank;

    private static Note older;
    private static VerifierKey key;
    private static LearnerId first;
    private static LearnerId erased;

    @TempDir
    Path folder;

    @BeforeAll
    static void ten_entries_and_a_checkpoint_over_the_first() throws Exception {
        try (Bank open = Sample.open(bank)) {
            Sample.register(open);
            PublishedBank.publish(open);
        }
        older = Note.parse(Files.readAllBytes(bank.resolve("data/log/checkpoint")));
        try (Bank open = Sample.open(bank)) {
            Sample.business(open);
            PublishedBank.publish(open);
            List<String> streams = open.ledger().reader().read(0, 20).stream()
                    .map(e -> e.stream().replace("learner/", "")).toList();
            first = new LearnerId(streams.get(1));
            erased = new LearnerId(streams.getLast());
        }
        key = LogFolder.verifierKey(bank.resolve("keys"));
    }

    private Path bundle(Selection selection, @Nullable Note since) throws IOException {
        Path zip = Files.createTempFile(folder, "bundle", ".zip");
        try (LedgerRows ledger = new SqliteLedgerRows(
                        bank.resolve("data/ledger.db"), bank.resolve("data/index.db"));
                OutputStream out = Files.newOutputStream(zip)) {
            Evidence.gather(selection, Entries.of(ledger), new LogFolder(bank.resolve("data")),
                    key, since).writeTo(out);
        }
        return zip;
    }

    private Path ofLearner() throws IOException {
        return bundle(new Selection.Learner(first), null);
    }

    private static Report verify(Path zip, Known known) {
        return new BundleVerification(zip, known, Locale.ENGLISH).verify((_, _) -> { });
    }

    private static Report verify(Path zip) {
        return verify(zip, new Known(key, List.of(), null));
    }

    private static Map<String, Outcome> failed(Report report) {
        return report.checks().stream().filter(c -> c.outcome() != Outcome.HOLDS)
                .collect(Collectors.toMap(Check::name, Check::outcome));
    }

    private static void assertFails(Report report, String name, String sentence) {
        assertThat(failed(report)).containsOnlyKeys(name);
        assertThat(report.check(name).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(report.check(name).sentence()).contains(sentence);
    }

    // ------------------------------------------------------------------ changed bundles

    private static Map<String, byte[]> files(Path zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipFile from = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : from.stream().map(ZipEntry.class::cast).toList()) {
                files.put(entry.getName(), from.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(Objects.requireNonNull(files.get(name)), StandardCharsets.UTF_8);
    }

    private static void change(
            Map<String, byte[]> files, String name, UnaryOperator<String> change) {
        String before = text(files, name);
        String after = change.apply(before);
        assertThat(after).as(name).isNotEqualTo(before);
        files.put(name, after.getBytes(StandardCharsets.UTF_8));
    }

    /** As a forger does who knows the form: with the right sums. */
    private Path summed(Map<String, byte[]> files) throws IOException {
        StringBuilder sums = new StringBuilder();
        files.remove("SHA256SUMS");
        files.forEach((name, bytes) -> sums.append(hex(bytes)).append("  ")
                .append(name).append('\n'));
        files.put("SHA256SUMS", sums.toString().getBytes(StandardCharsets.UTF_8));
        return zip(files);
    }

    private Path zip(Map<String, byte[]> files) throws IOException {
        Path zip = Files.createTempFile(folder, "changed", ".zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        return zip;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(Hash.sha(bytes).bytes());
    }

    private static String without(String text, int line, String end) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split(end)));
        lines.remove(line);
        return String.join(end, lines) + end;
    }

    // ------------------------------------------------------------------ whole ones

    @Test
    void a_bundle_of_an_account_holds_without_the_bank() throws Exception {
        Report report = verify(ofLearner());
        assertThat(failed(report)).isEmpty();
        assertThat(report.check("bundle-selection").sentence()).contains(
                "learner/" + first.text(), "from sequence 0 to 5");
        assertThat(report.check("bundle-proofs").sentence()).contains("All 6 entries stand");
        assertThat(report.check("bundle-erasures").sentence())
                .contains("Fields of one learner are sealed; no key");
    }

    @Test
    void a_bundle_of_a_range_and_one_of_an_institution_hold() throws Exception {
        Report range = verify(bundle(new Selection.Range(0, 9), null));
        assertThat(failed(range)).isEmpty();
        assertThat(range.check("bundle-selection").sentence()).contains("from 0 to 9");
        assertThat(failed(verify(bundle(new Selection.Institution(
                new InstitutionId(Sample.COLLEGE)), null)))).isEmpty();
    }

    @Test
    void the_same_entries_make_the_same_bytes() throws Exception {
        assertThat(ofLearner()).hasSameBinaryContentAs(ofLearner());
    }

    @Test
    void an_open_bank_makes_the_bundle_that_its_files_make() throws Exception {
        Path copy = folder.resolve("copy");
        PublishedBank.copy(bank, copy);
        Path zip = folder.resolve("open.zip");
        try (Bank open = Sample.open(copy); OutputStream out = Files.newOutputStream(zip)) {
            Evidence.gather(new Selection.Learner(erased), Entries.of(open.ledger().reader()),
                    new LogFolder(copy.resolve("data")), key, null).writeTo(out);
        }
        assertThat(zip).hasSameBinaryContentAs(bundle(new Selection.Learner(erased), null));
    }

    @Test
    void the_table_says_what_is_sealed_and_what_is_erased() throws Exception {
        Path zip = bundle(new Selection.Learner(erased), null);
        assertThat(text(files(zip), "entries.csv")).startsWith("\ufeffposition,recordedAt,type,")
                .contains("data.identity.name").contains(",9\r\n");
        Report report = verify(zip);
        assertThat(failed(report)).isEmpty();
        assertThat(report.check("bundle-erasures").sentence())
                .contains("the key of one was destroyed");
    }

    @Test
    void an_erasure_outside_of_the_bundle_is_the_banks_word() throws Exception {
        Report report = verify(bundle(new Selection.Range(7, 8), null));
        assertThat(failed(report)).containsExactly(
                Map.entry("bundle-erasures", Outcome.NOT_CHECKED));
    }

    @Test
    void the_key_of_a_bundle_is_its_own_word_until_another_is_given() throws Exception {
        Report report = verify(ofLearner(), Known.NOTHING);
        assertThat(failed(report)).containsExactly(Map.entry("bundle-key", Outcome.NOT_CHECKED));
        assertThat(report.check("bundle-key").sentence()).contains(key.text());
    }

    @Test
    void an_older_checkpoint_that_was_kept_is_met() throws Exception {
        Path zip = bundle(new Selection.Learner(first), older);
        Report report = verify(zip, new Known(key, List.of(), older));
        assertThat(failed(report)).isEmpty();
        assertThat(report.check("bundle-consistency").sentence()).contains("that you kept");
        assertThat(failed(verify(zip))).isEmpty();
        assertThat(failed(verify(ofLearner(), new Known(key, List.of(), older))))
                .containsExactly(Map.entry("bundle-consistency", Outcome.NOT_CHECKED));
    }

    @Test
    void all_is_said_in_chinese_too() throws Exception {
        Report report = new BundleVerification(ofLearner(), Known.NOTHING,
                Locale.SIMPLIFIED_CHINESE).verify((_, _) -> { });
        assertThat(report.check("bundle-proofs").sentence())
                .isEqualTo("全部 6 条记录均在检查点的日志之中，各在其位置。");
    }

    // ------------------------------------------------------------------ forged ones

    @Test
    void a_bundle_signed_with_another_key_than_the_one_given_does_not_hold() throws Exception {
        VerifierKey another = new SigningKey(
                Sample.LOG, VerifierKey.Kind.ED25519, new byte[32]).verifier();
        Report report = verify(ofLearner(), new Known(another, List.of(), null));
        assertThat(report.check("bundle-key").outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(report.check("bundle-checkpoint").outcome())
                .isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(report.check("bundle-proofs").outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void a_changed_file_does_not_have_its_sum() throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        change(files, "README.txt", t -> t + "more");
        assertFails(verify(zip(files)), "bundle-sums", "README.txt");
    }

    @Test
    void a_changed_entry_is_not_that_of_its_record() throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        change(files, "entries.ndjson", t -> t.replaceFirst("\"4.50\"", "\"9.50\""));
        Report report = verify(summed(files));
        assertThat(failed(report)).containsOnlyKeys("bundle-entries", "bundle-proofs");
        assertThat(report.check("bundle-entries").sentence()).contains("its bytes were changed");
    }

    @Test
    void a_changed_entry_with_a_record_of_its_own_is_not_in_the_log() throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        change(files, "entries.ndjson", t -> t.replaceFirst("\"4.50\"", "\"9.50\""));
        String[] lines = text(files, "entries.ndjson").split("\n");
        change(files, "records.txt", t -> t.replaceFirst("(?m)^2 .*$",
                "2 " + hex(lines[1].getBytes(StandardCharsets.UTF_8))));
        assertFails(verify(summed(files)), "bundle-proofs", "position 2");
    }

    @Test
    void a_line_without_an_end_is_not_taken_into_memory() throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        files.put("records.txt", "1".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        assertThat(verify(summed(files)).holds()).isFalse();
    }

    @Test
    void an_entry_left_out_between_is_noticed() throws Exception {
        for (Path whole : List.of(ofLearner(), bundle(new Selection.Range(1, 6), null))) {
            Map<String, byte[]> files = files(whole);
            change(files, "entries.ndjson", t -> without(t, 2, "\n"));
            change(files, "records.txt", t -> without(t, 2, "\n"));
            change(files, "entries.csv", t -> without(t, 3, "\r\n"));
            change(files, "bundle.json", t -> t.replace("\"entries\":6", "\"entries\":5"));
            files.remove("proofs/3.tlog-proof");
            assertFails(verify(summed(files)), "bundle-selection", "was left out");
        }
    }

    @Test
    void a_table_that_says_otherwise_does_not_hold() throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        change(files, "entries.csv", t -> t.replaceFirst("user/test", "user/other"));
        Report report = verify(summed(files));
        assertThat(failed(report)).containsOnly(Map.entry("bundle-table", Outcome.DOES_NOT_HOLD),
                Map.entry("bundle-erasures", Outcome.NOT_CHECKED));
        assertThat(report.check("bundle-table").sentence()).contains("column actor");
    }

    @Test
    void an_erasure_that_is_kept_silent_does_not_hold() throws Exception {
        Map<String, byte[]> files = files(bundle(new Selection.Learner(erased), null));
        change(files, "entries.csv", t -> t.replace(",9\r\n", ",\r\n"));
        assertFails(verify(summed(files)), "bundle-erasures", "was destroyed");
    }

    @Test
    void a_consistency_proof_that_was_changed_does_not_hold() throws Exception {
        Map<String, byte[]> files = files(bundle(new Selection.Learner(first), older));
        change(files, "consistency", t -> without(t, 1, "\n"));
        assertFails(verify(summed(files)), "bundle-consistency", "not shown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "entries.ndjson", "records.txt", "entries.csv",
        "bundle.json", "verifier-key", "SHA256SUMS", "README.txt"})
    void a_missing_file_is_named(String name) throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        files.remove(name);
        Report report = verify(zip(files));
        assertThat(report.check("bundle-files").outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(report.check("bundle-files").sentence()).contains(name);
        assertThat(report.check("bundle-proofs").outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void a_missing_proof_is_named() throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        files.remove("proofs/3.tlog-proof");
        assertFails(verify(summed(files)), "bundle-proofs", "position 3");
    }

    @Test
    void a_proof_of_what_is_not_there_is_a_file_too_many() throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        files.put("proofs/0.tlog-proof", files.get("proofs/1.tlog-proof"));
        assertFails(verify(summed(files)), "bundle-files", "proofs/0.tlog-proof");
    }

    @ParameterizedTest
    @ValueSource(strings = {"more.txt", "../evil", "/etc/evil", "proofs/../evil", "proofs/",
        "proofs/01.tlog-proof", "proofs/-1.tlog-proof", "README.TXT", "a\\b"})
    void a_file_of_another_name_is_refused(String name) throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        files.put(name, new byte[0]);
        Report report = verify(summed(files));
        assertThat(report.check("bundle-files").sentence()).contains("no bundle holds");
        assertThat(failed(report)).hasSize(report.checks().size());
    }

    @Test
    void a_file_that_stands_twice_is_refused() throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        files.put("READMX.txt", new byte[0]);
        byte[] zip = Files.readAllBytes(zip(files));
        String bytes = new String(zip, StandardCharsets.ISO_8859_1);
        Path twice = folder.resolve("twice.zip");
        Files.write(twice, bytes.replace("READMX.txt", "README.txt")
                .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(verify(twice).check("bundle-files").sentence()).contains("twice");
    }

    @Test
    void what_would_be_too_large_unpacked_is_refused_before_it_is_read() throws Exception {
        Map<String, byte[]> files = files(ofLearner());
        files.put("README.txt", new byte[64 << 20]);
        assertThat(verify(zip(files)).check("bundle-files").sentence())
                .contains("unpacked it would be too large");
    }

    @Test
    void what_is_no_zip_is_no_bundle() throws Exception {
        Path zip = ofLearner();
        byte[] bytes = Files.readAllBytes(zip);
        for (byte[] each : List.of(new byte[0], new byte[100],
                Arrays.copyOf(bytes, bytes.length / 2),
                Arrays.copyOf(bytes, bytes.length + 1))) {
            Path file = Files.write(folder.resolve("no.zip"), each);
            Report report = verify(file);
            assertThat(report.check("bundle-files").outcome())
                    .isEqualTo(Outcome.DOES_NOT_HOLD);
            assertThat(report.checks()).filteredOn(c -> !c.name().equals("bundle-files"))
                    .allSatisfy(c -> assertThat(c.outcome()).isEqualTo(Outcome.NOT_CHECKED));
        }
    }

    @Test
    void no_flipped_byte_of_a_bundle_goes_unnoticed() throws Exception {
        byte[] bytes = Files.readAllBytes(ofLearner());
        Map<String, byte[]> whole = files(ofLearner());
        for (int at = 0; at < bytes.length; at += 521) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 0x10;
            Path file = Files.write(folder.resolve("flipped.zip"), flipped);
            if (verify(file).holds()) {
                // A time or a version in the zip itself, which nobody reads.
                assertThat(files(file)).as("byte " + at).usingRecursiveComparison()
                        .isEqualTo(whole);
            }
        }
    }

    // ------------------------------------------------------------------ witnesses

    @Test
    void a_cosignature_is_told_with_its_time_and_a_missing_one_too() throws Exception {
        SigningKey witness = new SigningKey(
                "witness.example.org", VerifierKey.Kind.COSIGNATURE, new byte[32]);
        Note note = Note.parse(Files.readAllBytes(bank.resolve("data/log/checkpoint")));
        Known known = new Known(key, List.of(witness.verifier()), null);
        assertThat(failed(verify(ofLearner(), known))).containsExactly(
                Map.entry("witness/witness.example.org", Outcome.NOT_CHECKED));
        Note cosigned = note.with(witness.cosign(note.text(), 1_790_000_000L));
        assertThat(WitnessCheck.of(witness.verifier(), cosigned).check(Locale.ENGLISH).sentence())
                .contains("2026-09-21T");
        Note forged = note.with(witness.cosign("other\n1\n" + Hash.EMPTY + "\n", 1));
        assertThat(WitnessCheck.of(witness.verifier(), forged).check(Locale.ENGLISH).outcome())
                .isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    // ------------------------------------------------------------------ refused

    @Test
    void nobody_has_evidence_of_what_is_not_there_or_not_published() {
        assertThatThrownBy(() -> bundle(new Selection.Learner(
                new LearnerId("0000000000000000")), null))
                .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.refusal())
                        .isInstanceOf(Refusal.LearnerUnknown.class));
        assertThatThrownBy(() -> bundle(new Selection.Institution(
                new InstitutionId("nobody")), null))
                .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.refusal())
                        .isInstanceOf(Refusal.InstitutionUnknown.class));
        assertThatThrownBy(() -> bundle(new Selection.Range(5, 10), null))
                .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.refusal())
                        .isEqualTo(new Refusal.EntryNotPublished(10, 10)));
    }

    @Test
    void a_range_has_an_end_not_before_its_begin() {
        assertThatThrownBy(() -> new Selection.Range(3, 2))
                .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.refusal())
                        .isEqualTo(new Refusal.EvidenceSelectionUnclear()));
    }
}
