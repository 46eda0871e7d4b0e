package creditbank.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
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
class FlatMemoryTest {

    private static final int ROWS = 200_000;

    @TempDir
    Path folder;

    @Test
    void a_file_that_is_larger_than_the_heap_is_read_with_every_row_rejected_or_not()
            throws Exception {
        Path file = folder.resolve("large.csv");
        writeLarge(file);
        assertThat(Files.size(file)).isGreaterThan(80L << 20);
        // The caches of the bank itself take some of it; the file would not fit at all.
        Process process = ImportingProcess.command(List.of("-Xmx80m"), folder.toString(),
                file.toString(), "native", "dry").redirectErrorStream(true).start();
        String last = "";
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("finished")) {
                    last = line;
                }
                assertThat(line).doesNotContain("OutOfMemoryError");
            }
        }
        assertThat(process.waitFor()).isZero();
        assertThat(last).contains("finished true, recorded 0",
                "date-malformed=" + ROWS / 2, "institution-unknown=" + ROWS / 2);
    }

    private static void writeLarge(Path file) throws IOException {
        try (BufferedWriter to = Files.newBufferedWriter(file)) {
            to.write("documentKind,documentNumber,kind,issuer,recordKey,title,happenedOn,note\n");
            String note = "x".repeat(400);
            for (int i = 0; i < ROWS; i++) {
                to.write("PASSPORT,E" + i + ",COURSE,no-college,K-" + i + ",title,"
                        + (i % 2 == 0 ? "2024-06-30" : "someday") + "," + note + "\n");
            }
        }
    }
}
