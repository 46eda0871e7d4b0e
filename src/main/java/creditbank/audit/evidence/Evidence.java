package creditbank.audit.evidence;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.audit.evidence.Facts.Fact;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.proof.Checkpoint;
import creditbank.proof.ConsistencyProof;
import creditbank.proof.Hash;
import creditbank.proof.InclusionProof;
import creditbank.proof.LogReader;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.TlogProof;
import creditbank.proof.Tree;
import creditbank.proof.VerifierKey;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Entries, and all that is needed to check them without the bank. Whatever can be refused is
 * refused when they are gathered; writing then needs the memory of one entry at a time, and of a
 * few hundred bytes for each.
 */
public final class Evidence {

    /** How many entries a bundle holds. */
    public static final int MOST_ENTRIES = 10_000;

    /** How many bytes they have together. */
    public static final int MOST_MEGABYTES = 256;

    /** Under what name it is said what a bundle is. */
    private static final String FORMAT = "creditbank-evidence/1";
    /** A tree keeps each tile that it has read. */
    private static final int PROOFS_OF_A_TREE = 256;
    private static final String BOM = "\ufeff";

    private final Selection selection;
    private final Entries entries;
    private final VerifierKey key;
    private final Note note;
    private final Checkpoint checkpoint;
    private final List<Fact> facts = new ArrayList<>();
    private @Nullable Note since;
    private List<Hash> consistency = List.of();

    private Evidence(Selection selection, Entries entries, VerifierKey key, Note note)
            throws NotVerified {
        this.selection = selection;
        this.entries = entries;
        this.key = key;
        this.note = note;
        this.checkpoint = Checkpoint.open(note, key);
    }

    /**
     * Gathers evidence.
     *
     * @param log   what is published; its newest checkpoint is the bundle's
     * @param since a checkpoint that somebody kept; the bundle shows that the log begins with it
     * @throws Refused               if there is nothing to gather, too much, or not all of it is
     *                               published
     * @throws IllegalStateException if the ledger, the log and its key are at odds with each other
     */
    public static Evidence gather(Selection selection, Entries entries, LogReader log,
            VerifierKey key, @Nullable Note since) throws IOException {
        try {
            Evidence evidence =
                    new Evidence(selection, entries, key, Note.parse(log.checkpoint()));
            if (since != null) {
                evidence.beginsWith(since, log);
            }
            evidence.prove(evidence.positions(), log);
            return evidence;
        } catch (NotVerified | IllegalArgumentException e) {
            throw new IllegalStateException("The checkpoint of the log is not to be believed: "
                    + e.getMessage(), e);
        }
    }

    // ------------------------------------------------------------------ gathering

    private void beginsWith(Note older, LogReader log) throws IOException, NotVerified {
        Checkpoint was = Checkpoint.open(older, key);
        long size = checkpoint.size();
        Refused.refuseIf(was.size() < 1 || was.size() > size,
                () -> new Refusal.SizesNotPublished(was.size(), size, size));
        ConsistencyProof proof = new Tree(log, size).consistency(was.size());
        if (!proof.holds(was.root(), checkpoint.root())) {
            throw new IllegalStateException("The log of " + size + " entries does not begin with"
                    + " the " + was.size() + " of the older checkpoint, though both are signed by "
                    + key.name() + ". Keep both: together they show that the bank signed for two"
                    + " histories.");
        }
        since = older;
        consistency = proof.hashes();
    }

    private List<Long> positions() {
        long size = checkpoint.size();
        return switch (selection) {
            case Selection.Range(long from, long to) -> {
                Refused.refuseIf(to >= size, () -> new Refusal.EntryNotPublished(to, size));
                refuseIf(to - from >= MOST_ENTRIES);
                yield LongStream.rangeClosed(from, to).boxed().toList();
            }
            case Selection.Stream of -> {
                List<Long> all = entries.positions(of.stream(), MOST_ENTRIES + 1);
                Refused.refuseIf(all.isEmpty(), of::unknown);
                List<Long> published = all.stream().filter(p -> p < size).toList();
                Refused.refuseIf(published.isEmpty(),
                        () -> new Refusal.EntryNotPublished(all.getFirst(), size));
                refuseIf(published.size() > MOST_ENTRIES);
                yield published;
            }
        };
    }

