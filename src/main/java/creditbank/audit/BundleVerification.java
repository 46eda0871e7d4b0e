package creditbank.audit;

import creditbank.audit.BundleFile.NoBundle;
import creditbank.audit.Verification.Report;
import creditbank.proof.Checkpoint;
import creditbank.proof.ConsistencyProof;
import creditbank.proof.Hash;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.TlogProof;
import creditbank.proof.VerifierKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks a bundle of evidence ({@code docs/formats/evidence-bundle.md}) with nothing but the bundle
 * and what the auditor knows from elsewhere. Needs no bank, and uses nothing of what wrote it.
 */
public final class BundleVerification {

    private static final int SMALL = 1 << 20;
    private static final int MOST_OF_SUMS = 4 << 20;
    private static final int MOST_OF_PROOF = 2 * Note.MOST_BYTES;

    private final Path path;
    private final Known known;
    private final Locale locale;
    private final Finding files = new Finding("bundle-files");
    private final Finding sums = new Finding("bundle-sums");
    private final Finding key = new Finding("bundle-key");
    private final Finding checkpoint = new Finding("bundle-checkpoint");
    private final Finding proofs = new Finding("bundle-proofs");
    private final Finding consistency = new Finding("bundle-consistency");
    private final List<Finding> witnesses = new ArrayList<>();
    private final BundleEntries entries = new BundleEntries();
    /** Whether an older checkpoint was a question at all. */
    private boolean older;
    private boolean walkedToTheEnd;

    /** @param locale the language of the sentences: Chinese or, for any other, English */
    public BundleVerification(Path path, Known known, Locale locale) {
        this.path = path;
        this.known = known;
        this.locale = locale;
    }

    /** Verifies; told of entries as they are read. */
    public Report verify(Verification.Progress progress) {
        try (BundleFile bundle = new BundleFile(path)) {
            check(bundle, progress);
        } catch (NoBundle | IOException e) {
            files.failsAtLarge("bundle-files.no-bundle", String.valueOf(e.getMessage()));
        }
        List<Finding> findings = new ArrayList<>(List.of(files, sums, key, checkpoint));
        findings.addAll(witnesses);
        findings.addAll(entries.findings());
        findings.add(proofs);
        if (known.checkpoint() != null || older) {
            findings.add(consistency);
        }
        if (!walkedToTheEnd) {
            findings.stream().filter(f -> f != files)
                    .forEach(f -> f.notChecked("not-checked.bundle-not-whole"));
        }
        return new Report(findings.stream().map(f -> f.check(locale)).toList());
    }

    private void check(BundleFile bundle, Verification.Progress progress) throws IOException {
        Set<String> missing = new TreeSet<>(BundleFile.ALWAYS);
        missing.removeAll(bundle.names());
        if (bundle.holds(BundleFile.SINCE) != bundle.holds(BundleFile.CONSISTENCY)) {
            missing.add(bundle.holds(BundleFile.SINCE)
                    ? BundleFile.CONSISTENCY : BundleFile.SINCE);
        }
        if (!missing.isEmpty()) {
            files.failsAtLarge("bundle-files.missing", String.join(", ", missing));
            return;
        }
        checkSums(bundle);
        VerifierKey by = checkKey(bundle);
        Note note = note(bundle, BundleFile.CHECKPOINT, checkpoint, by);
        known.witnesses().forEach(w -> witnesses.add(WitnessCheck.of(w, note)));
        entries.check(bundle, progress);
        checkExtra(bundle);
        checkProofs(bundle, by, note);
        checkConsistency(bundle, by, note);
        walkedToTheEnd = true;
    }

    // ------------------------------------------------------------------ the files

    private void checkSums(BundleFile bundle) throws IOException {
        Map<String, String> said = new LinkedHashMap<>();
        for (String line : bundle.text(BundleFile.SUMS, MOST_OF_SUMS).split("\n")) {
            int gap = line.indexOf("  ");
            if (gap < 0 || said.put(line.substring(gap + 2), line.substring(0, gap)) != null) {
                sums.failsAtLarge("bundle-sums.malformed", line.length());
                return;
            }
        }
        Set<String> there = new TreeSet<>(bundle.names());
        there.remove(BundleFile.SUMS);
        Set<String> missing = new TreeSet<>(said.keySet());
        missing.removeAll(there);
        Set<String> extra = new TreeSet<>(there);
        extra.removeAll(said.keySet());
        if (!missing.isEmpty()) {
            files.failsAtLarge("bundle-files.missing", first(missing));
        } else if (!extra.isEmpty()) {
            files.failsAtLarge("bundle-files.extra", first(extra));
        }
        for (String name : there) {
            if (said.containsKey(name) && !sum(bundle, name).equals(said.get(name))) {
                sums.failsAtLarge("bundle-sums.differ", name);
            }
        }
        files.counted(there.size() + 1);
        sums.counted(there.size());
    }

    private static String first(Set<String> names) {
        return names.iterator().next().replaceAll("[^ -~]", "?")
                + (names.size() > 1 ? " (+" + (names.size() - 1) + ")" : "");
    }

