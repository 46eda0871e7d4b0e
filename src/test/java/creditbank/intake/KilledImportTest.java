package creditbank.intake;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.intake.Oulad.Figures;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledImportTest {

    @TempDir
    Path folder;

    @Test
    void an_import_killed_half_way_and_run_again_gives_the_same_figures() throws Exception {
        Path file = Oulad.studentInfo();
        killHalfWay(file);
        try (Bank bank = Oulad.open(folder)) {
            Figures half = Figures.of(bank);
            assertThat(half.achievements()).isBetween(1_000L, 15_384L);
            Outcome outcome = Oulad.intake(bank).run(file, Profiles.named("oulad"),
                    new Options(false, null, true, "user/test", null), _ -> { });
            assertThat(outcome.problems()).isEmpty();
            assertThat(outcome.alreadyThere()).isEqualTo(half.achievements());
            assertThat(outcome.recorded()).isEqualTo(15_385 - half.achievements());
            assertThat(Figures.of(bank)).isEqualTo(Figures.WHOLE);
        }
    }

    /** SIGKILL, as soon as it says that some thousands of rows stand. */
    private void killHalfWay(Path file) throws IOException, InterruptedException {
        Process process = ImportingProcess.command(List.of("-Xmx512m"),
                folder.toString(), file.toString(), "oulad").redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        boolean killed = false;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                int recorded = line.indexOf("recorded ");
                if (!killed && line.startsWith("RECORDING") && recorded >= 0
                        && Long.parseLong(line.substring(recorded + 9).strip()) >= 1_000) {
                    // By its handle: the process itself would close its output under our hands.
                    process.toHandle().destroyForcibly();
                    killed = true;
                }
            }
        }
        process.waitFor();
        assertThat(killed).as("it ended before it could be killed: %s", said).isTrue();
        assertThat(Files.size(folder.resolve("data/ledger.db"))).isPositive();
    }
}
