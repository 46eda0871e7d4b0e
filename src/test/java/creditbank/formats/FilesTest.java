package creditbank.formats;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.projections.Projection;
import creditbank.security.Role;
import creditbank.security.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bank's files are what the pages say they are. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FilesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void a_new_bank() {
        Bank.open(folder.resolve("data"), folder.resolve("keys"), Clock.systemUTC()).close();
    }

    @Test
    void the_ledger_holds_the_tables_of_its_page_and_no_others() throws SQLException {
        assertThat(tables("data/ledger.db")).hasSize(1)
                .allSatisfy(sql -> assertThat(plain(Committed.page("ledger-db.md")))
                        .contains(plain(sql)));
        assertThat(applicationId("data/ledger.db")).isEqualTo(0x43424c47);
        assertThat(Committed.page("ledger-db.md")).contains("0x43424c47");
    }

    @Test
    void the_index_holds_the_tables_of_its_page_and_no_others() throws SQLException {
        assertThat(tables("data/index.db")).hasSize(4)
                .allSatisfy(sql -> assertThat(plain(Committed.page("index-db.md")))
                        .contains(plain(sql)));
        assertThat(applicationId("data/index.db")).isEqualTo(0x43424958);
        assertThat(Committed.page("index-db.md")).contains("0x43424958");
    }

    @Test
    void the_keys_are_in_the_tables_of_their_page_and_no_others() throws SQLException {
        assertThat(tables("keys/keys.db")).hasSize(3)
                .allSatisfy(sql -> assertThat(plain(Committed.page("keys-folder.md")))
                        .contains(plain(sql)));
        assertThat(applicationId("keys/keys.db")).isEqualTo(0x43424b59);
        assertThat(Committed.page("keys-folder.md")).contains("0x43424b59");
    }

    @Test
    void the_keys_folder_holds_what_its_page_names() throws Exception {
        try (var files = Files.list(folder.resolve("keys"))) {
            assertThat(files.map(f -> f.getFileName().toString())
                    .filter(f -> !f.matches(".*-(wal|shm)")))
                    .containsExactlyInAnyOrder(
                            "master.key", "claims.key", "keys.db", "keys.lock")
                    .allSatisfy(f -> assertThat(Committed.page("keys-folder.md")).contains(f));
        }
    }

    @Test
    void the_views_are_in_the_tables_of_their_page() throws SQLException {
        String page = Committed.page("views-db.md");
        assertThat(tables("data/views.db"))
                .filteredOn(t -> t.matches(
                        "(?s)CREATE TABLE (projections|snapshots|achievements_1)\\b.*"))
                .hasSize(3).allSatisfy(sql -> assertThat(plain(page)).contains(plain(sql)));
        assertThat(applicationId("data/views.db")).isEqualTo(0x43425657);
        assertThat(page).contains("0x43425657");
    }

    @Test
    void users_in_the_form_of_their_page_can_be_read() throws IOException {
        String page = Committed.page("users.md");
        Path file = Files.writeString(folder.resolve("users.yaml"), page.substring(
                page.indexOf("```yaml\n") + "```yaml\n".length(), page.indexOf("\n```\n")));
        assertThat(Users.read(file).all()).extracting(Users.User::name)
                .containsExactlyInAnyOrder("college", "learner");
        for (Role role : Role.values()) {
            assertThat(page).contains("`" + role + "`");
        }
    }

    @Test
    void every_view_and_index_is_in_the_page() {
        String page = Committed.page("views-db.md");
        for (Projection projection : Projection.all()) {
            projection.views().forEach(view -> {
                assertThat(page)
                        .contains("| `" + projection.name() + "` | `" + view.name() + "` |");
                view.indexes().forEach(i -> assertThat(page).contains("`" + i.name() + "`"));
            });
        }
    }

    private List<String> tables(String file) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = open(file);
                ResultSet rows = connection.createStatement().executeQuery(
                        "SELECT sql FROM sqlite_schema WHERE type = 'table'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private int applicationId(String file) throws SQLException {
        try (Connection connection = open(file);
                ResultSet rows = connection.createStatement()
                        .executeQuery("PRAGMA application_id")) {
            return rows.getInt(1);
        }
    }

    private Connection open(String file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
    }

    /** However it is broken into lines. */
    private static String plain(String sql) {
        return sql.replaceAll("\\s+", " ");
    }
}
