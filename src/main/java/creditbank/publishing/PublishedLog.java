package creditbank.publishing;

import creditbank.files.PrivateFiles;
import creditbank.ledger.Entry;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerReader;
import creditbank.proof.Checkpoint;
import creditbank.proof.ConsistencyProof;
import creditbank.proof.Hash;
import creditbank.proof.InclusionProof;
import creditbank.proof.LogReader;
import creditbank.proof.Note;
import creditbank.proof.Note.NotVerified;
import creditbank.proof.TilePath;
import creditbank.proof.TlogProof;
import creditbank.proof.Tree;
import creditbank.proof.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bank's public log. Record n is the SHA-256 of the bytes of the ledger's entry n. A thread of
 * its own follows the ledger, adds what is new to the tree and signs a checkpoint over it, within a
 * second of the entry and at most four times a second.
 *
 * <p>An entry is <em>recorded</em> when its command was acknowledged, <em>added</em> when its record
 * is in the files, <em>signed for</em> when a checkpoint over it lies beside the key, and
 * <em>published</em> when it can be asked for. A crash loses at most what was added and not signed
 * for, and that is added again.
 *
 * <p>Before the first new checkpoint the tree is held against the last one signed. Where the ledger
 * is at odds with it, nothing is signed any more ({@link #halted}); the bank goes on without.
 */
public final class PublishedLog implements LogReader, AutoCloseable {

    /** The folder of the tree in the data folder. */
    public static final String FOLDER = "log";

    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMillis(250);
    private static final Duration BETWEEN_CHECKPOINTS_FAR_BEHIND = Duration.ofSeconds(1);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(PublishedLog.class.getName());

    /** A checkpoint, and the note that says so. */
    public record Published(Note note, Checkpoint checkpoint) {
    }

    /** The ledger is not the one that was signed for. */
    private static final class AtOdds extends Exception {
        private static final long serialVersionUID = 1L;

        AtOdds(String why) {
            super(why);
        }
    }

    private final Ledger ledger;
    private final LedgerReader entries;
    private final Path folder;
    private final Path checkpointFile;
    private final LogKey key;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<Published> toMeet = new ArrayList<>();
    private @Nullable Thread thread;
    private long signedAt = System.nanoTime() - BETWEEN_CHECKPOINTS_FAR_BEHIND.toNanos();
    private long reportedAt = System.nanoTime();
    private volatile @Nullable TreeFiles tree;
    private volatile @Nullable Published published;
    private volatile @Nullable Published cosigned;
    private volatile @Nullable String halted;
    private volatile boolean closed;
    private boolean opened;
    private @Nullable String failure;

    /**
     * @param origin the log's address without scheme; fixed by the first start
     * @throws IllegalStateException with what to do, if the key in the keys folder is not for it
     */
    public PublishedLog(
            Ledger ledger, Path data, Path keys, String origin, SecureRandom random) {
        this.ledger = ledger;
        this.entries = ledger.reader();
        this.folder = data.resolve(FOLDER);
        this.checkpointFile = folder.resolve("checkpoint");
        this.key = LogKey.open(keys, origin, checkpointFile, random);
    }

    public void start() {
        thread = Thread.ofPlatform().name("log-publisher").daemon().start(this::run);
    }

    // ------------------------------------------------------------------ asked

    public VerifierKey verifierKey() {
        return key.verifier();
    }

    /**
     * The newest checkpoint; {@code null} until there is one. With the cosignatures over it, as far
     * as there are any by now: nothing waits for them.
     */
    public @Nullable Published published() {
        return published;
    }

    /** The newest checkpoint that a witness cosigned; {@code null} if none has since the start. */
    public @Nullable Published cosigned() {
        return cosigned;
    }

    /** Takes a checkpoint of this log back from its witnesses. */
    void cosigned(Published by) {
        lock.lock();
        try {
            cosigned = by;
            published = withCosignatures(published);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Published withCosignatures(@Nullable Published signed) {
        Published by = cosigned;
        return signed != null && by != null && by.note.text().equals(signed.note.text())
                ? by : signed;
    }

    /** Why nothing is signed any more, for the operator; {@code null} while all is well. */
    public @Nullable String halted() {
        return halted;
    }

    /** Waits until a checkpoint over so many entries is published, or for as long as is given. */
    public boolean awaitPublished(long size, Duration most) throws InterruptedException {
        long nanos = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (publishedSize() < size) {
                if (nanos <= 0 || halted != null) {
                    return false;
                }
                nanos = moved.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How many entries are published; -1 while there is no checkpoint. */
    public long publishedSize() {
        Published now = published;
        return now == null ? -1 : now.checkpoint.size();
    }

    private Published mustBePublished() {
        return Objects.requireNonNull(published, "nothing is published yet");
    }

    @Override
    public byte[] checkpoint() {
        return mustBePublished().note.bytes();
    }

    /** @throws IllegalArgumentException if not all of it is published */
    @Override
    public byte[] tile(int level, long index, int width) throws IOException {
        return filesOf(new TilePath(level, index, width)).tile(level, index, width);
    }

    /** @throws IllegalArgumentException if not all of it is published */
    @Override
    public byte[] entries(long index, int width) throws IOException {
        return filesOf(new TilePath(TilePath.ENTRIES, index, width)).entries(index, width);
    }

    private TreeFiles filesOf(TilePath path) {
        if (!path.isWithin(publishedSize())) {
            throw new IllegalArgumentException(path.text() + " of " + publishedSize());
        }
        return files();
    }

    private TreeFiles files() {
        return Objects.requireNonNull(tree, "the tree is not open");
    }

    /**
     * That the entry at a position stands in the log, by the newest checkpoint. Its {@code extra} is
     * the record: SHA-256 of the entry's bytes.
     *
     * @throws IllegalArgumentException if it is not published
     */
    public TlogProof proof(long position) {
        Published now = mustBePublished();
        try {
            Tree of = new Tree(this, now.checkpoint.size());
            InclusionProof proof = of.inclusion(position);
            byte[] record = files().records(position, 1);
            if (!proof.holds(Hash.leaf(record), now.checkpoint.root())) {
                throw damaged();
            }
            return new TlogProof(record, position, proof.hashes(), now.note);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException unless {@code 1 <= from <= to} and to is published */
    public ConsistencyProof consistency(long from, long to) {
        if (to > publishedSize()) {
            throw new IllegalArgumentException(to + " of " + publishedSize());
        }
        try {
            Tree newer = new Tree(this, to);
            ConsistencyProof proof = newer.consistency(from);
            if (!proof.holds(new Tree(this, from).root(), newer.root())) {
                throw damaged();
            }
            return proof;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IllegalStateException damaged() {
        return new IllegalStateException("The files in " + folder + " are damaged. Stop the bank,"
                + " delete them and start it again; the tree is then made anew from the ledger.");
    }

    // ------------------------------------------------------------------ following

    private void run() {
        while (!closed) {
            try {
                if (opened) {
                    follow(files());
                } else {
                    open();
                    opened = true;
                }
                failure = null;
            } catch (AtOdds e) {
                halt(e.getMessage());
                return;
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException | Error e) {
                tell(e);
                // What was written since the last checkpoint is looked at anew; what was
                // published can be read meanwhile.
                closeFiles();
                opened = false;
                pause();
            }
        }
    }

    private void halt(@Nullable String why) {
        String sentence = why + " The bank signs nothing until an operator has looked at it;"
                + " docs/formats/log.md says under \"At odds\" what to do.";
        LOG.log(System.Logger.Level.ERROR, sentence);
        lock.lock();
        try {
            halted = sentence;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A failing disk fails again and again: told once. */
    private void tell(Throwable e) {
        String what = "The log is not published for now: " + e;
        if (what.equals(failure)) {
            return;
        }
        failure = what;
        if (e instanceof IOException || e instanceof LedgerFailure) {
            LOG.log(System.Logger.Level.ERROR, what);
        } else {
            LOG.log(System.Logger.Level.ERROR, what, e);
        }
    }

    private void pause() {
        lock.lock();
        try {
            long nanos = AFTER_FAILURE.toNanos();
            while (!closed && nanos > 0) {
                nanos = moved.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread.
        } finally {
            lock.unlock();
        }
    }

    /** Brings the files to the last checkpoint, or to nothing if they do not lead there. */
    private void open() throws IOException, AtOdds {
        Published last = lastSigned();
        long size = last == null ? 0 : last.checkpoint.size();
        TreeFiles open = new TreeFiles(folder);
        try {
            if (leadsToAll(open, size)) {
                toMeet.clear();
                publish(last, open);
            } else {
                LOG.log(System.Logger.Level.WARNING, "The tree in {0} does not lead to the last"
                        + " checkpoint, over {1} entries; it is made anew from the ledger",
                        folder, size);
                publish(null, open);
                mustCut(open, 0);
            }
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
        mustBeTheLedgerOf(last);
    }

    private static void mustCut(TreeFiles open, long size) throws IOException {
        if (!open.cutTo(size)) {
            throw new IOException("The files of the tree end before " + size);
        }
    }

    private boolean leadsToAll(TreeFiles open, long size) throws IOException {
        if (!open.cutTo(size)) {
            return false;
        }
        for (Published each : toMeet) {
            if (!root(open, each.checkpoint.size()).equals(each.checkpoint.root())) {
                return false;
            }
        }
        return true;
    }

    /**
     * The newer of the checkpoints beside the key and beside the tree. They differ where the one
     * or the other folder was restored, or a crash came between the two.
     */
    private @Nullable Published lastSigned() throws IOException, AtOdds {
        toMeet.clear();
        try {
            add(key.lastSigned());
        } catch (NotVerified e) {
            throw new AtOdds("The checkpoint beside the log's key is not to be believed: "
                    + e.getMessage());
        }
        try {
            add(key.signed(checkpointFile));
        } catch (NotVerified e) {
            LOG.log(System.Logger.Level.WARNING, "{0} is passed over: {1}",
                    checkpointFile, e.getMessage());
        }
        Published last = null;
        for (Published each : toMeet) {
            last = last == null || each.checkpoint.size() > last.checkpoint.size() ? each : last;
        }
        return last;
    }

    private void add(@Nullable Note note) {
        if (note != null) {
            toMeet.add(new Published(note, Checkpoint.parse(note.text())));
        }
    }

    /** Whatever was restored, what was signed for stays true. */
    private void mustBeTheLedgerOf(@Nullable Published last) throws IOException, AtOdds {
        long size = last == null ? 0 : last.checkpoint.size();
        if (entries.size() < size) {
            throw new AtOdds("The ledger holds " + entries.size() + " entries, but a checkpoint"
                    + " over " + size + " was signed: the ledger was cut off, restored from an"
                    + " older copy, or is another one.");
        }
        TreeFiles open = files();
        if (size > 0 && open.size() == size) {
            byte[] record = Hash.sha(entries.read(size - 1, 1).getFirst().bytes()).bytes();
            if (!Hash.of(record).equals(Hash.of(open.records(size - 1, 1)))) {
                throw new AtOdds("The entry at position " + (size - 1) + " is not the one that a"
                        + " checkpoint was signed for.");
            }
        }
    }

    /** A run of entries, a checkpoint, or a wait for either. */
    private void follow(TreeFiles open) throws IOException, AtOdds, InterruptedException {
        int most = LedgerReader.PAGE;
        for (Published each : toMeet) {
            most = (int) Math.min(most, each.checkpoint.size() - open.size());
        }
        List<Entry> next = most == 0 ? List.of() : entries.read(open.size(), most);
        append(open, next);
        meet(open);
        boolean behind = next.size() == LedgerReader.PAGE || !toMeet.isEmpty();
        long since = System.nanoTime() - signedAt;
        boolean due = since >= (behind ? BETWEEN_CHECKPOINTS_FAR_BEHIND : BETWEEN_CHECKPOINTS)
                .toNanos();
        if (behind) {
            report(open);
        }
        if (toMeet.isEmpty() && due && open.size() > publishedSize()) {
            sign(open);
        } else if (!behind) {
            // Looks up as often as it may sign, so that it ends as soon as the bank does.
            if (open.size() > publishedSize()) {
                Thread.sleep(Duration.ofNanos(BETWEEN_CHECKPOINTS.toNanos() - since));
            } else {
                ledger.awaitEntryAt(open.size(), BETWEEN_CHECKPOINTS);
            }
        }
    }

    private static void append(TreeFiles open, List<Entry> next) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream(next.size() * Hash.SIZE);
        long position = open.size();
        for (Entry entry : next) {
            if (entry.position() != position++) {
                throw new IllegalStateException("The ledger has a hole at " + (position - 1));
            }
            records.write(Hash.sha(entry.bytes()).bytes());
        }
        open.append(records.toByteArray());
    }

    /** A tree that is made anew has to come by what was signed before. */
    private void meet(TreeFiles open) throws IOException, AtOdds {
        for (Published each : List.copyOf(toMeet)) {
            Checkpoint checkpoint = each.checkpoint;
            if (checkpoint.size() != open.size()) {
                continue;
            }
            if (!root(open, open.size()).equals(checkpoint.root())) {
                throw new AtOdds("The first " + checkpoint.size() + " entries of the ledger are"
                        + " not those that a checkpoint was signed for: one of them was changed,"
                        + " or the ledger is another one.");
            }
            toMeet.remove(each);
            if (toMeet.isEmpty()) {
                open.force();
                publish(each, open);
            }
        }
    }

    private static Hash root(TreeFiles open, long size) throws IOException {
        return tree(open, size).root();
    }

    /** Also of what is not published yet. */
    private static Tree tree(TreeFiles open, long size) {
        return new Tree(new LogReader() {
            @Override
            public byte[] checkpoint() {
                throw new UnsupportedOperationException("asks for tiles alone");
            }

            @Override
            public byte[] tile(int level, long index, int width) throws IOException {
                return open.tile(level, index, width);
            }

            @Override
            public byte[] entries(long index, int width) throws IOException {
                return open.entries(index, width);
            }
        }, size);
    }

    /** On the disk before it is signed for, and beside the key before anybody sees it. */
    private void sign(TreeFiles open) throws IOException, AtOdds {
        open.force();
        Tree tree = tree(open, open.size());
        Checkpoint next = new Checkpoint(key.verifier().name(), open.size(), tree.root());
        Published last = published;
        if (last != null && last.checkpoint.size() > 0 && !tree.consistency(last.checkpoint.size())
                .holds(last.checkpoint.root(), next.root())) {
            throw new AtOdds("The files in " + folder + " do not lead from the last checkpoint,"
                    + " over " + last.checkpoint.size() + " entries, to what was added since:"
                    + " somebody else has written to them.");
        }
        Note note = key.sign(next);
        PrivateFiles.write(checkpointFile, note.bytes());
        publish(new Published(note, next), open);
        signedAt = System.nanoTime();
    }

    private void publish(@Nullable Published next, @Nullable TreeFiles open) {
        lock.lock();
        try {
            tree = open;
            published = withCosignatures(next);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Who starts a bank whose tree is made anew would else wait in silence. */
    private void report(TreeFiles open) {
        if (System.nanoTime() - reportedAt > BETWEEN_REPORTS.toNanos()) {
            reportedAt = System.nanoTime();
            LOG.log(System.Logger.Level.INFO, "The log follows the ledger: {0} of {1} entries",
                    open.size(), entries.size());
        }
    }

    private void closeFiles() {
        TreeFiles open = tree;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "A file of the tree did not close", e);
            }
        }
    }

    /** Returns when nothing is written any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        Thread following = thread;
        if (following != null) {
            try {
                following.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        publish(null, tree);
        closeFiles();
    }
}
