package creditbank.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What {@code mvn -Pbench verify} runs: prints its table and writes nothing that stays. */
public final class Benchmarks {

    private Benchmarks() {
    }

    public static void main(String[] arguments) throws Exception {
        int round = Integer.getInteger("bench.commands", 100_000);
        int rounds = Integer.getInteger("bench.rounds", 5);
        int warmUps = Integer.getInteger("bench.warmups", 2);
        Path folder = Files.createTempDirectory(Path.of("target"), "bench");
        try {
            CommandsBench.Result r = new CommandsBench(folder, 40_000, 2_048)
                    .run(warmUps, rounds, round);
            double[] rates = r.perSecond().stream().mapToDouble(d -> d).sorted().toArray();
            System.out.printf("%n| measured | figure | goal |%n|---|---|---|%n");
            System.out.printf("| durable commands a second, median of %d rounds of %,d"
                    + " (%,.0f to %,.0f) | %,.0f | 20,000 |%n", rates.length, round,
                    rates[0], rates[rates.length - 1], rates[rates.length / 2]);
            System.out.printf("| a command with 2,048 callers, median and 99th percentile"
                    + " | %.1f ms, %.1f ms | |%n", r.medianMillis(), r.p99Millis());
            System.out.printf("| the views behind the ledger under that load, at worst"
                    + " | %.2f s | 2 s |%n", r.worstLagSeconds());
            System.out.printf("| balance query in process at %,d entries, median and 99th"
                    + " percentile | %.0f µs, %.0f µs | 1,000 µs |%n", r.entries(),
                    r.balanceMicros(), r.balanceP99Micros());
        } finally {
            delete(folder);
        }
        AllocationBench.main(arguments);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
