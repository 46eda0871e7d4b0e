package creditbank.audit;

import creditbank.ledger.LedgerRows;
import creditbank.ledger.sqlite.SqliteLedgerRows;
import creditbank.projections.Projection;
import creditbank.store.SqliteFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the whole ledger against itself and against everything that was made of it. Reads the
 * ledger twice: once in its order, once stream after stream. Needs the memory of one account, of
 * all institutions, programmes, rulebooks and agreements, of the books and of SQLite's caches,
 * however many learners there are; what is larger is sorted in a scratch folder, which takes about
 * the room of {@code views.db} and of {@code index.db}; for sorting SQLite takes less than the
 * latter once more, where the environment's SQLITE_TMPDIR says.
 */
public final class Verification {

    /** What came of a check. */
    public enum Outcome {
        HOLDS,
        DOES_NOT_HOLD,
        NOT_CHECKED
    }

    /**
     * One thing that was held against another.
     *
     * @param name     stable, for programs
     * @param sentence for people
     * @param position of the first entry that is at odds, where there is such an entry
     */
    public record Check(
            String name, Outcome outcome, String sentence, @Nullable Long position) {
    }

    /** All checks; {@link #holds} only if every one was made and holds. */
    public record Report(List<Check> checks) {

        public Report {
            checks = List.copyOf(checks);
        }

        public boolean holds() {
            return checks.stream().allMatch(c -> c.outcome() == Outcome.HOLDS);
        }

        public Check check(String name) {
            return checks.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
        }
    }

    /** Told from time to time how many entries are read, of how many; both passes count. */
    @FunctionalInterface
    public interface Progress {
        void at(long done, long of);
    }

    private final Path data;
    private final List<Projection> projections;
    private final ZoneId zone;
    private final Locale locale;

    /**
     * @param data   the folder of {@code ledger.db}, also of a bank that is running; the files that
     *               were made of it need not be there
     * @param zone   of the bank, whose midnight begins a business day
     * @param locale the language of the sentences: Chinese or, for any other, English
     */
    public Verification(Path data, List<Projection> projections, ZoneId zone, Locale locale) {
        this.data = data;
        this.projections = projections;
        this.zone = zone;
        this.locale = locale;
    }

    /**
     * Verifies.
     *
     * @param scratch an existing folder with room for temporary files
     * @throws SqliteFailure if the ledger cannot be opened at all
     */
    public Report verify(Path scratch, Progress progress) {
        try {
            Path room = Files.createTempDirectory(scratch, "creditbank-verify-");
            try {
                return verifyIn(room, progress);
            } finally {
                empty(room);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The scratch folder " + scratch
                    + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void empty(Path room) throws IOException {
        try (Stream<Path> files = Files.list(room)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(room);
    }

    private static long size(LedgerRows ledger) {
        try {
            return ledger.size();
        } catch (SqliteFailure e) {
            // The pass over the entries comes upon the same damage, and says so.
            return 0;
        }
    }

    private Report verifyIn(Path room, Progress progress) {
        // The views first: what they have folded is then in the ledger's snapshot for certain.
        try (ViewsCheck views = new ViewsCheck(data.resolve("views.db"), projections, room);
                LedgerRows ledger = new SqliteLedgerRows(
                        data.resolve("ledger.db"), data.resolve("index.db"));
                Traces traces = new Traces(room)) {
            long size = size(ledger);
            BooksCheck books = new BooksCheck();
            OtherStreams others = new OtherStreams();
            EntriesCheck entries = new EntriesCheck(ledger, traces, books, views, others);
            entries.run(done -> progress.at(done, 2 * size), size);
            CommandsCheck commands = new CommandsCheck();
            StreamsCheck streams = new StreamsCheck(ledger, books, others);
            ClaimsCheck claims = new ClaimsCheck();
            IndexCheck index = new IndexCheck(ledger);
            if (entries.isWhole()) {
                try (Traces.Noted noted = traces.noted()) {
                    commands.run(noted);
                    streams.run(noted, done -> progress.at(size + done, 2 * size));
                    claims.run(noted);
                    index.run(noted, size);
                }
                books.compare(entries.lastDay(zone), zone);
                views.compare();
            }
            List<Finding> findings = new ArrayList<>(entries.findings());
            findings.add(commands.finding());
            findings.addAll(streams.findings());
            findings.add(claims.finding());
            findings.add(index.finding());
            findings.add(books.finding());
            findings.addAll(views.findings());
            if (!entries.isWhole()) {
                findings.stream().filter(f -> !entries.isDone(f))
                        .forEach(f -> f.notChecked("not-checked.ledger-not-whole"));
            }
            if (ledger.isDisturbed()) {
                throw new IllegalStateException("A bank was started on " + data
                        + " while it was being verified. Verify again; a bank that is running"
                        + " may go on running.");
            }
            progress.at(2 * size, 2 * size);
            return new Report(findings.stream().map(f -> f.check(locale)).toList());
        }
    }
}
