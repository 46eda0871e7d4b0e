package creditbank.audit;

import creditbank.audit.Verification.Check;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.LedgerRows.Row;
import creditbank.ledger.sqlite.SqliteLedgerRows;
import creditbank.proof.Checkpoint;
import creditbank.proof.GrowingTree;
import creditbank.proof.Hash;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.TilePath;
import creditbank.proof.VerifierKey;
import creditbank.store.Cursor;
import creditbank.store.SqliteFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the ledger against what was signed for: every entry against its record, the tree's files
 * against the entries, and the roots of all checkpoints that can be had against the tree that the
 * entries themselves make. Reads the ledger once, in little memory.
 */
public final class LogCheck {

    private static final int WIDTH = TilePath.WIDTH;
    private static final int BETWEEN_REPORTS = 5_000;

    /** A checkpoint to be met, and what came of it. */
    private static final class Signed {
        private final Finding finding;
        private final String where;
        private final @Nullable Note note;
        private final @Nullable Checkpoint checkpoint;

        Signed(String name, String where, @Nullable Note note) {
            this.finding = new Finding("log-checkpoint/" + name);
            this.where = where;
            this.note = note;
            this.checkpoint = note == null ? null : read(note);
            if (note != null && checkpoint == null) {
                finding.failsAtLarge("log-checkpoint.malformed", where);
            }
        }

