package creditbank.bench;

import creditbank.audit.History;
import creditbank.audit.WholeReplay;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.sqlite.SqliteLedgerRows;
import creditbank.projections.Accounts;
import creditbank.projections.Projection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** How fast the ledger of a closed bank is read, read as events, and replayed. */
final class ReplayBench {

    private static final int ROUNDS = 5;
    private static final int AT_ONCE = 10_000;

    /**
     * Entries a second, medians of five runs one after the other.
     *
     * @param scanned  read as bytes, page by page
     * @param parsed   and made into events
     * @param replayed and folded into every projection, to its digest
     * @param accounts and folded into the accounts alone, to their digest
     */
    record Result(long entries, double scanned, double parsed, double replayed,
            double accounts) {
    }

    private ReplayBench() {
    }

    static Result run(Path data) throws IOException {
        Path scratch = Files.createDirectories(data.resolve("replay"));
        double[][] seconds = new double[4][ROUNDS];
        try (LedgerRows ledger = new SqliteLedgerRows(
                data.resolve("ledger.db"), data.resolve("index.db"))) {
            WholeReplay replay = new WholeReplay(ledger, scratch);
            for (int round = 0; round < ROUNDS; round++) {
                seconds[0][round] = seconds(() -> scan(ledger, false));
                seconds[1][round] = seconds(() -> scan(ledger, true));
                seconds[2][round] = seconds(() -> digests(replay, ledger, Projection.all()));
                seconds[3][round] =
                        seconds(() -> digests(replay, ledger, List.of(new Accounts())));
            }
            double entries = ledger.size();
            for (double[] each : seconds) {
                Arrays.sort(each);
            }
            return new Result(ledger.size(), entries / seconds[0][ROUNDS / 2],
                    entries / seconds[1][ROUNDS / 2], entries / seconds[2][ROUNDS / 2],
                    entries / seconds[3][ROUNDS / 2]);
        }
    }

    private static void digests(
            WholeReplay replay, LedgerRows ledger, List<Projection> projections) {
        replay.digests(new History(ledger).newest(), projections, (_, _) -> { });
    }

    private static void scan(LedgerRows ledger, boolean parse) {
        long bytes = 0;
        for (long from = 0; from < ledger.size(); from += AT_ONCE) {
            for (Entry entry : ledger.read(from, AT_ONCE)) {
                bytes += parse ? EntryFormat.read(entry).position() : entry.bytes().length;
            }
        }
        if (bytes == 0) {
            throw new IllegalStateException("nothing was read");
        }
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
