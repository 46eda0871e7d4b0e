package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
@SuppressWarnings("NullAway.Init") // made before each test
class ImportsOverHttpTest {

    @TempDir
    Path folder;

    private BankOverHttp bank;

    @BeforeEach
    void open() {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.registerInstitutions();
    }

    @AfterEach
    void close() {
        bank.close();
    }

    /** The template with its example row replaced. */
    private String rows(String... rows) {
        String header = bank.asAnyone().get("/api/imports/template").body().lines().findFirst()
                .orElseThrow().substring(1);
        StringBuilder csv = new StringBuilder("\uFEFF" + header + "\r\n");
        for (String row : rows) {
            // key=value pairs, put where the header has them.
            String line = header;
            for (String pair : row.split(";")) {
                String[] part = pair.split("=");
                line = line.replaceAll("(?<=^|,)" + part[0].replace(".", "\\.") + "(?=,|$)",
                        "\u0001" + part[1]);
            }
            csv.append(line.replaceAll("(?<=^|,)[A-Za-z.]+(?=,|$)", "").replace("\u0001", ""))
                    .append("\r\n");
        }
        return csv.toString();
    }

    private static String row(String passport, String key, String amount) {
        return "name=王小明;documentKind=PASSPORT;documentNumber=" + passport
                + ";kind=COURSE;issuer=college;recordKey=" + key + ";title=焊接;credits.amount="
                + amount + ";credits.unit=CN;happenedOn=2024-06-30";
    }

    private Answer ended(String user, String id) throws InterruptedException {
        return bank.as(user).importEnded(id);
    }

    @Test
    void a_file_is_tried_sent_followed_mended_and_sent_again() throws InterruptedException {
        String csv = rows(row("P1", "K1", "2.50"), row("P2", "K2", "nine"));
        Answer dry = bank.as("college").upload("/api/imports?dryRun=true", "rows.csv", csv);
        assertThat(dry.status()).isEqualTo(202);
        Answer tried = ended("college", dry.text("/id"));
        assertThat(tried.text("/outcome/reading/encoding")).isEqualTo("UTF-8");
        assertThat(tried.text("/outcome/recorded")).isEqualTo("1");
        assertThat(tried.text("/outcome/problems/0/row")).isEqualTo("3");
        assertThat(tried.text("/outcome/problems/0/column")).isEqualTo("credits.amount");
        assertThat(tried.text("/outcome/problems/0/what")).contains("nine");
        assertThat(bank.as("college").get("/api/institutions/college/records").json()
                .at("/records")).isEmpty();

        Answer sent = bank.as("college").upload("/api/imports", "rows.csv", csv);
        assertThat(sent.header("Location")).isEqualTo("/api/imports/" + sent.text("/id"));
        Answer done = ended("college", sent.text("/id"));
        assertThat(done.text("/state")).isEqualTo("DONE");
        assertThat(done.text("/recorded")).isEqualTo("1");
        assertThat(done.text("/rejected")).isEqualTo("1");
        assertThat(done.text("/outcome/credits/CN")).isEqualTo("2.50");

        Answer rejected =
                bank.as("college").get("/api/imports/" + sent.text("/id") + "/rejected");
        assertThat(rejected.header("Content-Disposition")).contains("rejected-rows.csv");
        Answer mended = ended("college", bank.as("college").upload("/api/imports",
                "mended.csv", rejected.body().replace("nine", "9.00")).text("/id"));
        assertThat(mended.text("/recorded")).isEqualTo("1");
        assertThat(mended.text("/hasRejected")).isEqualTo("false");
        assertThat(bank.as("college").get("/api/imports/" + mended.text("/id") + "/rejected")
                .text("/code")).isEqualTo("nothing-rejected");
        Answer again = ended("college",
                bank.as("college").upload("/api/imports", "rows.csv", csv).text("/id"));
        assertThat(again.text("/recorded")).isEqualTo("0");
        assertThat(again.text("/alreadyThere")).isEqualTo("1");
    }

    @Test
    void an_institution_imports_only_its_own_and_sees_only_its_own() throws InterruptedException {
        Answer theirs = ended("evaluator", bank.as("evaluator").upload(
                "/api/imports", "rows.csv", rows(row("P1", "K1", "1"))).text("/id"));
        assertThat(theirs.text("/outcome/problems/0/code")).isEqualTo("not-your-institution");
        assertThat(bank.as("college").get("/api/imports/" + theirs.text("/id")).text("/code"))
                .isEqualTo("import-unknown");
        assertThat(bank.as("college").get("/api/imports").json()).isEmpty();
        assertThat(bank.as("registrar").get("/api/imports").json()).hasSize(1);
    }

    @Test
    void a_file_or_profile_that_cannot_be_used_is_refused_in_words() throws InterruptedException {
        assertThat(bank.as("college").upload("/api/imports?profile=none", "rows.csv", "a,b\n")
                .text("/code")).isEqualTo("profile-unknown");
        Answer empty = ended("college",
                bank.as("college").upload("/api/imports", "rows.csv", "").text("/id"));
        assertThat(empty.text("/state")).isEqualTo("REFUSED");
        assertThat(empty.text("/refused/code")).isEqualTo("file-empty");
        Answer other = ended("college",
                bank.as("college").upload("/api/imports", "rows.csv", "a,b\n1,2\n").text("/id"));
        assertThat(other.text("/refused/code")).isEqualTo("column-missing");
        assertThat(bank.as("college").get("/api/imports/..%2Fusers.yaml").status())
                .isIn(400, 404);
        assertThat(bank.as("college").post("/api/imports", "{}").status()).isEqualTo(415);
    }
}