        private static @Nullable Checkpoint read(Note note) {
            try {
                return Checkpoint.parse(note.text());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    /** The hashes of a level from 1 on, as its file has them, against those of the entries. */
    private static final class Level implements AutoCloseable {
        private final @Nullable InputStream file;
        private final byte[] tile = new byte[WIDTH * Hash.SIZE];
        private int width;

        Level(Path file) throws IOException {
            this.file = Files.exists(file)
                    ? new BufferedInputStream(Files.newInputStream(file)) : null;
        }

        byte @Nullable [] next() throws IOException {
            byte[] read = file == null ? new byte[0] : file.readNBytes(Hash.SIZE);
            return read.length == Hash.SIZE ? read : null;
        }

        /** Answers the tile's hash if it is full now. */
        byte @Nullable [] add(byte[] hash) {
            System.arraycopy(hash, 0, tile, width * Hash.SIZE, Hash.SIZE);
            width = (width + 1) % WIDTH;
            return width == 0 ? Hash.root(tile, 0, WIDTH).bytes() : null;
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }

    private final Path data;
    private final Path folder;
    private final Known known;
    private final List<Signed> signed = new ArrayList<>();
    private final Finding records = new Finding("log-records");
    private final Finding tree = new Finding("log-tree");
    private final List<Level> levels = new ArrayList<>();
    private final List<Finding> witnesses = new ArrayList<>();
    private @Nullable VerifierKey key;

    private LogCheck(Path data, @Nullable Path keys, Known known) {
        this.data = data;
        this.folder = LogFolder.folder(data);
        this.known = known;
        this.key = known.key();
        // What is signed first: its entries are then in the ledger's snapshot for certain.
        read("log", folder.resolve("checkpoint"));
        if (keys != null) {
            read("keys", keys.resolve("log.checkpoint"));
            findKey(keys);
        }
        if (known.checkpoint() != null) {
            signed.add(new Signed("kept", "", known.checkpoint()));
        }
    }

    /**
     * Checks.
     *
     * @param keys   the keys folder, if it is given; its {@code log.checkpoint} is then one more
     *               to be met, and the verifier key in it counts unless another is known
     * @param locale the language of the sentences: Chinese or, for any other, English
     */
    public static List<Check> of(Path data, @Nullable Path keys, Known known, Locale locale,
            Verification.Progress progress) {
        LogCheck check = new LogCheck(data, keys, known);
        try {
            check.run(progress);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The log's files cannot be read: " + e.getMessage(), e);
        }
        List<Finding> findings = new ArrayList<>(List.of(check.records, check.tree));
        check.signed.forEach(s -> findings.add(s.finding));
        findings.addAll(check.witnesses);
        return findings.stream().map(f -> f.check(locale)).toList();
    }

    private void read(String name, Path file) {
        try {
            signed.add(new Signed(name, file.toString(), Note.parse(LogFolder.note(file))));
        } catch (NoSuchFileException e) {
            Signed none = new Signed(name, file.toString(), null);
            none.finding.notChecked("log-checkpoint.no-file", file);
            signed.add(none);
        } catch (IOException | IllegalArgumentException e) {
            Signed none = new Signed(name, file.toString(), null);
            none.finding.failsAtLarge("log-checkpoint.malformed", file);
            signed.add(none);
        }
    }

    private void findKey(Path keys) {
        try {
            VerifierKey found = LogFolder.verifierKey(keys);
            key = key == null ? found : key;
        } catch (IOException | IllegalArgumentException e) {
            // Without a key nothing that is signed can be believed, and that is said.
            return;
        }
    }

    // ------------------------------------------------------------------ the pass

    private void run(Verification.Progress progress) throws IOException {
        Map<Long, Hash> roots = new HashMap<>();
        long size = 0;
        try (LedgerRows ledger = new SqliteLedgerRows(
                        data.resolve("ledger.db"), data.resolve("index.db"));
                Level lowest = new Level(LogFolder.file(folder, 0));
                Cursor<Row> rows = ledger.entries()) {
            levels.add(lowest);
            size = walk(rows, roots, progress);
        } catch (SqliteFailure e) {
            records.notChecked("not-checked.ledger-not-whole");
            tree.notChecked("not-checked.ledger-not-whole");
            signed.forEach(s -> s.finding.notChecked("not-checked.ledger-not-whole"));
            return;
        } finally {
            for (Level level : levels) {
                level.close();
            }
        }
        for (Signed each : signed) {
            judge(each, roots, size);
        }
        judgeWitnesses();
    }

    /** How far the files have to go: what lies behind the checkpoint may be of a crash. */
    private long covered() {
        Checkpoint newest = signed.getFirst().checkpoint;
        return newest == null ? Long.MAX_VALUE : newest.size();
    }

    private long walk(Cursor<Row> rows, Map<Long, Hash> roots, Verification.Progress progress)
            throws IOException {
        GrowingTree growing = new GrowingTree();
        long covered = covered();
        boolean there = Files.exists(LogFolder.file(folder, 0));
        if (!there) {
            records.notChecked("log-records.no-file", LogFolder.file(folder, 0));
            tree.notChecked("log-records.no-file", LogFolder.file(folder, 0));
        }
        roots.put(0L, Hash.EMPTY);
        for (Row row = rows.next(); row != null; row = rows.next()) {
            Hash record = Hash.sha(row.entry().bytes());
            Hash leaf = Hash.leaf(record.bytes());
            if (there && growing.size() < covered) {
                compare(growing.size(), record, leaf, covered);
            }
            growing.add(leaf);
            long size = growing.size();
            if (signed.stream().anyMatch(
                    s -> s.checkpoint != null && s.checkpoint.size() == size)) {
                roots.put(size, growing.root());
            }
            if (size % BETWEEN_REPORTS == 0) {
                progress.at(size, size);
            }
        }
        progress.at(growing.size(), growing.size());
        records.counted(Math.min(growing.size(), covered));
        tree.counted(Math.min(growing.size(), covered));
        if (there && covered != Long.MAX_VALUE && growing.size() < covered) {
            records.fails(growing.size(), "log-records.ledger-short", growing.size(), covered);
        }
        return growing.size();
    }

    private void compare(long position, Hash record, Hash leaf, long covered)
            throws IOException {
        byte[] stands = levels.getFirst().next();
        if (stands == null) {
            if (covered != Long.MAX_VALUE) {
                records.fails(position, "log-records.short", position, covered);
            }
        } else if (!Arrays.equals(stands, record.bytes())) {
            records.fails(position, "log-records.differ", position);
        }
        byte[] full = levels.getFirst().add(leaf.bytes());
        for (int level = 1; full != null; level++) {
            if (level == levels.size()) {
                levels.add(new Level(LogFolder.file(folder, level)));
            }
            stands = levels.get(level).next();
            if (!Arrays.equals(stands, full)) {
                tree.fails(position, "log-tree.differs", "level-" + level, position);
            }
            full = levels.get(level).add(full);
        }
    }

    // ------------------------------------------------------------------ what was signed

    private void judge(Signed each, Map<Long, Hash> roots, long size) {
        Checkpoint checkpoint = each.checkpoint;
        Note note = each.note;
        if (checkpoint == null || note == null) {
            return;
        }
        Finding finding = each.finding;
        String where = each.where;
        if (key != null) {
            try {
                Checkpoint.open(note, key);
            } catch (NotVerified | IllegalArgumentException e) {
                finding.failsAtLarge(sentence(each, "not-signed"), where, key.name());
                return;
            }
        }
        if (checkpoint.size() > size) {
            finding.fails(size, sentence(each, "cut-off"), where, checkpoint.size(), size);
        } else if (!checkpoint.root().equals(roots.get(checkpoint.size()))) {
            finding.failsAtLarge(sentence(each, "other-entries"), where, checkpoint.size());
        } else if (key == null) {
            finding.notChecked("log-checkpoint.no-key", where, checkpoint.size());
        } else {
            if (each.finding.holds() && each.where.isEmpty()) {
                finding.nothing("log-checkpoint.kept");
            }
            finding.counted(where, checkpoint.size(), key.name(), size - checkpoint.size());
        }
    }

    /** One that was kept elsewhere says more: nobody could change it together with the ledger. */
    private static String sentence(Signed each, String what) {
        return (each.where.isEmpty() ? "log-checkpoint.kept-" : "log-checkpoint.") + what;
    }

    private void judgeWitnesses() {
        Note note = signed.getFirst().note;
        for (VerifierKey witness : known.witnesses()) {
            witnesses.add(WitnessCheck.of(witness, note));
        }
    }
}
