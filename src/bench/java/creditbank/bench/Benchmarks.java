package creditbank.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What {@code mvn -Pbench verify} runs: prints its table and writes nothing that stays. Parts and
 * their sizes are chosen with {@code -Dbench.jvm="-Dbench.parts=commands,intake -Dbench.rounds=9"}.
 */
public final class Benchmarks {

    private static final int LEARNERS = 40_000;

    private Benchmarks() {
    }

    public static void main(String[] arguments) throws Exception {
        List<String> parts = List.of(System.getProperty(
                "bench.parts", "commands,intake,allocation,impact,log").split(","));
        Path folder = Files.createTempDirectory(Path.of("target"), "bench");
        try {
            Runtime machine = Runtime.getRuntime();
            System.out.printf("%n%d processors, a heap of at most %,d MiB, Java %s, %s %s%n",
                    machine.availableProcessors(), machine.maxMemory() >> 20,
                    Runtime.version(), System.getProperty("os.name"),
                    System.getProperty("os.arch"));
            System.out.printf("%n| measured | figure | goal |%n|---|---|---|%n");
            if (parts.contains("commands")) {
                commands(folder);
            }
            if (parts.contains("intake")) {
                intake(folder);
            }
            if (parts.contains("allocation")) {
                AllocationBench.print();
            }
            if (parts.contains("impact")) {
                impact(folder);
            }
            if (parts.contains("log")) {
                log(folder);
            }
        } finally {
            delete(folder);
        }
    }

    private static void row(String what, String figure, String goal) {
        System.out.printf("| %s | %s | %s |%n", what, figure, goal);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static void log(Path folder) throws Exception {
        int records = Integer.getInteger("bench.records", 1_000_000);
        LogBench.Result r = LogBench.run(folder, records);
        row("pairs of SHA-256, of 33 and of 65 bytes, a second, one thread",
                text("%,.0f", r.hashesPerSecond()), "");
        row(text("records into the tree a second, %,d of them, such a pair each", records),
                text("%,.0f", r.recordsPerSecond()), "half of the pairs");
        row("an inclusion proof there, median and 99th percentile",
                text("%.3f ms, %.3f ms", r.medianProofMillis(), r.p99ProofMillis()), "1 ms");
        row("a consistency proof there, median",
                text("%.3f ms", r.medianConsistencyMillis()), "1 ms");
    }

    private static void commands(Path folder) throws Exception {
        int round = Integer.getInteger("bench.commands", 100_000);
        int callers = Integer.getInteger("bench.callers", 2_048);
        CommandsBench.Result r = new CommandsBench(folder, LEARNERS, callers).run(
                Integer.getInteger("bench.warmups", 2), Integer.getInteger("bench.rounds", 7),
                round);
        double[] rates = r.perSecond().stream().mapToDouble(d -> d).sorted().toArray();
        row(text("durable commands a second, median of %d rounds of %,d (%,.0f to %,.0f)",
                rates.length, round, rates[0], rates[rates.length - 1]),
                text("%,.0f", median(rates)), "20,000");
        row("processor time a command, all threads, views included",
                text("%.0f µs", r.cpuMicros()), "");
        row(text("a command with %,d callers, median and 99th percentile", callers),
                text("%.1f ms, %.1f ms", r.medianMillis(), r.p99Millis()), "");
        row("the views behind the ledger meanwhile, at worst",
                text("%.2f s", r.worstLagSeconds()), "");
        row(text("the same at a steady %,d commands a second (%,.0f were done)",
                CommandsBench.STEADY, r.steadyPerSecond()),
                text("%.2f s", r.steadyLagSeconds()), "2 s");
        double[] published =
                r.publishedPerSecond().stream().mapToDouble(d -> d).sorted().toArray();
        row(text("durable commands a second with the log published (%,.0f to %,.0f)",
                published[0], published[published.length - 1]),
                text("%,.0f", median(published)), "95 % of those above");
        row(text("checkpoints behind the ledger at a steady %,d commands a second, at worst",
                CommandsBench.PUBLISHED), text("%.2f s", r.logLagSeconds()), "1 s");
        row(text("balance query in process at %,d entries, median and 99th percentile",
                r.entries()), text("%.0f µs, %.0f µs", r.balanceMicros(), r.balanceP99Micros()),
                "1,000 µs");
        replay(folder.resolve("data"));
    }

    private static void replay(Path data) throws IOException {
        ReplayBench.Result r = ReplayBench.run(data);
        row(text("entries a second read from the ledger, of %,d", r.entries()),
                text("%,.0f", r.scanned()), "");
        row("the same read as events", text("%,.0f", r.parsed()), "");
        row("entries a second replayed into all projections, to their digests",
                text("%,.0f", r.replayed()), "half of those read");
        row("the same into the accounts alone", text("%,.0f", r.accounts()), "");
    }

    private static void intake(Path folder) throws Exception {
        Path file = Path.of(System.getProperty(
                "bench.oulad", "../shared/data/oulad/studentInfo.csv"));
        if (!Files.exists(file)) {
            row("rows of OULAD a second", "left out: " + file + " is not there", "5,000");
            return;
        }
        int runs = Integer.getInteger("bench.imports", 5);
        long rows;
        try (Stream<String> lines = Files.lines(file)) {
            rows = lines.count() - 1;
        }
        IntakeBench bench = new IntakeBench(folder, file);
        double[] warm = bench.warm(runs);
        row(text("rows of OULAD a second into the ledger and the views, warm, median of %d imports"
                + " of %,d (%,.0f to %,.0f)", runs, rows, warm[0], warm[runs - 1]),
                text("%,.0f", median(warm)), "5,000");
        Path jar = Path.of("target", "creditbank.jar");
        if (!Files.exists(jar)) {
            row("the same by a new process", "left out: " + jar + " is not there", "5,000");
            return;
        }
        double[] cold = bench.cold(runs, jar);
        row(text("the same by a new process, its start included (%.1f to %.1f s)",
                cold[0], cold[runs - 1]), text("%,.0f", rows / median(cold)), "5,000");
    }

    private static void impact(Path folder) throws Exception {
        int learners = Integer.getInteger("bench.impact", 100_000);
        ImpactBench.Result r = new ImpactBench(folder, learners).run();
        System.out.printf("%n| measured | figure | goal |%n|---|---|---|%n");
        row(text("impact of a changed rulebook on %,d learners (%,d change), %,d entries",
                learners, r.changed(), r.entries()), text("%.1f s", r.seconds()), "minutes");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
