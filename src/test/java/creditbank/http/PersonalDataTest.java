package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.ledger.Ledger;
import creditbank.publishing.PublishedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PersonalDataTest {

    private static final List<String> PERSONAL = List.of("欧阳隐私", "11010519491231002X",
            "1949-12-31", "SECRET-KEY-77", "SECRET-CERT-88", "100011202105000077", "因病休学",
            "SECRETPASSPORT");

    @TempDir
    Path folder;

    @Test
    void nothing_personal_stands_in_clear_in_any_file_or_in_what_is_printed() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try (BankOverHttp bank = new BankOverHttp(folder.resolve("data"))) {
            fill(bank);
            // Until then a file of the log may go between being listed and being read.
            assertThat(bank.part(PublishedLog.class).awaitPublished(
                    bank.part(Ledger.class).reader().size(), Duration.ofSeconds(30))).isTrue();
            // Looked at while open, so the journals beside the files are looked at too.
            assertThat(filesThatHold(PERSONAL)).isEmpty();
            assertThat(filesThatHold(List.of("achievement.recorded")))
                    .as("the search itself finds what is there").isNotEmpty();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(filesThatHold(PERSONAL)).isEmpty();
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(PERSONAL);
    }

    private static void fill(BankOverHttp bank) {
        bank.registerInstitutions();
        String learner = bank.as("college").post("/api/learners", """
                {"name":"欧阳隐私","documentKind":"RESIDENT_ID",
                 "documentNumber":"11010519491231002X","birthday":"1949-12-31"}""").text("/id");
        assertThat(learner).hasSize(16);
        bank.as("evaluator").post("/api/learners/" + learner + "/certificates", """
                {"recordKey":"SECRET-KEY-77","title":"养老护理","level":"ADVANCED",
                 "number":"SECRET-CERT-88","happenedOn":"2021-05-20"}""");
        bank.as("college").post("/api/learners/" + learner + "/diplomas", """
                {"recordKey":"SECRET-KEY-77","title":"毕业证书","happenedOn":"2021-07-01",
                 "number":"100011202105000077"}""");
        // Enough entries that a snapshot of the account is made.
        for (int i = 0; i < 250; i++) {
            bank.as("college").post("/api/learners/" + learner + "/outcomes",
                    BankOverHttp.course("SECRET-KEY-77-" + i, "1", "2022-06-30"));
        }
        String last = bank.as("college").post("/api/achievements/" + learner + "-3/revocation",
                "{\"reason\":\"因病休学\"}").header("Ledger-Position");
        assertThat(bank.as("registrar").get("/api/learners/" + learner + "?after=" + last)
                .text("/name")).isEqualTo("欧阳隐私");
        // Refusals and faults are told without the values that caused them.
        bank.as("college").post("/api/learners",
                "{\"name\":\"欧阳隐私\",\"documentKind\":\"PASSPORT\","
                        + "\"documentNumber\":\"SECRETPASSPORT!\"}");
        bank.as("college").post("/api/learners", "{\"name\":\"欧阳隐私\",}");
        bank.as("college").post("/api/learners", "{\"name\":{\"欧阳隐私\":1}}");
    }

    private List<Path> filesThatHold(List<String> texts) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(f -> holdsAny(f, texts)).toList();
        }
    }

    private static boolean holdsAny(Path file, List<String> texts) {
        try {
            // Byte for byte: each byte is one character of this charset.
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return texts.stream().anyMatch(text -> Stream.of("UTF-8", "UTF-16LE", "GB18030")
                    .anyMatch(charset -> content.contains(new String(
                            text.getBytes(Charset.forName(charset)),
                            StandardCharsets.ISO_8859_1))));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be searched", e);
        }
    }
}
