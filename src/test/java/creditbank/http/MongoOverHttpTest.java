package creditbank.http;

import static creditbank.http.BankOverHttp.course;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.BankSettings;
import creditbank.BankSettings.Store;
import creditbank.http.BankOverHttp.Answer;
import creditbank.ledger.mongodb.MongoServers;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The bank with its ledger in MongoDB, over HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MongoOverHttpTest {

    @TempDir
    Path folder;

    @Test
    void a_bank_in_mongodb_writes_reads_and_goes_on_where_it_stopped() {
        try (MongoServers server = new MongoServers();
                BankOverHttp bank = new BankOverHttp(
                        folder.resolve("data"), List.of(), server.uri())) {
            bank.registerInstitutions();
            String learner = bank.open("E1");
            Answer written = bank.as("college").post("/api/learners/" + learner + "/outcomes",
                    course("W-1", "4.50", "2024-06-30"));
            assertThat(written.status()).isEqualTo(201);
            String balance = "/api/learners/" + learner + "/balance?after="
                    + written.header("Ledger-Position");
            assertThat(bank.as("registrar").get(balance).text("/pools/0/available"))
                    .isEqualTo("4.50");
            assertThat(server.database().getCollection("ledger").countDocuments())
                    .isGreaterThan(3);
            assertThat(folder.resolve("data/ledger.db")).isEmptyFile();
            bank.restart();
            assertThat(bank.as("registrar").get(balance).text("/pools/0/available"))
                    .isEqualTo("4.50");
            assertThat(bank.as("college").post("/api/learners/" + learner + "/outcomes",
                    course("W-1", "4.50", "2024-06-30")).text("/code"))
                    .isEqualTo("achievement-already-recorded");
        }
    }

    @Test
    void where_the_ledger_is_has_to_be_said_whole() {
        assertThatThrownBy(() -> settings(Store.MONGODB, null))
                .hasMessageContaining("needs a connection string");
        assertThatThrownBy(() -> settings(Store.SQLITE, "mongodb://somewhere/creditbank"))
                .hasMessageContaining("creditbank.store=mongodb");
        assertThat(settings(Store.SQLITE, null).store()).isEqualTo(Store.SQLITE);
    }

    private BankSettings settings(
            Store store, @Nullable String mongodb) {
        return new BankSettings(folder, folder, ZoneOffset.UTC, false, DataSize.ofMegabytes(1),
                new BankSettings.Log("log.example", List.of()), store, mongodb);
    }
}
