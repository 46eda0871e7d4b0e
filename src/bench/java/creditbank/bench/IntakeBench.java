package creditbank.bench;

import creditbank.Bank;
import creditbank.intake.Options;
import creditbank.intake.Outcome;
import creditbank.intake.Profiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A file of real achievements, from its first byte until every row stands in the ledger and in the
 * views: in a process that is warm, and as a process of its own on an empty folder.
 */
final class IntakeBench {

    private static final int WARM_UPS = 2;

    private final Path folder;
    private final Path file;

    /** @param file of OULAD: studentInfo.csv */
    IntakeBench(Path folder, Path file) {
        this.folder = folder;
        this.file = file;
    }

    /** Rows a second, one figure a run, in rising order. */
    double[] warm(int runs) {
        double[] rates = new double[runs];
        for (int i = -WARM_UPS; i < runs; i++) {
            Path fresh = folder.resolve("warm" + i);
            long begun = System.nanoTime();
            long rows;
            try (Bank bank = Bank.open(fresh.resolve("data"), fresh.resolve("keys"),
                    Clock.systemDefaultZone())) {
                Outcome outcome = bank.intake().run(file, Profiles.named("oulad"),
                        new Options(false, null, true, "system/bench",
                                fresh.resolve("rejected.csv")), _ -> { });
                bank.follower().catchUp(_ -> { });
                rows = outcome.rows();
            }
            if (i >= 0) {
                rates[i] = rows / ((System.nanoTime() - begun) / 1e9);
            }
        }
        Arrays.sort(rates);
        return rates;
    }

    /**
     * Seconds of whole processes, one figure a run, in rising order.
     *
     * @param jar the program as it is shipped
     */
    double[] cold(int runs, Path jar) throws IOException, InterruptedException {
        double[] seconds = new double[runs];
        for (int i = 0; i < runs; i++) {
            Path fresh = folder.resolve("cold" + i);
            ProcessBuilder program = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar", jar.toString(), "import", file.toString(), "--profile", "oulad",
                    "--data", fresh.resolve("data").toString(),
                    "--rejected", fresh.resolve("rejected.csv").toString());
            program.redirectErrorStream(true);
            program.redirectOutput(folder.resolve("cold" + i + ".log").toFile());
            long begun = System.nanoTime();
            Process process = program.start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("The import did not end well: see " + folder);
            }
            seconds[i] = (System.nanoTime() - begun) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds;
    }
}