    private static String sum(BundleFile bundle, String name) throws IOException {
        try (InputStream in = bundle.open(name)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] some = new byte[1 << 16];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                digest.update(some, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A proof of what is not among the entries shows nothing, and may be taken for something. */
    private void checkExtra(BundleFile bundle) {
        Set<String> extra = new TreeSet<>();
        bundle.names().stream().filter(n -> n.startsWith("proofs/")).forEach(extra::add);
        entries.records().keySet().forEach(p -> extra.remove(BundleFile.proof(p)));
        if (!extra.isEmpty() && entries.isRead()) {
            files.failsAtLarge("bundle-files.extra", first(extra));
        }
    }

    // ------------------------------------------------------------------ what is signed

    private @Nullable VerifierKey checkKey(BundleFile bundle) throws IOException {
        VerifierKey own = null;
        try {
            own = VerifierKey.parse(bundle.text(BundleFile.KEY, SMALL).strip());
        } catch (IllegalArgumentException e) {
            key.failsAtLarge("bundle-key.malformed");
        }
        VerifierKey given = known.key();
        if (given == null) {
            key.notChecked("bundle-key.own-word", own == null ? "" : own.text());
            return own;
        }
        if (own == null || !given.equals(own)) {
            key.failsAtLarge("bundle-key.another", own == null ? "" : own.text(), given.text());
        }
        key.counted(given.name());
        return given;
    }

    /** A note of the bundle that is signed by the log; {@code null}, and said, if it is not. */
    private static @Nullable Note note(BundleFile bundle, String name, Finding finding,
            @Nullable VerifierKey by) throws IOException {
        try {
            Note note = Note.parse(bundle.bytes(name, Note.MOST_BYTES));
            if (by == null) {
                finding.notChecked("bundle-checkpoint.no-key", name);
                return null;
            }
            Checkpoint of = Checkpoint.open(note, by);
            finding.counted(of.size(), by.name());
            return note;
        } catch (IllegalArgumentException e) {
            finding.failsAtLarge("bundle-checkpoint.malformed", name);
        } catch (NotVerified e) {
            finding.failsAtLarge("bundle-checkpoint.not-signed", name,
                    by == null ? "" : by.name());
        }
        return null;
    }

    private void checkProofs(BundleFile bundle, @Nullable VerifierKey by, @Nullable Note note)
            throws IOException {
        if (by == null || note == null) {
            proofs.notChecked("not-checked.bundle-checkpoint");
            return;
        }
        Map<Long, Hash> records = entries.records();
        for (Map.Entry<Long, Hash> each : records.entrySet()) {
            long position = each.getKey();
            String name = BundleFile.proof(position);
            if (!bundle.holds(name)) {
                proofs.fails(position, "bundle-proofs.missing", position);
                continue;
            }
            byte[] record = each.getValue().bytes();
            try {
                TlogProof proof = TlogProof.parse(bundle.bytes(name, MOST_OF_PROOF));
                if (!proof.note().equals(note)) {
                    proofs.fails(position, "bundle-proofs.another-checkpoint", position);
                } else if (proof.index() != position
                        || !Arrays.equals(proof.extra(), record)) {
                    proofs.fails(position, "bundle-proofs.another-entry", position);
                } else {
                    proof.verify(by, Hash.leaf(record));
                }
            } catch (IllegalArgumentException e) {
                proofs.fails(position, "bundle-proofs.malformed", position);
            } catch (NotVerified e) {
                proofs.fails(position, "bundle-proofs.wrong", position);
            }
        }
        if (entries.isRead()) {
            proofs.counted(records.size());
        } else {
            proofs.notChecked("not-checked.bundle-entries");
        }
    }

    // ------------------------------------------------------------------ older checkpoints

    private void checkConsistency(BundleFile bundle, @Nullable VerifierKey by,
            @Nullable Note note) throws IOException {
        boolean inside = bundle.holds(BundleFile.SINCE);
        Note kept = known.checkpoint();
        older = inside || kept != null;
        if (!older) {
            return;
        }
        if (note == null || by == null) {
            consistency.notChecked("not-checked.bundle-checkpoint");
            return;
        }
        Checkpoint now = Checkpoint.parse(note.text());
        Checkpoint since = null;
        if (inside) {
            Note was = note(bundle, BundleFile.SINCE, consistency, by);
            if (was == null) {
                return;
            }
            since = Checkpoint.parse(was.text());
            if (!holds(bundle.text(BundleFile.CONSISTENCY, SMALL), since, now)) {
                consistency.failsAtLarge("bundle-consistency.wrong", since.size(), now.size());
                return;
            }
        }
        if (kept == null) {
            consistency.counted(now.size(), since == null ? 0 : since.size());
        } else {
            compare(kept, by, since, now);
        }
    }

    private void compare(Note kept, VerifierKey by, @Nullable Checkpoint since, Checkpoint now) {
        Checkpoint mine;
        try {
            mine = Checkpoint.open(kept, by);
        } catch (NotVerified | IllegalArgumentException e) {
            consistency.notChecked("bundle-consistency.kept-unsigned", by.name());
            return;
        }
        for (Checkpoint each : since == null ? List.of(now) : List.of(now, since)) {
            if (each.size() == mine.size() && !each.root().equals(mine.root())) {
                consistency.failsAtLarge("bundle-consistency.two-histories", mine.size());
                return;
            }
        }
        if (mine.size() != now.size() && (since == null || since.size() != mine.size())) {
            consistency.notChecked("bundle-consistency.no-proof", mine.size());
        } else {
            consistency.nothing("bundle-consistency.kept");
            consistency.counted(now.size(), mine.size());
        }
    }

    private static boolean holds(String file, Checkpoint since, Checkpoint now) {
        String[] lines = file.split("\n", -1);
        int last = lines.length - 1;
        if (!lines[0].equals("old " + since.size()) || last < 1 || !lines[last].isEmpty()) {
            return false;
        }
        try {
            List<Hash> hashes = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(1, last)) {
                hashes.add(Hash.parse(line));
            }
            return new ConsistencyProof(since.size(), now.size(), hashes)
                    .holds(since.root(), now.root());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