    private static void refuseIf(boolean tooLarge) {
        Refused.refuseIf(tooLarge,
                () -> new Refusal.EvidenceTooLarge(MOST_ENTRIES, MOST_MEGABYTES));
    }

    private void prove(List<Long> positions, LogReader log) throws IOException {
        Tree tree = new Tree(log, checkpoint.size());
        long bytes = 0;
        for (long position : positions) {
            Entry entry = entry(position);
            bytes += entry.bytes().length;
            refuseIf(bytes > (long) MOST_MEGABYTES << 20);
            Hash record = Hash.sha(entry.bytes());
            if (facts.size() % PROOFS_OF_A_TREE == 0) {
                tree = new Tree(log, checkpoint.size());
            }
            InclusionProof proof = tree.inclusion(position);
            if (!proof.holds(Hash.leaf(record.bytes()), checkpoint.root())) {
                throw new IllegalStateException("The entry at position " + position + " is not"
                        + " the one that was signed for; creditbank verify says more.");
            }
            facts.add(new Fact(position, record, proof, Facts.row(entry, entries)));
        }
    }

    private Entry entry(long position) {
        return entries.at(position).orElseThrow(() -> new IllegalStateException(
                "The entry at position " + position + " is missing; creditbank verify says"
                        + " more."));
    }

    // ------------------------------------------------------------------ writing

    /** A name for the file. */
    public String name() {
        String what = switch (selection) {
            case Selection.Range(long from, long to) -> from + "-" + to;
            case Selection.Stream of -> of.stream().replace('/', '-');
        };
        return "evidence-" + what + ".zip";
    }

    /** How many entries it holds. */
    public int size() {
        return facts.size();
    }

    /** Writes the zip, the same bytes each time; the stream is left open. */
    public void writeTo(OutputStream out) throws IOException {
        SummedZip zip = new SummedZip(out);
        zip.add("README.txt", readme());
        zip.add("bundle.json", line(new String(EntryFormat.JSON.writeValueAsBytes(about()),
                StandardCharsets.UTF_8)));
        zip.add("verifier-key", line(key.text()));
        zip.add("checkpoint", note.bytes());
        if (since != null) {
            zip.add("since-checkpoint", since.bytes());
            StringBuilder proof = new StringBuilder(
                    "old " + Checkpoint.parse(since.text()).size() + "\n");
            consistency.forEach(h -> proof.append(h.base64()).append('\n'));
            zip.add("consistency", utf8(proof.toString()));
        }
        zip.begin("entries.ndjson");
        for (Fact fact : facts) {
            byte[] bytes = entry(fact.position()).bytes();
            if (!Hash.sha(bytes).equals(fact.record())) {
                throw new IllegalStateException("The entry at position " + fact.position()
                        + " was changed meanwhile.");
            }
            zip.write(bytes);
            zip.write(new byte[] {'\n'});
        }
        zip.end();
        StringBuilder records = new StringBuilder();
        facts.forEach(f -> records.append(f.position()).append(' ')
                .append(SummedZip.hex(f.record().bytes())).append('\n'));
        zip.add("records.txt", utf8(records.toString()));
        zip.add("entries.csv", utf8(table()));
        for (Fact fact : facts) {
            zip.add("proofs/" + fact.position() + ".tlog-proof", new TlogProof(
                    fact.record().bytes(), fact.position(), fact.proof().hashes(), note).bytes());
        }
        zip.finish();
    }

    private Map<String, Object> about() {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("format", FORMAT);
        about.put("selection", selection.said());
        about.put("entries", facts.size());
        about.put("log", checkpoint.origin());
        about.put("size", checkpoint.size());
        return about;
    }

    private String table() throws IOException {
        StringWriter text = new StringWriter();
        text.write(BOM);
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            writer.writeRecord(Facts.COLUMNS);
            facts.forEach(f -> writer.writeRecord(
                    f.row().stream().map(Evidence::harmless).toList()));
        }
        return text.toString();
    }

    /** A sheet must not take it for a formula. */
    private static String harmless(String value) {
        return !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private static byte[] readme() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                Evidence.class.getResourceAsStream("/evidence/README.txt"))) {
            return in.readAllBytes();
        }
    }

    private static byte[] line(String text) {
        return utf8(text + "\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
