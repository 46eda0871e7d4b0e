package creditbank.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.store.SqliteFile.Durability;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SqliteFileTest {

    @TempDir
    Path folder;

    /** As the follower of the views is, when the bank closes in the middle of a run. */
    @Test
    void who_is_interrupted_reads_to_the_end_and_stays_interrupted() {
        try (SqliteFile file = SqliteFile.open(
                folder.resolve("file.db"), 1, Durability.EVERY_COMMIT)) {
            Thread.currentThread().interrupt();
            int read = file.read(s -> s.prepare("SELECT 7").executeQuery().getInt(1));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(read).isEqualTo(7);
        }
    }

    /** As a question may come while the bank closes: it is refused, and never waits for ever. */
    @Test
    void a_closed_file_is_neither_read_nor_written() {
        SqliteFile file = SqliteFile.open(
                folder.resolve("file.db"), 1, Durability.EVERY_COMMIT);
        file.close();
        assertThatThrownBy(() -> file.read(s -> s.prepare("SELECT 7").executeQuery().getInt(1)))
                .isInstanceOf(SqliteFailure.class).hasMessageContaining("is closed");
        assertThatThrownBy(() -> file.write(s -> s.prepare("PRAGMA user_version = 7").execute()))
                .isInstanceOf(SqliteFailure.class).hasMessageContaining("is closed");
        assertThatThrownBy(file::cutJournal)
                .isInstanceOf(SqliteFailure.class).hasMessageContaining("is closed");
    }

    /** SQLite's driver gives a statement up that fails so; the next one must be a new one. */
    @Test
    void after_a_failure_the_same_statement_is_tried_anew() {
        try (SqliteFile file = SqliteFile.open(folder.resolve("file.db"), 1,
                Durability.EVERY_COMMIT, "CREATE TABLE IF NOT EXISTS t (b BLOB)")) {
            file.write(s -> s.prepare("PRAGMA max_page_count = 10").execute());
            SqliteFile.Work<Integer> insert = s ->
                    s.prepare("INSERT INTO t VALUES (zeroblob(100000))").executeUpdate();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> file.write(insert)).isInstanceOf(SqliteFailure.class)
                        .hasMessageContaining("No space is left");
            }
            file.write(s -> s.prepare("PRAGMA max_page_count = 1000").execute());
            assertThat(file.write(insert)).isEqualTo(1);
        }
    }

    /** As statements on tables of views that were made anew since are never asked for again. */
    @Test
    void statements_that_nobody_asks_for_any_more_are_closed_in_the_end() {
        try (SqliteFile file = SqliteFile.open(
                folder.resolve("file.db"), 1, Durability.EVERY_COMMIT)) {
            file.write(s -> {
                PreparedStatement often = s.prepare("SELECT 'often'");
                PreparedStatement once = s.prepare("SELECT 'once'");
                for (int i = 0; i < 1_000; i++) {
                    s.prepare("SELECT " + i);
                    assertThat(s.prepare("SELECT 'often'")).isSameAs(often);
                }
                assertThat(often.isClosed()).isFalse();
                assertThat(once.isClosed()).isTrue();
                try (ResultSet again = s.prepare("SELECT 'once'").executeQuery()) {
                    assertThat(again.getString(1)).isEqualTo("once");
                }
                return true;
            });
        }
    }
}
